namespace MtlsPop.Gate.Judging;

/// <summary>Answers the checklist for each project, by its findings first, then by its evidence.</summary>
internal static class Judge
{
    public static IReadOnlyList<ProjectReview> Answer(IEnumerable<JudgedProject> projects, IReadOnlyList<Finding> findings, Func<Finding, bool> fails) =>
    [
        .. from project in projects
           let own = findings.Where(finding => finding.Projects.Contains(project.Key)).ToList()
           select new ProjectReview(project, [.. Checklist.Of(project.Scanned).Select(item => Answer(project, item, own.FindAll(finding => item.Rules.Contains(finding.Rule)), fails))]),
    ];

    private static Answer Answer(JudgedProject project, ChecklistItem item, List<Finding> findings, Func<Finding, bool> fails)
    {
        if (findings.Exists(finding => fails(finding)))
            return Found(Status.Fail);
        if (project.Scanned.NotEvaluated is { } why)
            return Without(Status.NotEvaluated, why);
        if (project.NotApplicable is { } because)
            return Without(Status.NotApplicable, because);
        if (findings.Exists(finding => finding.State is FindingState.New or FindingState.Old or FindingState.Baselined))
            return Found(Status.Noted);
        if (findings.Exists(finding => finding.State == FindingState.Waived))
            return Found(Status.Waived);

        var evidence = item.Evidence(project.Calls);
        return evidence.Status is not Status.NotApplicable && item.Rules.Select(project.OffReason).FirstOrDefault(reason => reason is not null) is { } off
            ? new Answer(item, Status.Off, $"switched off {off}", [], findings)
            : new Answer(item, evidence.Status, evidence.Text, evidence.Places, findings);

        Answer Found(Status status) => new(item, status, AnswerText.Of(findings), [.. findings.Select(finding => finding.Place)], findings);

        Answer Without(Status status, string reason) => new(item, status, reason, [], findings);
    }
}

internal static class AnswerText
{
    /// <summary>"2 findings, 1 of them old": what was found, and why some of it does not count.</summary>
    public static string Of(IReadOnlyCollection<Finding> findings)
    {
        var parts = findings
            .Where(finding => finding.State != FindingState.Off)
            .GroupBy(finding => finding switch
            {
                { State: FindingState.Old } => "old",
                { State: FindingState.Baselined } => "in the baseline",
                { State: FindingState.Waived, Suppression.Reason: null } => "suppressed without a reason",
                { State: FindingState.Waived } => "waived",
                { Level: "note" } => "advice",
                _ => "",
            })
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{Evidence.Count(group.Count(), "finding")}{(group.Key.Length > 0 ? $" ({group.Key})" : "")}");
        return string.Join(", ", parts);
    }
}
