using System.Text;
using MtlsPop.Gate.Judging;

namespace MtlsPop.Gate.Reporting;

/// <summary>For a comment on the pull request, or a step's summary: verdict and checklist first, findings folded by project.</summary>
internal static class MarkdownReport
{
    /// <summary>Finds the comment again that is to be updated.</summary>
    public const string Marker = "<!-- mtlspop-review -->";

    /// <summary>What GitHub takes for a step's summary.</summary>
    private const int MostBytes = 1024 * 1024;

    private const int PlacesShown = 5;

    public static string Write(Review review)
    {
        var text = new StringBuilder();
        text.Append(Marker).Append('\n');
        text.Append("## ").Append(SignOf(review.Verdict)).Append(" mTLS PoP review: ").Append(Words.Of(review.Verdict).ToLowerInvariant()).Append("\n\n");
        text.Append(Escape(review.Summary)).Append(".\n");
        foreach (var note in review.Notes)
            text.Append("\n> [!NOTE]\n> ").Append(Escape(note)).Append('\n');

        foreach (var section in review.Checklist.GroupBy(answer => answer.Item.Section))
        {
            text.Append("\n### ").Append(Words.Of(section.Key)).Append('\n');
            Write([.. section], review, text);
        }

        text.Append("\n### ").Append(Words.OfProjects(review)).Append('\n');
        foreach (var project in review.Projects)
            Write(project, review, text);
        return text.ToString();
    }

    /// <summary>What was asked as a table; what there was nothing to ask of folded, by the reason.</summary>
    private static void Write(List<Answer> section, Review review, StringBuilder text)
    {
        var asked = section.FindAll(answer => answer.Status != Status.NotApplicable);
        if (asked.Count > 0)
            text.Append("\n| | Item | Evidence |\n|---|---|---|\n");
        foreach (var answer in asked)
            text.Append("| ").Append(Words.SignOf(answer.Status)).Append("&nbsp;").Append(Words.Of(answer.Status)).Append(" | ").Append(Escape(answer.Item.Title)).Append(" | ").Append(Evidence(answer, review)).Append(" |\n");
        if (asked.Count == section.Count)
            return;

        text.Append("\n<details><summary>").Append(Judging.Evidence.Count(section.Count - asked.Count, "item")).Append(" without anything to ask</summary>\n\n");
        foreach (var reason in section.Except(asked).GroupBy(answer => answer.Text))
            text.Append("- ").Append(Escape(reason.Key)).Append(": ").AppendJoin("; ", reason.Select(answer => Escape(answer.Item.Title))).Append('\n');
        text.Append("\n</details>\n");
    }

    private static string Evidence(Answer answer, Review review)
    {
        var text = Escape(answer.Text);
        var places = answer.Status == Status.Pass ? answer.Places : [.. answer.Findings.Where(finding => finding.State != FindingState.Off).Select(finding => finding.Place).Distinct()];
        return places.Count == 0
            ? text
            : $"{text}: {string.Join(", ", places.Take(PlacesShown).Select(place => $"`{review.Text(place)}`"))}{(places.Count > PlacesShown ? ", ..." : "")}";
    }

    private static void Write(ProjectReview project, Review review, StringBuilder text)
    {
        var own = review.Findings.Where(finding => finding.State != FindingState.Off && finding.Projects.Contains(project.Project.Key)).ToList();
        var status = project.Project switch
        {
            { Scanned.NotEvaluated: { } why } => $"not evaluated: {why}",
            { NotApplicable: { } why } => $"not applicable: {why}",
            _ when own.Count == 0 => "no findings",
            _ => AnswerText.Of(own),
        };
        if (own.Count == 0)
        {
            text.Append("\n- `").Append(project.Project.Key).Append("`: ").Append(Escape(status)).Append('\n');
            return;
        }

        text.Append(own.Exists(review.Fails) ? "\n<details open>" : "\n<details>").Append("<summary><code>").Append(EscapeHtml(project.Project.Key)).Append("</code>: ").Append(EscapeHtml(status)).Append("</summary>\n\n");
        foreach (var (finding, index) in own.Select((finding, index) => (finding, index)))
        {
            var line = $"- **[{finding.Rule}]({RuleTable.Named[finding.Rule].Rule.HelpLinkUri})** `{review.Text(finding.Place)}`{(review.Fails(finding) ? "" : $" ({Escape(Words.Of(finding))})")}<br>{Escape(finding.Message)}\n";

            // Room for what is left to close.
            if (Encoding.UTF8.GetByteCount(line) + text.Length * 2 > MostBytes)
            {
                text.Append("- and ").Append(own.Count - index).Append(" more\n");
                break;
            }

            text.Append(line);
        }

        text.Append("\n</details>\n");
    }

    private static string SignOf(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "✅",
        Verdict.Failed => "❌",
        _ => "⚠️",
    };

    /// <summary>Code and messages hold characters that mean something in Markdown.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text.ReplaceLineEndings(" "))
        {
            if (character is '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '#' or '~')
                escaped.Append('\\');
            escaped.Append(character switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", _ => character.ToString() });
        }

        return escaped.ToString();
    }

    private static string EscapeHtml(string text) => System.Net.WebUtility.HtmlEncode(text);
}
