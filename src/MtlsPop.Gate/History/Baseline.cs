using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MtlsPop.Gate.Judging;

namespace MtlsPop.Gate.History;

/// <summary>A finding that the baseline accepts: why, and until when.</summary>
internal sealed record BaselineEntry(string Rule, string File, string Member, string Fingerprint, string Reason)
{
    public DateOnly? Expires { get; init; }
}

internal sealed record BaselineDocument(int Version, IReadOnlyList<BaselineEntry> Findings);

/// <summary>The findings that a team lives with, in a file of the repository: sorted, one in a line, so that changes merge.</summary>
internal sealed class Baseline(IReadOnlyList<BaselineEntry> entries)
{
    /// <summary>Where it is when no other place is named.</summary>
    public const string DefaultFile = ".mtlspop/baseline.json";

    private const string Unexplained = "accepted when the baseline was written";

    public static Baseline Empty { get; } = new([]);

    public static Baseline Parse(string text, string file)
    {
        try
        {
            var document = JsonSerializer.Deserialize(text, BaselineModel.Default.BaselineDocument);
            if (document is not { Version: 1, Findings: not null } || document.Findings.Any(entry => entry is not { Rule: not null, Fingerprint: not null }))
                throw new GateException($"'{file}' is no baseline of version 1, with a rule and a fingerprint in each entry: write it anew with '--write-baseline'.");
            return new Baseline(document.Findings);
        }
        catch (JsonException malformed)
        {
            throw new GateException($"'{file}' cannot be read as a baseline: {malformed.Message}");
        }
    }

    /// <summary>Accepts what the baseline names and has not expired; says what of it is no longer of use.</summary>
    public IReadOnlyList<Finding> Apply(IReadOnlyList<Finding> findings, DateOnly today, bool allEvaluated, ICollection<string> notes)
    {
        var byFingerprint = entries.ToLookup(entry => (entry.Rule, entry.Fingerprint));
        var found = findings.Where(finding => finding.State is FindingState.New or FindingState.Old).Select(finding => (finding.Rule, finding.Fingerprint)).ToHashSet();
        foreach (var entry in entries)
        {
            if (!found.Contains((entry.Rule, entry.Fingerprint)))
            {
                if (allEvaluated)
                    notes.Add($"The baseline still lists {entry.Rule} in {entry.File} ({entry.Member}), which is gone: remove the entry.");
            }
            else if (entry.Expires is { } expiry && expiry < today)
            {
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"The baseline accepted {entry.Rule} in {entry.File} ({entry.Member}) until {expiry:yyyy-MM-dd}: fix it, or renew the entry."));
            }
        }

        return [.. findings.Select(Accepted)];

        Finding Accepted(Finding finding)
        {
            var entry = byFingerprint[(finding.Rule, finding.Fingerprint)].FirstOrDefault(entry => entry.Expires is null || entry.Expires >= today);
            return entry is not null && finding.State is (FindingState.New or FindingState.Old)
                ? finding with { State = FindingState.Baselined, Reason = entry.Reason }
                : finding;
        }
    }

    /// <summary>A baseline of all that is found now; what the old one says of a finding is kept.</summary>
    public string Rewrite(Review review)
    {
        var kept = entries.ToLookup(entry => (entry.Rule, entry.Fingerprint));
        var lines = review.Findings
            .Where(finding => finding.State is FindingState.New or FindingState.Old or FindingState.Baselined)
            .Select(finding => kept[(finding.Rule, finding.Fingerprint)].FirstOrDefault() is { } old
                ? old with { File = review.RelativePath(finding.Place.File), Member = finding.Context.Member }
                : new BaselineEntry(finding.Rule, review.RelativePath(finding.Place.File), finding.Context.Member, finding.Fingerprint, Unexplained))
            .DistinctBy(entry => (entry.Rule, entry.Fingerprint))
            .OrderBy(entry => entry.File, StringComparer.Ordinal)
            .ThenBy(entry => entry.Rule, StringComparer.Ordinal)
            .ThenBy(entry => entry.Fingerprint, StringComparer.Ordinal)
            .Select(entry => "    " + JsonSerializer.Serialize(entry, BaselineModel.Default.BaselineEntry));
        var text = new StringBuilder("{\n  \"version\": 1,\n  \"findings\": [\n").AppendJoin(",\n", lines);
        return text.Append("\n  ]\n}\n").ToString();
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BaselineDocument))]
internal sealed partial class BaselineModel : JsonSerializerContext;
