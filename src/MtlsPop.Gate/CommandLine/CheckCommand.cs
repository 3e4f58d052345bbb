using MtlsPop.Gate.Reporting;

namespace MtlsPop.Gate.CommandLine;

internal static class CheckCommand
{
    public static async Task<int> RunAsync(CheckOptions given, IReadOnlyList<string> paths, string? text, Terminal terminal, CancellationToken cancellationToken)
    {
        var reports = given.Reports.Select(Report.For).ToList();
        using var inputs = await Inputs.OpenAsync(given, paths, text, terminal, cancellationToken).ConfigureAwait(false);
        var options = inputs.Options;
        var (review, baseline) = await terminal.ProgressAsync(async progress =>
        {
            using var reviewer = new Reviewer(options, progress, cancellationToken);
            var done = await reviewer.ReviewAsync().ConfigureAwait(false);
            return (done, (reviewer.BaselinePath, Text: reviewer.Baseline.Rewrite(done)));
        }).ConfigureAwait(false);

        new ConsoleReport(terminal.Console).Write(review);
        foreach (var report in reports)
            report.Write(review);
        if (options.GitHub)
            GitHubReport.Write(review, terminal.Output, Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY"));
        if (!options.WriteBaseline)
            return review.ExitCode;

        WholeFile.Write(baseline.BaselinePath, baseline.Text);
        terminal.Output.WriteLine($"The baseline was written to {baseline.BaselinePath}.");
        return review.NotEvaluated.Any() ? ExitCode.NotEvaluated : ExitCode.Passed;
    }
}
