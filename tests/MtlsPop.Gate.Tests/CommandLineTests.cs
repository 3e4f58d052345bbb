using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("'nowhere' does not exist: name a project, a solution or a folder.", "check", "nowhere")]
    [InlineData("'review.pdf' names no kind of report: end it with .md, .html, .json or .sarif.", "check", "--report", "review.pdf")]
    [InlineData("'nowhere.sarif' does not exist: name a SARIF file that the compiler wrote.", "check", "--sarif", "nowhere.sarif")]
    [InlineData("'--base' builds the base as well, and '--sarif' builds nothing: use one of them.", "check", "--sarif", "a.sarif", "--base", "main")]
    [InlineData("'nowhere.md' does not exist: name a document.", "check", "nowhere.md")]
    [InlineData("'src' is no document: check documents and projects in runs of their own.", "check", "guide.md", "src")]
    [InlineData("'b' is one too many: name one project, solution or folder, or documents.", "check", "a", "b")]
    [InlineData("'--text' judges the standard input alone: give it '-', and name no path.", "check", "--text", "guide.md")]
    [InlineData("'--msal' is for documents: a project is judged with the MSAL that it references.", "check", "--msal", "4.92.0")]
    [InlineData("There is no rule 'MPOP9999': 'mtlspop rules' lists them.", "explain", "MPOP9999")]
    [InlineData("'sometimes' is nothing that can fail: use new, any or never.", "check", "--fail-on", "sometimes")]
    [InlineData("There is no command 'chek': use check, rules, explain or fix.", "chek", "src")]
    public async Task What_cannot_be_done_is_told_in_a_sentence(string sentence, params string[] arguments)
    {
        var run = await Gate.RunAsync(arguments);

        Assert.Equal((2, $"mtlspop: {sentence}"), (run.ExitCode, run.Error.Trim()));
    }

    [Fact]
    public async Task A_solution_that_cannot_be_read_is_told()
    {
        using var workspace = new Workspace().Write("All.slnx", "<Solution>");

        var run = await Gate.RunAsync("check", workspace.Root);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("All.slnx' cannot be read as a solution: Unexpected end of file", run.Error);
    }

    [Fact]
    public async Task A_baseline_that_cannot_be_read_is_told()
    {
        using var workspace = new Workspace().Write("App.csproj", Programs.Project()).Write("baseline.json", "{");

        var run = await Gate.RunAsync("check", workspace.Root, "--baseline", workspace.PathOf("baseline.json"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("baseline.json' cannot be read as a baseline: ", run.Error);
    }

    [Fact]
    public async Task A_program_that_is_not_installed_is_told()
    {
        var failure = await Assert.ThrowsAsync<GateException>(() => ChildProcess.RunAsync("no-such-program", [], ".", TestContext.Current.CancellationToken));

        Assert.Equal("'no-such-program' cannot be started: install it, or put it on the PATH.", failure.Message);
    }

    [Fact]
    public async Task An_SDK_that_is_not_installed_is_told_with_the_file_that_asks_for_it()
    {
        using var workspace = new Workspace()
            .Write("App.csproj", Programs.Project())
            .Write("global.json", """{ "sdk": { "version": "99.0.100", "rollForward": "disable" } }""");

        var run = await Gate.RunAsync("check", workspace.Root);

        Assert.Equal(3, run.ExitCode);
        Assert.EndsWith($"mtlspop: No .NET SDK is installed that '{workspace.PathOf("global.json")}' accepts: it asks for 99.0.100.", run.Error.TrimEnd());
    }

    [Fact]
    public async Task An_option_that_does_not_exist_is_a_fault_of_usage()
    {
        var run = await Gate.RunAsync("check", "--no-such-option");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--no-such-option", run.Error);
    }

    [Fact]
    public async Task A_folder_without_projects_has_nothing_to_check()
    {
        using var workspace = new Workspace();

        var run = await Gate.RunAsync("check", workspace.Root);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("holds no solution and no C# project", run.Error);
    }

    [Fact]
    public async Task A_folder_with_several_solutions_asks_for_one()
    {
        using var workspace = new Workspace().Write("A.sln", "").Write("B.slnx", "<Solution />");

        var run = await Gate.RunAsync("check", workspace.Root);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("holds several solutions (A.sln, B.slnx): name one of them.", run.Error);
    }

    [Fact]
    public async Task Rules_are_listed_with_their_severity()
    {
        var run = await Gate.RunAsync("rules");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"MPOP1001 +Warning +Attest the key of a managed-identity token", run.Output);
        Assert.Matches(@"MPOP0001 +off ", run.Output);
    }

    [Theory]
    [InlineData("mpop1001", "# MPOP1001: ")]
    [InlineData("MPOP0101", "# MPOP0101: Name the version of MSAL")]
    public async Task A_rule_is_explained_by_its_page(string rule, string title)
    {
        var run = await Gate.RunAsync("explain", rule);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(title, run.Output);
        Assert.DoesNotContain("<!--", run.Output);
    }
}
