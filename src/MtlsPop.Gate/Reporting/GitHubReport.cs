using MtlsPop.Gate.Judging;

namespace MtlsPop.Gate.Reporting;

/// <summary>What a step of GitHub Actions shows: annotations on the lines of the pull request, and the summary of the run.</summary>
internal static class GitHubReport
{
    /// <summary>GitHub drops what is beyond, of each kind and step.</summary>
    private const int MostOfAKind = 10;

    public static void Write(Review review, TextWriter output, string? summaryFile)
    {
        var notEvaluated = review.NotEvaluated.Select(project => Annotation("error", project.Project.RelativePath, 1, "Not evaluated", $"This project was not evaluated: {project.Project.Scanned.NotEvaluated}"));
        var failing = review.Failing.Select(finding => Annotation("error", finding, review));
        var shown = review.Findings
            .Where(finding => finding.State == FindingState.New && !review.Fails(finding))
            .Select(finding => Annotation("notice", finding, review));
        foreach (var line in notEvaluated.Concat(failing).Take(MostOfAKind).Concat(shown.Take(MostOfAKind)))
            output.WriteLine(line);

        if (!string.IsNullOrEmpty(summaryFile))
            File.AppendAllText(summaryFile, MarkdownReport.Write(review));
    }

    private static string Annotation(string kind, Finding finding, Review review) =>
        Annotation(kind, review.RelativePath(finding.Place.File), finding.Place.Line, finding.Rule, finding.Message);

    private static string Annotation(string kind, string file, int line, string title, string message) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"::{kind} file={Property(file)},line={line},title={Property(title)}::{Data(message)}");

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
