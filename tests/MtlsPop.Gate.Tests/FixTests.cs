namespace MtlsPop.Gate.Tests;

public sealed class FixTests
{
    [Fact]
    public async Task Fixes_are_applied_and_what_changed_and_what_is_left_is_told()
    {
        using var workspace = new Workspace()
            .Write("Directory.Packages.props", Programs.CentralVersions)
            .Write("App.csproj", Programs.Project())
            .Write("Wrong.cs", Programs.Unchecked("Wrong"))
            .Write("Right.cs", Programs.Right("Right"));

        var run = await Gate.RunAsync("fix", workspace.Root, "--rule", "mpop3001");

        Assert.Equal("Changed Wrong.cs\n1 finding before, 0 left.\n", run.Output.ReplaceLineEndings("\n"));
        Assert.Equal(0, run.ExitCode);
        var mended = await File.ReadAllTextAsync(workspace.PathOf("Wrong.cs"), TestContext.Current.CancellationToken);
        Assert.Contains("if (result.BindingCertificate is null)", mended);
        Assert.False(Directory.Exists(workspace.PathOf("obj")));
    }

    [Fact]
    public async Task A_rule_that_does_not_exist_is_a_fault_of_usage()
    {
        var run = await Gate.RunAsync("fix", "--rule", "MPOP9999");

        Assert.Equal((2, "mtlspop: There is no rule 'MPOP9999': 'mtlspop rules' lists them."), (run.ExitCode, run.Error.Trim()));
    }
}
