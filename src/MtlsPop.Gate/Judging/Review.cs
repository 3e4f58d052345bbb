using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Judging;

internal enum Verdict
{
    Passed,
    Failed,
    NotEvaluated,
}

internal enum FailOn
{
    New,
    Any,
    Never,
}

/// <summary>What one project, or all together, answer to an item.</summary>
internal sealed record Answer(ChecklistItem Item, Status Status, string Text, IReadOnlyList<Place> Places, IReadOnlyList<Finding> Findings);

internal sealed record ProjectReview(JudgedProject Project, IReadOnlyList<Answer> Answers);

/// <summary>The whole review, which every report writes in its own way.</summary>
/// <param name="Root">What paths are told relative to.</param>
/// <param name="Notes">What the reader must know beside the checklist, such as a change of the gate's own settings.</param>
internal sealed record Review(string Target, string Root, IReadOnlyList<ProjectReview> Projects, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Notes, FailOn FailOn)
{
    /// <summary>What all together answer.</summary>
    public IReadOnlyList<Answer> Checklist => [.. Projects.Take(1).SelectMany(first => first.Answers).Select(answer => RollUp(answer.Item, Projects))];

    /// <summary>Either all are projects, or all are documents.</summary>
    public static string NounOf(IReadOnlyList<ProjectReview> projects) => projects.Any(project => project.Project.Scanned.Document is not null) ? "document" : "project";

    public string? Base { get; init; }

    public IEnumerable<Finding> Failing => Findings.Where(Fails);

    public IEnumerable<ProjectReview> NotEvaluated => Projects.Where(project => project.Project.Scanned.NotEvaluated is not null);

    public Verdict Verdict => Failing.Any() ? Verdict.Failed : NotEvaluated.Any() ? Verdict.NotEvaluated : Verdict.Passed;

    public int ExitCode => Verdict switch
    {
        Verdict.Passed => Gate.ExitCode.Passed,
        Verdict.Failed => Gate.ExitCode.Failed,
        _ => Gate.ExitCode.NotEvaluated,
    };

    /// <summary>One sentence that says how it ended.</summary>
    public string Summary
    {
        get
        {
            var failing = Failing.Count();
            var unknown = NotEvaluated.Count();
            var judged = Projects.Count(project => project.Project.Scanned.NotEvaluated is null && project.Project.NotApplicable is null);
            var noun = NounOf(Projects);
            List<string> parts = [];
            if (failing > 0)
                parts.Add($"{Evidence.Count(failing, "finding")} to fix");
            if (unknown > 0)
                parts.Add($"{Evidence.Count(unknown, noun)} not evaluated");
            if (Verdict == Verdict.Passed)
                parts.Add(judged > 0 ? $"{Evidence.Count(judged, noun)} judged" : $"no {noun} asks MSAL for tokens");
            if (Projects.Select(project => project.Project.TokensAcquiredBy).FirstOrDefault(library => library is not null) is { } acquirer)
                parts.Add($"the tokens that {acquirer} acquires are not seen");
            return string.Join(", ", parts);
        }
    }

    public string RelativePath(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    public string Text(Place place) => $"{RelativePath(place.File)}:{place.Line.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    public bool Fails(Finding finding) => FailOn switch
    {
        FailOn.Never => false,
        FailOn.Any => finding.Fails || finding is { Level: not "note", State: FindingState.Old or FindingState.Baselined } or { State: FindingState.Waived, Suppression.Reason: null },
        _ => finding.Fails,
    };

    /// <summary>The worst of what the projects answer; where all is well, what they answer together.</summary>
    private static Answer RollUp(ChecklistItem item, IReadOnlyList<ProjectReview> projects)
    {
        var answers = projects.Select(project => project.Answers.First(answer => answer.Item == item)).ToList();
        var findings = answers.SelectMany(answer => answer.Findings).Distinct().ToList();
        var worst = answers.OrderBy(answer => Severity(answer.Status)).First();
        var same = projects.Where(project => project.Answers.First(answer => answer.Item == item).Status == worst.Status).ToList();
        if (worst.Status is Status.Pass)
        {
            var together = item.Evidence(new Calls([.. same.Select(project => project.Project.Scanned)]));
            return worst with { Text = together.Text, Places = together.Places, Findings = findings };
        }

        var texts = answers.Where(answer => answer.Status == worst.Status).Select(answer => answer.Text).Distinct().ToList();
        var text = worst.Status switch
        {
            Status.Fail or Status.Noted or Status.Waived => AnswerText.Of(findings),

            // Why, is told once for the project, and not again for each item.
            Status.NotEvaluated => Evidence.Count(same.Count, NounOf(projects)),
            _ => texts is [var only] ? only : $"{texts[0]}; and {texts.Count - 1} more",
        };
        return worst with { Text = text, Findings = findings };
    }

    private static int Severity(Status status) => status switch
    {
        Status.Fail => 0,
        Status.NotEvaluated => 1,
        Status.Noted => 2,
        Status.Waived => 3,
        Status.Off => 4,
        Status.Unknown => 5,
        Status.Pass => 6,
        _ => 7,
    };
}
