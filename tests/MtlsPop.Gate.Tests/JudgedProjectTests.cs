using MtlsPop.Gate.Judging;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Tests;

public sealed class JudgedProjectTests
{
    private static readonly LoggedResult _advice = new("MPOP1006", "note", "advice", new Place("/root/A.cs", 1, 1, 1, 2));

    private static readonly ScannedProject _project = new("/root/App/App.csproj", "net8.0")
    {
        Results = [_advice],
        References = new Dictionary<string, string> { ["Microsoft.Identity.Client"] = "4.92.0" },
    };

    [Theory]
    [InlineData("Gate", "MtlsPopMode is 'Gate' in App/App.csproj, a mode that was renamed: set it to Strict.")]
    [InlineData("Severe", "MtlsPopMode is 'Severe' in App/App.csproj, which is no mode: set it to Default, Strict, Checklist, Minimum or None.")]
    public void A_mode_that_does_not_exist_is_an_error(string mode, string sentence)
    {
        var failure = Assert.Throws<GateException>(Judge(_project with { Mode = mode }).RequireMode);

        Assert.Equal((2, sentence), (failure.ExitCode, failure.Message));
    }

    [Theory]
    [InlineData("", "note")]
    [InlineData("Default", "note")]
    [InlineData("Strict", "warning")]
    [InlineData("checklist", "warning")]
    public void Advice_counts_where_the_mode_wants_it(string mode, string level) => Assert.Equal(level, Judge(_project with { Mode = mode }).LevelOf(_advice));

    [Fact]
    public void Minimum_asks_only_for_what_surely_throws_or_leaks()
    {
        var project = Judge(_project with { Mode = "Minimum" });

        Assert.Equal("by MtlsPopMode=Minimum", project.OffReason("MPOP1006"));
        Assert.Null(project.OffReason("MPOP1001"));
    }

    [Theory]
    [InlineData("nunit.framework")]
    [InlineData("xunit.core")]
    [InlineData("xunit.v3.assert")]
    [InlineData("TUnit.Core")]
    public void A_project_that_references_a_test_framework_is_not_asked(string framework) =>
        Assert.Equal($"a test project: it references {framework}", Judge(Referencing(framework)).NotApplicable);

    [Fact]
    public void A_test_project_is_asked_where_its_configuration_wants_it()
    {
        var line = new ConfigurationLine("/root/.editorconfig", 2, "mtlspop.judge_tests = true");

        Assert.Null(Judge(Referencing("nunit.framework") with { Configuration = [line] }).NotApplicable);
    }

    [Fact]
    public void Where_another_library_acquires_the_tokens_it_is_said_that_they_are_not_seen() =>
        Assert.Equal(
            "Azure.Identity acquires the tokens here, and its requests are not seen",
            Judge(Referencing("Azure.Identity") with { Results = [] }).NotApplicable);

    [Fact]
    public void A_review_of_nothing_else_says_so_and_not_that_there_are_no_tokens()
    {
        var projects = Judging.Judge.Answer([Judge(Referencing("Azure.Identity") with { Results = [] })], [], finding => finding.Fails);

        Assert.Equal(
            "no project asks MSAL for tokens, the tokens that Azure.Identity acquires are not seen",
            new Review(".", "/root", projects, [], [], FailOn.New).Summary);
    }

    private static ScannedProject Referencing(string assembly) =>
        _project with { References = new Dictionary<string, string> { ["Microsoft.Identity.Client"] = "4.92.0", [assembly] = "" } };

    private static JudgedProject Judge(ScannedProject project) => new(project, "/root");
}
