using MtlsPop.Gate.CommandLine;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Tests;

/// <summary>A tree that nobody can write to, as where a pipeline mounts the sources of another.</summary>
public sealed class ReadOnlyTests
{
    [Fact]
    public async Task A_read_only_mount_is_reviewed_as_any_other_tree()
    {
        using var workspace = new Workspace()
            .Write("Directory.Packages.props", Programs.CentralVersions)
            .Write("App/App.csproj", Programs.Project())
            .Write("App/App.cs", Programs.Unchecked("App"));
        var before = workspace.Files();

        // In a namespace of its own, where the mount ends with the process.
        var check = await ChildProcess.RunAsync(
            "unshare",
            [
                "--mount", .. Environment.IsPrivilegedProcess ? [] : (string[])["--map-root-user"], "sh", "-c",
                """mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && ! touch "$1/App/written" 2> /dev/null && exec dotnet "$2" check "$1" """,
                "sh", workspace.Root, typeof(Commands).Assembly.Location,
            ],
            Path.GetTempPath(),
            TestContext.Current.CancellationToken);

        Assert.True(check.ExitCode == 1, check.Output + check.Error);
        Assert.Contains("MPOP3001 App/App.cs:", check.Output);
        Assert.Equal(before, workspace.Files());
    }
}
