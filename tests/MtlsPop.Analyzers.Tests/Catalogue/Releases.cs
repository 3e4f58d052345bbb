using System.Text.RegularExpressions;

namespace MtlsPop.Analyzers.Tests.Catalogue;

/// <summary>The two files that the build's release tracking reads.</summary>
internal static partial class Releases
{
    private const string Shipped = "AnalyzerReleases.Shipped.md";
    private const string Unshipped = "AnalyzerReleases.Unshipped.md";

    /// <summary>The rows of both files: ID, category, severity, notes.</summary>
    public static IReadOnlyDictionary<string, (string Category, string Severity, string Notes)> Rows { get; } =
        Row().Matches(Repository.Read(Shipped) + Repository.Read(Unshipped)).ToDictionary(
            row => row.Groups["id"].Value,
            row => (row.Groups["category"].Value, row.Groups["severity"].Value, row.Groups["notes"].Value));

    /// <summary>The release that brought a rule: the one to come, when it has not shipped.</summary>
    public static string Since(string id)
    {
        var release = "";
        foreach (var line in Repository.Read(Shipped).Split('\n'))
        {
            if (line.StartsWith("## Release ", StringComparison.Ordinal))
                release = line["## Release ".Length..].Trim();
            else if (line.StartsWith(id, StringComparison.Ordinal))
                return release;
        }

        return Version().Match(Repository.Read("Directory.Build.props")).Groups["version"].Value;
    }

    [GeneratedRegex(@"^(?<id>MPOP\d{4}) \| (?<category>\w+) \| (?<severity>\w+) \| (?<notes>\w+)$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("<Version>(?<version>[^<]+)</Version>")]
    private static partial Regex Version();
}
