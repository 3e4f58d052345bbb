using System.Text.RegularExpressions;

namespace MtlsPop.HostingTests.Documentation;

public partial class DocumentationTests
{
    [Fact]
    public void Each_snippet_of_the_guide_is_compiled()
    {
        var compiled = Normalized(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Snippets.cs")));
        var snippets = Snippet().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "runtime-hosting.md")));

        Assert.Equal(5, snippets.Count);
        Assert.All(snippets, snippet => Assert.Contains(Normalized(snippet.Groups[1].Value), compiled, StringComparison.Ordinal));
    }

    private static string Normalized(string code) => Blanks().Replace(code, " ").Trim();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
