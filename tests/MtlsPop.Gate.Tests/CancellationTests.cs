using MtlsPop.Gate.CommandLine;

namespace MtlsPop.Gate.Tests;

public sealed class CancellationTests
{
    [Fact]
    public async Task A_run_that_is_given_up_stops_its_build_and_leaves_nothing_behind()
    {
        using var workspace = new Workspace()
            .Write("Directory.Packages.props", Programs.CentralVersions)
            .Write("App/App.csproj", Programs.Project())
            .Write("App/App.cs", Programs.Right("App"));
        using var temporary = new Workspace();
        var before = Path.GetTempPath();
        var variable = OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";
        Environment.SetEnvironmentVariable(variable, temporary.Root);
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            using var output = new StringWriter();
            using var error = new StopAt("restoring packages", stop);

            var exitCode = await Commands.RunAsync(["check", workspace.Root], new Terminal(TextReader.Null, output, error, isInteractive: false), stop.Token);

            Assert.Equal(3, exitCode);
            Assert.EndsWith("mtlspop: Stopped before there was a verdict.", error.ToString().TrimEnd());
            Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Root, "mtlspop-*"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }

    /// <summary>Gives the run up when a line of progress comes.</summary>
    private sealed class StopAt(string step, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value == step)
                stop.Cancel();
        }
    }
}
