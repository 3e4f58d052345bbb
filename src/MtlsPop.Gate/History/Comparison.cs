using MtlsPop.Gate.Judging;

namespace MtlsPop.Gate.History;

/// <summary>What was found at the base, to tell old findings from new ones.</summary>
internal sealed class Comparison(IReadOnlyList<JudgedProject> projects, IReadOnlyList<Finding> findings)
{
    private readonly HashSet<(string, string)> _unsuppressed = [.. findings.Where(finding => finding.State != FindingState.Waived).Select(finding => (finding.Rule, finding.Fingerprint))];
    private readonly HashSet<(string, string)> _suppressed = [.. findings.Where(finding => finding.State == FindingState.Waived).Select(finding => (finding.Rule, finding.Fingerprint))];

    public Finding Compare(Finding finding, ICollection<string> notes)
    {
        var key = (finding.Rule, finding.Fingerprint);
        switch (finding.State)
        {
            case FindingState.New when _unsuppressed.Contains(key):
                return finding with { State = FindingState.Old };

            case FindingState.Waived when _suppressed.Contains(key):
                return finding with { Suppression = finding.Suppression! with { IsOld = true } };

            // Switched off by this change, in the project file or the properties that it imports.
            case FindingState.Off when !finding.Projects.Any(project => WasOff(project, finding.Rule)):
                var note = $"This change switches {finding.Rule} off {finding.Reason}: the base's setting holds.";
                if (!notes.Contains(note))
                    notes.Add(note);
                return finding with { State = _unsuppressed.Contains(key) ? FindingState.Old : FindingState.New, Reason = null };

            default:
                return finding;
        }
    }

    /// <summary>What cannot be told, because the base itself was not evaluated.</summary>
    public IEnumerable<string> Notes() =>
        from project in projects
        where project.Scanned.NotEvaluated is not null
        select $"At the base, {project.Key} was not evaluated ({project.Scanned.NotEvaluated}): what is found in it counts as new.";

    private bool WasOff(string project, string rule) => projects.Any(before => before.Key == project && before.OffReason(rule) is not null);
}
