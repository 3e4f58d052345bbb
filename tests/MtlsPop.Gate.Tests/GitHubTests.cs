using MtlsPop.Gate.Judging;
using MtlsPop.Gate.Reporting;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Tests;

public sealed class GitHubTests
{
    private static readonly ScannedProject _project = new("/root/App/App.csproj", "net8.0");

    [Fact]
    public void A_finding_becomes_an_annotation_of_its_line() =>
        Assert.Equal(
            ["::error file=App/A%2C B.cs,line=7,title=MPOP3001::100%25 wrong%0Aindeed"],
            Annotations(Finding("App/A, B.cs", 7, "100% wrong\nindeed")));

    [Fact]
    public void Advice_is_a_notice() =>
        Assert.Equal(["::notice file=App/A.cs,line=1,title=MPOP3001::advice"], Annotations(Finding("App/A.cs", 1, "advice") with { Level = "note" }));

    [Fact]
    public void What_is_old_is_not_annotated() => Assert.Empty(Annotations(Finding("App/A.cs", 1, "old") with { State = FindingState.Old }));

    [Fact]
    public void No_more_than_GitHub_shows_are_written() =>
        Assert.Equal(10, Annotations([.. Enumerable.Range(1, 12).Select(line => Finding("App/A.cs", line, "many"))]).Length);

    [Fact]
    public void The_summary_of_the_step_is_the_markdown_report()
    {
        using var workspace = new Workspace().Write("summary.md", "Before\n");
        using var output = new StringWriter();
        var review = Review(Finding("App/A.cs", 1, "wrong"));

        GitHubReport.Write(review, output, workspace.PathOf("summary.md"));

        Assert.Equal("Before\n" + MarkdownReport.Write(review), File.ReadAllText(workspace.PathOf("summary.md")));
    }

    [Fact]
    public void A_report_of_very_many_findings_stays_below_what_GitHub_takes()
    {
        var findings = Enumerable.Range(1, 20_000).Select(line => Finding("App/A.cs", line, "A long message about something that is wrong."));

        var report = MarkdownReport.Write(Review([.. findings]));


        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(report), 500_000, 1024 * 1024);
        Assert.Contains(" more\n\n</details>", report);
    }

    private static Finding Finding(string file, int line, string message) => new("MPOP3001", "warning", message, new Place($"/root/{file}", line, 1, line, 5))
    {
        Projects = ["App/App.csproj (net8.0)"],
    };

    private static Review Review(params Finding[] findings)
    {
        var review = new Review(".", "/root", [], findings, [], FailOn.New);
        return review with { Projects = Judge.Answer([new JudgedProject(_project, "/root")], findings, review.Fails) };
    }

    private static string[] Annotations(params Finding[] findings)
    {
        using var output = new StringWriter();
        GitHubReport.Write(Review(findings), output, summaryFile: null);
        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
