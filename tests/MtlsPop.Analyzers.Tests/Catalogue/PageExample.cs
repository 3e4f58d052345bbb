using System.Text.RegularExpressions;

namespace MtlsPop.Analyzers.Tests.Catalogue;

/// <summary>A block of code on a rule's page.</summary>
internal static partial class PageExample
{
    public static string Read(string page, string kind) =>
        Assert.Single(CodeBlock().Matches(page), block => block.Groups["kind"].Value == kind).Groups["code"].Value;

    /// <summary>Where the example lives: one for another MSAL than the latest says so in its first line.</summary>
    public static Sample SampleFor(string example) =>
        MsalVersion().Match(example) is { Success: true } said ? new Sample { Msal = said.Groups["version"].Value } : new Sample();

    [GeneratedRegex(@"^// MSAL (?<version>[0-9.]+)\n")]
    private static partial Regex MsalVersion();

    [GeneratedRegex(@"```(csharp (?<kind>bad|good|code)|xml (?<kind>bad|good))\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
