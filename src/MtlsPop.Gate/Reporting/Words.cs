using MtlsPop.Gate.Judging;

namespace MtlsPop.Gate.Reporting;

/// <summary>What the reports for people call things.</summary>
internal static class Words
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "Passed",
        Verdict.Failed => "Failed",
        _ => "Not evaluated",
    };

    public static string OfProjects(Review review) => Review.NounOf(review.Projects) == "document" ? "Documents" : "Projects";

    public static string Of(Section section) => section switch
    {
        Section.MustHave => "Must have",
        Section.ShouldHave => "Should have",
        _ => "Common mistakes",
    };

    public static string Of(Status status) => status switch
    {
        Status.Pass => "pass",
        Status.Fail => "fail",
        Status.Noted => "noted",
        Status.Waived => "waived",
        Status.Off => "off",
        Status.Unknown => "unknown",
        Status.NotApplicable => "n/a",
        _ => "not evaluated",
    };

    /// <summary>Told apart without colours, too.</summary>
    public static string SignOf(Status status) => status switch
    {
        Status.Pass => "✔",
        Status.Fail => "✘",
        Status.Noted => "!",
        Status.Waived => "~",
        Status.Off => "○",
        Status.Unknown => "?",
        Status.NotApplicable => "–",
        _ => "⊘",
    };

    public static string Of(Finding finding) => finding switch
    {
        { State: FindingState.Old } => "old",
        { State: FindingState.Baselined } => finding.Reason is { } reason ? $"in the baseline: {reason}" : "in the baseline",
        { State: FindingState.Off } => $"switched off {finding.Reason}",
        { State: FindingState.Waived, Suppression: { } suppression } => Of(suppression),
        { Level: "note" } => "advice",
        _ => "new",
    };

    private static string Of(Suppression suppression) =>
        (suppression.Reason is { } reason ? $"waived: {reason}" : "suppressed without a reason") + (suppression.Author is { } author ? $" ({author})" : "");
}
