namespace MtlsPop.Gate.Tests;

[Collection(nameof(ChangedRepository))]
public sealed class ChangeTests(ChangedRepository repository)
{
    [Theory]
    [InlineData("Added.cs")]
    [InlineData("Guarded.cs")]
    public void A_fault_that_the_change_brings_or_a_guard_that_it_removes_is_new(string file) => Assert.Equal(("MPOP3001", "new", true), Told(file));

    [Fact]
    public void A_fault_that_was_there_does_not_fail() => Assert.Equal(("MPOP3001", "old", false), Told("Old.cs"));

    [Fact]
    public void A_fault_that_only_moved_is_old() => Assert.Equal(("MPOP3001", "old", false), Told("Elsewhere.cs"));

    [Fact]
    public void A_new_suppression_without_a_reason_fails() => Assert.Equal(("MPOP3001", "waived", true), Told("Suppressed.cs"));

    [Fact]
    public void A_new_suppression_with_a_reason_is_waived_and_told_with_its_author()
    {
        Assert.Equal(("MPOP3001", "waived", false), Told("Explained.cs"));
        Assert.StartsWith("A Developer, ", repository.Finding("Explained.cs").GetProperty("suppression").GetProperty("author").GetString());
    }

    [Fact]
    public void A_suppression_that_was_there_does_not_fail() => Assert.Equal(("MPOP3001", "waived", false), Told("LongSuppressed.cs"));

    [Fact]
    public void A_rule_that_the_change_switches_off_in_an_editorconfig_is_asked_all_the_same()
    {
        Assert.Equal(("MPOP1008", "new", true), Told("Switched.cs"));
        Assert.Contains("This change edits the gate's settings in App/.editorconfig: the base's hold.", repository.Notes);
    }

    [Fact]
    public void A_rule_that_the_change_switches_off_by_NoWarn_is_asked_all_the_same()
    {
        Assert.Equal(("MPOP2003", "new", true), Told("Region.cs"));
        Assert.Contains("This change switches MPOP2003 off by NoWarn of the project: the base's setting holds.", repository.Notes);
    }

    [Fact]
    public void A_baseline_that_the_change_edits_is_told_and_the_one_of_the_base_holds() =>
        Assert.Contains("This change edits the baseline .mtlspop/baseline.json: the base's holds.", repository.Notes);

    [Theory]
    [InlineData("Marked.cs", "This change marks App/Marked.cs as generated: it is judged all the same.")]
    [InlineData("Attributed.cs", "This change marks code of App/Attributed.cs as generated: it is judged all the same.")]
    public void Code_that_the_change_marks_as_generated_is_judged_all_the_same(string file, string note)
    {
        Assert.Equal(("MPOP3001", "new", true), Told(file));
        Assert.Contains(note, repository.Notes);
    }

    [Theory]
    [InlineData("This change takes App/Left.cs out of the build: it is not judged.")]
    [InlineData("This change removes the project Gone/Gone.csproj.")]
    [InlineData("This change makes Trial/Trial.csproj a test project: it is not judged.")]
    public void What_the_change_takes_out_of_the_review_is_told(string note) => Assert.Contains(note, repository.Notes);

    [Fact]
    public void The_base_is_named() => Assert.Equal(repository.Base, repository.Review.GetProperty("base").GetString());

    [Fact]
    public void The_run_fails() => Assert.Equal(1, repository.Run.ExitCode);

    [Fact]
    public async Task A_base_that_git_does_not_know_is_a_fault_of_usage()
    {
        var run = await Gate.RunAsync("check", repository.Workspace.Root, "--base", "nowhere");

        Assert.Equal((2, "mtlspop: 'nowhere' is no commit of this repository: fetch it, or name another base."), (run.ExitCode, run.Error.Trim()));
    }

    [Fact]
    public async Task A_base_needs_a_repository()
    {
        using var workspace = new Workspace().Write("App.csproj", Programs.Project());

        var run = await Gate.RunAsync("check", workspace.Root, "--base", "main");

        Assert.Equal((2, "mtlspop: '--base' compares with a commit, and this is not a git repository: leave it out."), (run.ExitCode, run.Error.Trim()));
    }

    private (string? Rule, string? State, bool Fails) Told(string file)
    {
        var finding = repository.Finding(file);
        return (finding.GetProperty("rule").GetString(), finding.GetProperty("state").GetString(), finding.GetProperty("fails").GetBoolean());
    }
}
