using MtlsPop.StandIns;

namespace MtlsPop.Tests.Documentation;

public class DocumentationTests
{
    [Fact]
    public void Each_snippet_of_the_guide_is_compiled()
    {
        var guide = new Guide(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "runtime.md")));

        Assert.Equal(6, guide.Count);
        Assert.Empty(guide.NotIn(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Snippets.cs"))));
    }
}
