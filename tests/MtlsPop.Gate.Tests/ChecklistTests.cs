using System.Text.Json;
using MtlsPop.Analyzers;
using MtlsPop.Gate.Documents;
using MtlsPop.Gate.Judging;

namespace MtlsPop.Gate.Tests;

[Collection(nameof(UnknowingRepository))]
public sealed class ChecklistTests(UnknowingRepository repository)
{
    private static readonly string[] _ofDocuments = [.. DocumentRules.All.Select(rule => rule.Rule.Id)];

    [Fact]
    public void Every_rule_answers_exactly_one_item_of_a_project() => Assert.Equal(Asked.Except(_ofDocuments), RulesOf(Checklist.Items));

    [Fact]
    public void Every_rule_answers_exactly_one_item_of_a_document() => Assert.Equal(Asked, RulesOf(Checklist.DocumentItems));

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net10.0")]
    public void A_right_project_passes_with_evidence_in_each_framework(string framework)
    {
        Assert.Equal(("pass", "1 of 1 request bound"), repository.Answer("Right/Right.csproj", "bound", framework));
        Assert.Equal(("pass", "no fault in the code around 1 bound request"), repository.Answer("Right/Right.csproj", "certificate-check", framework));
        Assert.Equal(("notApplicable", "no managed identity asks for a bound token"), repository.Answer("Right/Right.csproj", "attested", framework));
        Assert.Equal(("notApplicable", "no federation"), repository.Answer("Right/Right.csproj", "second-leg", framework));
    }

    [Fact]
    public void What_could_not_be_followed_is_unknown_and_never_a_pass() =>
        Assert.Equal(("unknown", "1 client request, and none could be followed"), repository.Answer("Right/Right.csproj", "MPOP2001"));

    [Fact]
    public void A_pass_names_the_version_of_msal_and_what_relies_on_it() =>
        Assert.Equal(("pass", $"MSAL {ThisBuild.MsalVersion} for 1 bound request"), repository.Answer("Right/Right.csproj", "msal-version"));

    [Fact]
    public void A_finding_fails_its_item_even_where_the_project_switches_analyzers_off_and_warnings_to_errors()
    {
        var (status, text) = repository.Answer("Strict build/Wrong.csproj", "certificate-check");

        Assert.Equal("fail", status);
        Assert.Equal("1 finding, 1 finding (suppressed without a reason), 1 finding (waived)", text);
    }

    [Fact]
    public void A_suppression_with_a_reason_is_waived_and_one_without_fails()
    {
        Assert.Equal(("waived", false, "checked by the caller's policy"), Suppressed("Strict build/Waived.cs"));
        Assert.Equal(("waived", true, null), Suppressed("Strict build/Silenced.cs"));

        (string?, bool, string?) Suppressed(string file)
        {
            var finding = Finding(file);
            return (finding.GetProperty("state").GetString(), finding.GetProperty("fails").GetBoolean(),
                finding.GetProperty("suppression").TryGetProperty("reason", out var reason) ? reason.GetString() : null);
        }
    }

    [Fact]
    public void A_rule_that_an_editorconfig_switches_off_is_told_with_the_line_that_does_it() =>
        Assert.Equal(("off", "switched off by Other/.editorconfig:2"), repository.Answer("Other/Wrong.csproj", "certificate-check"));

    [Fact]
    public void A_rule_in_NoWarn_is_told_as_off_and_its_findings_do_not_fail()
    {
        Assert.Equal(("off", "switched off by NoWarn of the project"), repository.Answer("NoWarn/NoWarn.csproj", "certificate-check"));
        Assert.Equal("off", Finding("NoWarn/NoWarn.cs").GetProperty("state").GetString());
        Assert.False(Finding("NoWarn/NoWarn.cs").GetProperty("fails").GetBoolean());
    }

    [Fact]
    public void A_rule_that_is_switched_off_for_one_file_counts_in_the_others()
    {
        Assert.Equal(("fail", "1 finding"), repository.Answer("Part/Part.csproj", "certificate-check"));
        Assert.True(Finding("Part/Current.cs").GetProperty("fails").GetBoolean());
    }

    [Fact]
    public void NoWarn_may_be_a_list_with_commas() =>
        Assert.Equal(("off", "switched off by NoWarn of the project"), repository.Answer("Part/Part.csproj", "validation"));

    [Fact]
    public void The_projects_together_answer_with_the_worst()
    {
        var item = repository.Review.GetProperty("checklist").EnumerateArray().Single(item => item.GetProperty("id").GetString() == "certificate-check");

        Assert.Equal("fail", item.GetProperty("status").GetString());
    }

    private static IEnumerable<string> Asked => RuleTable.All.Select(rule => rule.Id).Where(id => id != Rules.CallUnderstood.Id);

    private static IEnumerable<string> RulesOf(IEnumerable<ChecklistItem> items) => items.SelectMany(item => item.Rules).Order(StringComparer.Ordinal);

    private JsonElement Finding(string file) =>
        repository.Review.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("place").GetProperty("file").GetString() == file);
}
