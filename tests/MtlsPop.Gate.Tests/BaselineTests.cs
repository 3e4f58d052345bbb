using MtlsPop.Gate.History;
using MtlsPop.Gate.Judging;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Tests;

public sealed class BaselineTests
{
    private static readonly DateOnly _today = new(2026, 11, 30);

    private static readonly Finding _finding = new("MPOP3001", "warning", "A fault", new Place("/root/A.cs", 3, 1, 3, 5))
    {
        Fingerprint = "0123456789abcdef",
        Context = new SourceContext("Tokens.A", "", 3, []),
    };

    [Fact]
    public void A_finding_that_it_names_does_not_fail_and_says_why()
    {
        var (findings, _) = Apply("""{"rule":"MPOP3001","file":"A.cs","member":"Tokens.A","fingerprint":"0123456789abcdef","reason":"replaced in spring"}""");
        var accepted = Assert.Single(findings);

        Assert.Equal((FindingState.Baselined, "replaced in spring", false), (accepted.State, accepted.Reason, accepted.Fails));
    }

    [Theory]
    [InlineData("2026-11-29", false)]
    [InlineData("2026-11-30", true)]
    public void An_entry_holds_until_it_expires(string expires, bool holds)
    {
        var (findings, notes) = Apply(
            $$"""{"rule":"MPOP3001","file":"A.cs","member":"Tokens.A","fingerprint":"0123456789abcdef","reason":"r","expires":"{{expires}}"}""");

        Assert.Equal(holds ? FindingState.Baselined : FindingState.New, Assert.Single(findings).State);
        Assert.Equal(holds ? [] : [$"The baseline accepted MPOP3001 in A.cs (Tokens.A) until {expires}: fix it, or renew the entry."], notes);
    }

    [Fact]
    public void An_entry_whose_finding_is_gone_is_named()
    {
        var (_, notes) = Apply("""{"rule":"MPOP3002","file":"B.cs","member":"Tokens.B","fingerprint":"ffffffffffffffff","reason":"r"}""");

        Assert.Equal(["The baseline still lists MPOP3002 in B.cs (Tokens.B), which is gone: remove the entry."], notes);
    }

    [Fact]
    public void It_is_written_sorted_with_one_finding_in_a_line_and_keeps_what_it_knew()
    {
        var baseline = Parse(
            """{"rule":"MPOP3001","file":"A.cs","member":"Tokens.A","fingerprint":"0123456789abcdef","reason":"known","expires":"2027-01-31"}""");
        var other = _finding with { Rule = "MPOP1001", Fingerprint = "fedcba9876543210" };

        Assert.Equal(
            """
            {
              "version": 1,
              "findings": [
                {"rule":"MPOP1001","file":"A.cs","member":"Tokens.A","fingerprint":"fedcba9876543210","reason":"accepted when the baseline was written"},
                {"rule":"MPOP3001","file":"A.cs","member":"Tokens.A","fingerprint":"0123456789abcdef","reason":"known","expires":"2027-01-31"}
              ]
            }

            """,
            baseline.Rewrite(new Review(".", "/root", [], [_finding, other], [], FailOn.New)),
            ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData("""{"version":2,"findings":[]}""")]
    [InlineData("""{"version":1,"findings":[{"rule":"MPOP3001"}]}""")]
    [InlineData("""{"version":1""")]
    public void What_is_no_baseline_is_refused(string text) =>
        Assert.Equal(2, Assert.Throws<GateException>(() => Baseline.Parse(text, "baseline.json")).ExitCode);

    private static Baseline Parse(string entry) => Baseline.Parse($$"""{"version":1,"findings":[{{entry}}]}""", "baseline.json");

    private static (IReadOnlyList<Finding> Findings, List<string> Notes) Apply(string entry)
    {
        var notes = new List<string>();
        return (Parse(entry).Apply([_finding], _today, allEvaluated: true, notes), notes);
    }
}
