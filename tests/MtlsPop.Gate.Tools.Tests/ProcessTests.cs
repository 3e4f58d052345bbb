using System.Diagnostics;
using MtlsPop.Gate.CommandLine;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Tests;

/// <summary>What a run starts ends with it. Each process inherits a mark in its environment, by which Linux tells which are left.</summary>
public sealed class ProcessTests : IDisposable
{
    private const string Mark = "MTLSPOP_TEST_RUN";

    private readonly Workspace _workspace = new Workspace()
        .Write("Directory.Packages.props", Programs.CentralVersions)
        .Write("Vault/Vault.csproj", Programs.Project())
        .Write("Vault/Vault.cs", Programs.Right("Vault"))
        .Write("App/App.csproj", Programs.Project(items: """<ProjectReference Include="../Vault/Vault.csproj" />"""))
        .Write("App/App.cs", Programs.Right("App"));

    private readonly Workspace _temporary = new();
    private readonly string _run = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task The_projects_share_one_compiler_which_ends_with_the_review()
    {
        var compilers = new HashSet<string>();
        using var check = Start();
        while (await check.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("building:", StringComparison.Ordinal))
                compilers.UnionWith(Running().Where(process => process.Contains("-pipename:", StringComparison.Ordinal)));
        }

        await check.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, check.ExitCode);
        var pipe = Assert.Single(compilers).Split("-pipename:")[1].Trim();
        Assert.StartsWith("mtlspop-", pipe);
        Assert.False(File.Exists($"/tmp/{pipe}"));
        Assert.Empty(Running());
    }

    [Theory]
    [InlineData("restoring packages", "-INT")]
    [InlineData("building: Vault", "-INT")]
    [InlineData("building: Vault", "-TERM")]
    public async Task A_signal_stops_all_that_runs_with_one_sentence_and_leaves_nothing(string step, string signal)
    {
        using var check = Start();
        var last = "";
        while (await check.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(step, StringComparison.Ordinal))
                await ChildProcess.RunAsync("kill", [signal, $"{check.Id}"], "/", TestContext.Current.CancellationToken);
            last = line;
        }

        await check.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((3, "mtlspop: Stopped before there was a verdict."), (check.ExitCode, last));
        Assert.Empty(Running());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temporary.Root, "mtlspop-*"));
        Assert.Equal(["App.cs", "App.csproj"], Directory.GetFileSystemEntries(_workspace.PathOf("App")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _temporary.Dispose();
    }

    private Process Start()
    {
        // A shell that runs tests in the background lets them, and all that they start, ignore SIGINT.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", typeof(Commands).Assembly.Location, "check", _workspace.Root])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment[Mark] = _run;
        start.Environment["TMPDIR"] = _temporary.Root;
        return Process.Start(start)!;
    }

    /// <summary>The command lines of the processes that the run began and that have not ended.</summary>
    private List<string> Running() =>
    [
        .. from process in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _))
           where Text(process, "environ").Contains($"{Mark}={_run}", StringComparison.Ordinal)
           select Text(process, "cmdline"),
    ];

    /// <summary>Nothing, where the process has just ended, or is another user's.</summary>
    private static string Text(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file)).Replace('\0', ' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
