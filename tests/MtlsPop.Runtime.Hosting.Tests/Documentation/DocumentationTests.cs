using MtlsPop.StandIns;

namespace MtlsPop.HostingTests.Documentation;

public class DocumentationTests
{
    [Fact]
    public void Each_snippet_of_the_guide_is_compiled()
    {
        var guide = new Guide(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "runtime-hosting.md")));

        Assert.Equal(5, guide.Count);
        Assert.Empty(guide.NotIn(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Snippets.cs"))));
    }
}
