using MtlsPop.Gate.Judging;
using Spectre.Console;
using Status = MtlsPop.Gate.Judging.Status;

namespace MtlsPop.Gate.Reporting;

/// <summary>The checklist on the terminal: each item in a line, with its findings below it.</summary>
internal sealed class ConsoleReport(IAnsiConsole console)
{
    private const int PlacesShown = 3;

    public void Write(Review review)
    {
        var checklist = review.Checklist;
        var widest = checklist.Select(answer => answer.Item.Title.Length).DefaultIfEmpty().Max();
        foreach (var section in checklist.GroupBy(answer => answer.Item.Section))
        {
            console.WriteLine();
            console.MarkupLine($"[bold]{Words.Of(section.Key)}[/]");
            foreach (var answer in section)
                Write(answer, widest, review);
        }

        WriteProjects(review);
        foreach (var note in review.Notes)
            console.MarkupLine($"[yellow]![/] {Markup.Escape(note)}");
        if (review.Notes.Count > 0)
            console.WriteLine();

        var colour = review.Verdict switch
        {
            Verdict.Passed => "green",
            Verdict.Failed => "red",
            _ => "yellow",
        };
        console.MarkupLine($"[bold {colour}]{Words.Of(review.Verdict)}[/]: {Markup.Escape(review.Summary)}");
    }

    private void Write(Answer answer, int widest, Review review)
    {
        var colour = ColourOf(answer.Status);
        var places = answer.Status == Status.Pass ? Places(answer, review) : "";
        console.MarkupLine($"  [{colour}]{Words.SignOf(answer.Status)} {Words.Of(answer.Status),-13}[/] {Markup.Escape(answer.Item.Title.PadRight(widest))}  [dim]{Markup.Escape(answer.Text + places)}[/]");
        foreach (var finding in answer.Findings.Where(finding => finding.State != FindingState.Off))
        {
            var state = review.Fails(finding) ? "" : $" [dim]({Markup.Escape(Words.Of(finding))})[/]";
            console.MarkupLine($"      [{(review.Fails(finding) ? "red" : "yellow")}]{finding.Rule}[/] [link]{Markup.Escape(review.Text(finding.Place))}[/]{state}");
            console.MarkupLine($"        {Markup.Escape(finding.Message)}");
        }
    }

    private static string Places(Answer answer, Review review)
    {
        if (answer.Places.Count == 0)
            return "";
        var more = answer.Places.Count > PlacesShown ? ", ..." : "";
        return $": {string.Join(", ", answer.Places.Take(PlacesShown).Select(review.Text))}{more}";
    }

    private void WriteProjects(Review review)
    {
        console.WriteLine();
        console.MarkupLine($"[bold]{Words.OfProjects(review)}[/]");
        foreach (var (project, _) in review.Projects)
        {
            var (colour, text) = project switch
            {
                { Scanned.NotEvaluated: { } why } => ("red", $"not evaluated: {why}"),
                { NotApplicable: { } why } => ("dim", $"not applicable: {why}"),
                { Scanned.MsalVersion: { Length: > 0 } version } => ("green", $"judged, with MSAL {version}"),
                _ => ("green", "judged"),
            };
            console.MarkupLine($"  {Markup.Escape(project.Key)}  [{colour}]{Markup.Escape(text)}[/]");
        }

        console.WriteLine();
    }

    private static string ColourOf(Status status) => status switch
    {
        Status.Pass => "green",
        Status.Fail => "red",
        Status.Noted or Status.Waived or Status.Unknown or Status.NotEvaluated => "yellow",
        _ => "dim",
    };
}
