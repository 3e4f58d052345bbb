namespace MtlsPop.Gate.Tests;

public sealed class WholeFileTests
{
    [Fact]
    public void A_file_is_written_with_its_folder_and_nothing_beside_it()
    {
        using var workspace = new Workspace();

        WholeFile.Write(workspace.PathOf("reports/review.md"), "text");

        Assert.Equal(["review.md"], Directory.GetFileSystemEntries(workspace.PathOf("reports")).Select(Path.GetFileName));
    }

    [Fact]
    public void What_a_link_leads_to_is_replaced_and_not_the_link()
    {
        using var workspace = new Workspace().Write("real.md", "old");
        File.CreateSymbolicLink(workspace.PathOf("link.md"), "real.md");

        WholeFile.Write(workspace.PathOf("link.md"), "new");

        Assert.Equal("real.md", new FileInfo(workspace.PathOf("link.md")).LinkTarget);
        Assert.Equal("new", File.ReadAllText(workspace.PathOf("real.md")));
    }
}
