using MtlsPop.Gate.CommandLine;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Tests;

/// <summary>A disk on which there is no room, mounted in a namespace of its own.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly Workspace _workspace = new Workspace().Write("guide.md", "No code.\n").Write("full/old.txt", "").Write("App.csproj", Programs.Project());

    [Fact]
    public async Task A_report_that_finds_no_room_is_told_and_the_one_before_it_stays_whole()
    {
        var check = await OnFullDiskAsync("""exec dotnet "$2" check "$1/guide.md" --report "$1/full/review.html" """);

        Assert.Equal(2, check.ExitCode);
        Assert.StartsWith($"mtlspop: The report '{_workspace.PathOf("full/review.html")}' cannot be written: ", LastLine(check));
    }

    [Fact]
    public async Task What_was_begun_of_a_report_is_gone()
    {
        var check = await OnFullDiskAsync("""dotnet "$2" check "$1/guide.md" --report "$1/full/review.html" > /dev/null 2>&1; ls "$1/full"; cat "$1/full/review.html" """);

        Assert.Equal(["fill", "review.html", "the old report"], check.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_review_that_finds_no_room_is_no_verdict()
    {
        var check = await OnFullDiskAsync("""TMPDIR="$1/full" exec dotnet "$2" check "$1" """);

        Assert.Equal(3, check.ExitCode);
        Assert.StartsWith("mtlspop: Stopped before there was a verdict: ", LastLine(check));
    }

    public void Dispose() => _workspace.Dispose();

    private static string LastLine(ChildResult run) => run.Error.TrimEnd().Split('\n')[^1];

    private Task<ChildResult> OnFullDiskAsync(string script) => ChildProcess.RunAsync(
        "unshare",
        [
            "--mount", .. Environment.IsPrivilegedProcess ? [] : (string[])["--map-root-user"], "sh", "-c",
            $$"""mount -t tmpfs -o size=64k none "$1/full" && echo "the old report" > "$1/full/review.html" && ! cat /dev/zero > "$1/full/fill" 2> /dev/null && {{script}}""",
            "sh", _workspace.Root, typeof(Commands).Assembly.Location,
        ],
        Path.GetTempPath(),
        TestContext.Current.CancellationToken);
}
