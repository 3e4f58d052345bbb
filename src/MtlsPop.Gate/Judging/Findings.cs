using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MtlsPop.Analyzers;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Judging;

/// <summary>The findings of a scan: each fault once, however many projects and frameworks compile it.</summary>
internal static class Findings
{
    public static IReadOnlyList<Finding> Of(IEnumerable<JudgedProject> projects)
    {
        var source = new SourceFiles();
        var found = from project in projects
                    where project.NotApplicable is null
                    from result in project.Scanned.Results
                    where CompilerLog.IsOurs(result.Rule) && result.Rule != Rules.CallUnderstood.Id && result.Place is not null
                    let off = project.OffEverywhereReason(result.Rule)
                    group project.Key by (result.Rule, Level: project.LevelOf(result), result.Message, Place: result.Place!, result.IsSuppressed, Off: off) into same
                    select (same.Key, Projects: same.Distinct().ToList());
        var first = from project in projects
                    from result in project.Scanned.Results
                    where result.Place is not null
                    group result by (result.Rule, result.Place) into same
                    select same.First();
        var results = first.ToDictionary(result => (result.Rule, result.Place!));

        var findings = found
            .Select(same => (same.Key, same.Projects, Context: source.ContextOf(same.Key.Place), Result: results[(same.Key.Rule, same.Key.Place)]))
            .Select(same => new Finding(same.Key.Rule, same.Key.Level, same.Key.Message, same.Key.Place)
            {
                Projects = same.Projects,
                Related = same.Result.Related,
                Context = same.Context,
                State = same.Key.Off is not null ? FindingState.Off : same.Key.IsSuppressed ? FindingState.Waived : FindingState.New,
                Reason = same.Key.Off,
                Suppression = same.Key.IsSuppressed ? source.SuppressionOf(same.Key.Place, same.Key.Rule, same.Result.Justification) : null,
            })
            .OrderBy(finding => finding.Place.File, StringComparer.Ordinal)
            .ThenBy(finding => finding.Place.Line)
            .ThenBy(finding => finding.Place.Column)
            .ThenBy(finding => finding.Rule, StringComparer.Ordinal);
        return [.. WithFingerprints(findings)];
    }

    /// <summary>By rule, member and expression; where these are the same, by the place among the same. Not by file or line: both move.</summary>
    private static IEnumerable<Finding> WithFingerprints(IEnumerable<Finding> findings)
    {
        var seen = new Dictionary<string, int>();
        foreach (var finding in findings)
        {
            var key = string.Join('\n', finding.Rule, finding.Context.Member, finding.Context.Expression);
            var ordinal = seen[key] = seen.GetValueOrDefault(key) + 1;
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key}\n{ordinal}")));
            yield return finding with { Fingerprint = Convert.ToHexString(hash)[..16].ToLowerInvariant() };
        }
    }
}
