namespace MtlsPop.Gate.Scanning;

/// <summary>
/// One compiler process for all projects of a build, so that the analyzers are loaded and warm after the first. Its name is its own: the compilers
/// that the user's builds share stay as they are, and this one ends with the scan.
/// </summary>
internal sealed class CompilerServer(string logs) : IAsyncDisposable
{
    private readonly string _name = $"mtlspop-{Guid.NewGuid():N}"[..20];

    public IEnumerable<string> Arguments => ["-p:UseSharedCompilation=true", $"-p:SharedCompilationId={_name}"];

    public async ValueTask DisposeAsync()
    {
        var compilers = Directory.GetFiles(logs, "*.compiled").Select(ScannedProject.CompilerOf).Distinct(StringComparer.Ordinal).Where(File.Exists);
        foreach (var compiler in compilers)
            await ChildProcess.RunAsync("dotnet", [compiler, "-shutdown", $"-pipename:{_name}"], logs, CancellationToken.None).ConfigureAwait(false);

        // What a server leaves that was killed with its build.
        if (!OperatingSystem.IsWindows())
            File.Delete(Path.Combine("/tmp", _name));
    }
}
