using System.Globalization;
using System.Net;
using System.Text;
using MtlsPop.Gate.Fixing;
using MtlsPop.Gate.Judging;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Reporting;

/// <summary>One page that needs nothing but itself: to attach to a pull request, to print, to keep.</summary>
internal static class HtmlReport
{
    private static readonly string _style = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!).ReadToEnd();

    public static string Write(Review review)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append("<title>mTLS PoP review: ").Append(Encode(Words.Of(review.Verdict))).Append("</title>\n<style>\n").Append(_style).Append("</style>\n</head>\n<body>\n");
        WriteHeader(review, page);
        page.Append("<main>\n");
        foreach (var note in review.Notes)
            page.Append("<p class=\"note\">").Append(Encode(note)).Append("</p>\n");
        foreach (var section in review.Checklist.GroupBy(answer => answer.Item.Section))
            WriteSection(section.Key, section, review, page);
        WriteProjects(review, page);
        WriteFindings(review, page);
        page.Append("</main>\n<footer>Written by mtlspop ").Append(Encode(JsonReport.ToolVersion)).Append(". A pass says how many calls it was judged on; what could not be followed is never a pass.</footer>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void WriteHeader(Review review, StringBuilder page)
    {
        page.Append("<header class=\"").Append(ClassOf(review.Verdict)).Append("\">\n<h1>mTLS PoP review: ").Append(Words.Of(review.Verdict).ToLowerInvariant()).Append("</h1>\n<p>")
            .Append(Encode(Capitalized(review.Summary))).Append("<br>Checked: <code>").Append(Encode(review.Target)).Append("</code>");
        if (review.Base is { } against)
            page.Append(", against <code>").Append(Encode(against)).Append("</code>");
        page.Append("</p>\n<ul class=\"tally\">\n");
        foreach (var group in review.Checklist.GroupBy(answer => answer.Status).OrderBy(group => group.Key))
        {
            page.Append(CultureInfo.InvariantCulture, $"<li><span class=\"status {ClassOf(group.Key)}\">{Words.SignOf(group.Key)} {Words.Of(group.Key)}</span> {group.Count()}</li>\n");
        }

        page.Append("</ul>\n</header>\n");
    }

    private static void WriteSection(Section section, IEnumerable<Answer> answers, Review review, StringBuilder page)
    {
        page.Append("<h2>").Append(Words.Of(section)).Append("</h2>\n<div class=\"items\">\n");
        foreach (var answer in answers)
        {
            page.Append(CultureInfo.InvariantCulture, $"<div class=\"item\"><div class=\"status {ClassOf(answer.Status)}\">{Words.SignOf(answer.Status)} {Words.Of(answer.Status)}</div><div><strong>{Encode(answer.Item.Title)}</strong>");
            var links = answer.Findings.Where(finding => finding.State != FindingState.Off).Select(finding => $"<a href=\"#{Id(finding)}\">{finding.Rule}</a> <code>{Encode(review.Text(finding.Place))}</code>").ToList();
            if (links.Count == 0)
                links = [.. answer.Places.Select(place => $"<code>{Encode(review.Text(place))}</code>")];
            if (links.Count == 0)
                page.Append("<p>").Append(Encode(answer.Text)).Append("</p>");
            else
                page.Append(answer.Status == Status.Fail ? "<details open><summary>" : "<details><summary>").Append(Encode(answer.Text)).Append("</summary><ul>").AppendJoin("", links.Select(link => $"<li>{link}</li>")).Append("</ul></details>");
            page.Append("</div></div>\n");
        }

        page.Append("</div>\n");
    }

    private static void WriteProjects(Review review, StringBuilder page)
    {
        page.Append("<h2>").Append(Words.OfProjects(review)).Append("</h2>\n<table>\n<thead><tr><th>").Append(Words.OfProjects(review).TrimEnd('s')).Append("</th><th>MSAL</th><th>Judged</th></tr></thead>\n<tbody>\n");
        foreach (var (project, _) in review.Projects)
        {
            var judged = project switch
            {
                { Scanned.NotEvaluated: { } why } => $"<span class=\"status notEvaluated\">not evaluated</span>: {Encode(why)}",
                { NotApplicable: { } why } => $"<span class=\"status notApplicable\">n/a</span>: {Encode(why)}",
                _ => "<span class=\"status pass\">judged</span>",
            };
            page.Append("<tr><td><code>").Append(Encode(project.Key).Replace("/", "/<wbr>", StringComparison.Ordinal)).Append("</code></td><td class=\"version\">").Append(Encode(project.Scanned.MsalVersion ?? "")).Append("</td><td>").Append(judged).Append("</td></tr>\n");
        }

        page.Append("</tbody>\n</table>\n");
    }

    private static void WriteFindings(Review review, StringBuilder page)
    {
        var shown = review.Findings.Where(finding => finding.State != FindingState.Off).OrderByDescending(review.Fails).ToList();
        if (shown.Count == 0)
            return;

        page.Append("<h2>Findings</h2>\n");
        foreach (var finding in shown)
        {
            var fails = review.Fails(finding);
            page.Append(CultureInfo.InvariantCulture, $"<section class=\"finding\" id=\"{Id(finding)}\">\n<h3><span class=\"status {(fails ? "fail" : "noted")}\">{(fails ? "✘" : "!")}</span> ")
                .Append(CultureInfo.InvariantCulture, $"<a href=\"{RuleTable.Named[finding.Rule].Rule.HelpLinkUri}\">{finding.Rule}</a> {Encode(RuleTable.Named[finding.Rule].Rule.Title.ToString(CultureInfo.InvariantCulture))}</h3>\n")
                .Append(CultureInfo.InvariantCulture, $"<p class=\"place\"><code>{Encode(review.Text(finding.Place))}</code>{(fails ? "" : $", {Encode(Words.Of(finding))}")}</p>\n<p>{Encode(finding.Message)}</p>\n");
            WriteSource(finding, page);
            WriteFix(finding, review, page);
            page.Append("</section>\n");
        }
    }

    private static void WriteSource(Finding finding, StringBuilder page)
    {
        if (finding.Context.Lines.Count == 0)
            return;

        var indent = IndentOf(finding.Context.Lines);
        page.Append("<pre>");
        foreach (var (line, index) in finding.Context.Lines.Select((line, index) => (line, index)))
        {
            var number = finding.Context.FirstLine + index;
            var isAt = number >= finding.Place.Line && number <= finding.Place.EndLine;
            page.Append(CultureInfo.InvariantCulture, $"<span{(isAt ? " class=\"at\"" : "")}><i>{number}</i>{(isAt ? Marked(line, number, finding.Place, indent) : Encode(Dedented(line, indent)))}</span>");
        }

        page.Append("</pre>\n");
    }

    private static void WriteFix(Finding finding, Review review, StringBuilder page)
    {
        if (finding.Fix.Count == 0)
            return;

        page.Append("<details class=\"fix\"><summary>The fix</summary>\n");
        foreach (var file in finding.Fix)
        {
            if (finding.Fix.Count > 1 || file.File != finding.Place.File)
                page.Append("<p class=\"place\"><code>").Append(Encode(review.RelativePath(file.File))).Append("</code></p>\n");
            var indent = IndentOf(file.Lines.Select(line => line.Text));
            page.Append("<pre>");
            foreach (var line in file.Lines)
            {
                var text = Encode(Dedented(line.Text, indent));
                page.Append(line.Kind switch
                {
                    DiffKind.Added => $"<span class=\"added\"><i>+</i>{text}</span>",
                    DiffKind.Removed => $"<span class=\"removed\"><i>−</i>{text}</span>",
                    DiffKind.Gap => "<span><i>⋯</i></span>",
                    _ => string.Create(CultureInfo.InvariantCulture, $"<span><i>{line.Number}</i>{text}</span>"),
                });
            }

            page.Append("</pre>\n");
        }

        page.Append("</details>\n");
    }

    /// <summary>What all lines begin with, for nothing: a narrow window has no room for it.</summary>
    private static int IndentOf(IEnumerable<string> lines) => lines.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();

    private static string Dedented(string line, int indent) => line[Math.Min(indent, line.Length)..];

    private static string Marked(string line, int number, Place place, int indent)
    {
        var from = number == place.Line ? Math.Min(place.Column - 1, line.Length) : 0;
        var to = number == place.EndLine ? Math.Clamp(place.EndColumn - 1, from, line.Length) : line.Length;
        return $"{Encode(line[Math.Min(indent, from)..from])}<mark>{Encode(line[from..to])}</mark>{Encode(line[to..])}";
    }

    private static string Id(Finding finding) => $"f-{finding.Fingerprint}-{finding.Place.Line.ToString(CultureInfo.InvariantCulture)}";

    private static string ClassOf<T>(T value) where T : struct, Enum => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    private static string Capitalized(string text) => text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
