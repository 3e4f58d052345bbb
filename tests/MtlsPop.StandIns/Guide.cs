using System.Text;
using System.Text.RegularExpressions;

namespace MtlsPop.StandIns;

/// <summary>The C# and the settings of a page of the documentation.</summary>
public sealed partial class Guide(string markdown)
{
    /// <summary>How many snippets it has.</summary>
    public int Count => Snippet().Count(markdown);

    /// <summary>The settings that it shows, in order.</summary>
    public IReadOnlyList<Stream> Settings =>
        [.. Json().Matches(markdown).Select(static settings => new MemoryStream(Encoding.UTF8.GetBytes(settings.Groups[1].Value)))];

    /// <summary>The snippets that are not in the code, word for word but for blanks.</summary>
    public IEnumerable<string> NotIn(string code)
    {
        var compiled = Normalized(code);
        return Snippet().Matches(markdown).Select(static snippet => snippet.Groups[1].Value)
            .Where(snippet => !compiled.Contains(Normalized(snippet), StringComparison.Ordinal));
    }

    private static string Normalized(string code) => Blanks().Replace(code, " ").Trim();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
