using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using MtlsPop.Gate.Judging;
using MtlsPop.Gate.Reporting;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Tests;

[Collection(nameof(UnknowingRepository))]
public sealed class ReportTests(UnknowingRepository repository)
{
    private static readonly JsonSchema _schema = JsonSchema.FromFile(Path.Combine(ThisBuild.RepositoryRoot, "docs/review.schema.json"));

    [Fact]
    public void The_json_report_is_as_its_schema_says() => Assert.True(_schema.Evaluate(repository.Review).IsValid);

    [Fact]
    public void The_schema_allows_nothing_that_it_does_not_describe()
    {
        var review = JsonNode.Parse(repository.Report("json"))!;
        review["findings"]![0]!["surprise"] = 1;

        Assert.False(_schema.Evaluate(JsonSerializer.SerializeToElement(review)).IsValid);
    }

    [Fact]
    public void The_console_shows_the_checklist_the_projects_and_the_verdict_without_colours()
    {
        Assert.Contains("Must have", repository.Run.Output);
        Assert.Contains("✘ fail", repository.Run.Output);
        Assert.Contains("Strict build/Wrong.cs:", repository.Run.Output);
        Assert.Contains("Plain/Plain.csproj (net8.0)  not applicable: no reference to MSAL", repository.Run.Output);
        Assert.Contains("Failed: 3 findings to fix, 3 projects not evaluated", repository.Run.Output);
        Assert.DoesNotContain('\u001b', repository.Run.Output);
    }

    [Fact]
    public void Progress_goes_to_the_error_output_where_the_output_is_redirected()
    {
        Assert.Contains("restoring packages", repository.Run.Error);
        Assert.DoesNotContain("restoring packages", repository.Run.Output);
    }

    [Fact]
    public void Markdown_begins_with_a_marker_and_the_verdict_and_folds_the_findings_by_project()
    {
        var lines = repository.Report("md").Split('\n');

        Assert.Equal(MarkdownReport.Marker, lines[0]);
        Assert.StartsWith("## ❌ mTLS PoP review: failed", lines[1]);
        Assert.Contains(lines, line => line.StartsWith("<details open><summary><code>Strict build/Wrong.csproj (net8.0)</code>", StringComparison.Ordinal));
        Assert.Contains(lines, line =>
            line.StartsWith("| ✘&nbsp;fail | The binding certificate is checked before it is used |", StringComparison.Ordinal)
            && line.EndsWith("`Part/Current.cs:20`, `Strict build/Silenced.cs:20`, `Strict build/Waived.cs:20`, `Strict build/Wrong.cs:20` |", StringComparison.Ordinal));
    }

    [Fact]
    public void Markdown_folds_the_items_that_there_is_nothing_to_ask_of_by_their_reason()
    {
        var project = new JudgedProject(new ScannedProject("/root/App.csproj", "net8.0"), "/root");

        var report = MarkdownReport.Write(new Review(".", "/root", Judge.Answer([project], [], finding => finding.Fails), [], [], FailOn.New));

        Assert.Contains("""
            ### Must have

            <details><summary>6 items without anything to ask</summary>

            - no call of MSAL asks for a token: MSAL can bind tokens, and what is used of it works in its version; Token requests ask for bound tokens;
            """.ReplaceLineEndings("\n"), report);
    }

    [Fact]
    public void Html_needs_no_other_file_and_no_script()
    {
        var page = repository.Report("html");

        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("<link", page);
        Assert.DoesNotContain("src=", page);
        Assert.Contains("<mark>BindingCertificate</mark>", page);
    }

    [Fact]
    public void Html_shows_the_fix_of_a_finding_as_a_diff() =>
        Assert.Contains("<span class=\"added\"><i>+</i>if (result.BindingCertificate is null)</span>", repository.Report("html"));

    [Fact]
    public void Json_tells_what_the_fix_of_a_new_finding_changes()
    {
        var finding = repository.Review.GetProperty("findings").EnumerateArray()
            .First(finding => finding.GetProperty("place").GetProperty("file").GetString() == "Strict build/Wrong.cs");

        var fix = finding.GetProperty("fix")[0];
        Assert.Equal("Strict build/Wrong.cs", fix.GetProperty("file").GetString());
        Assert.Equal(
            ["    if (result.BindingCertificate is null)", "        throw new InvalidOperationException(\"The token is not bound to a certificate.\");"],
            fix.GetProperty("lines").EnumerateArray()
                .Where(line => line.GetProperty("kind").GetString() == "added")
                .Select(line => line.GetProperty("text").GetString()));
    }

    [Fact]
    public void Sarif_holds_only_what_fails_with_relative_paths_and_fingerprints()
    {
        using var sarif = JsonDocument.Parse(repository.Report("sarif"));
        var results = sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().ToList();

        Assert.Equal(["Part/Current.cs", "Strict%20build/Silenced.cs", "Strict%20build/Wrong.cs"], results.Select(result =>
            result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()));
        Assert.All(results, result => Assert.Matches("^[0-9a-f]{16}$", result.GetProperty("partialFingerprints").GetProperty("mtlspop/v1").GetString()));
    }
}
