using System.Diagnostics;

namespace MtlsPop.HostingTests.Replicas;

/// <summary>A replica in a process of its own.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly Process _process;

    private Replica(Process process) => _process = process;

    public static async Task<Replica> StartAsync(string settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MtlsPop.Replica.dll"), settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var replica = new Replica(Process.Start(start)!);
        Assert.Equal("ready", await replica.ReadAsync());
        return replica;
    }

    public async Task<string> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await ReadAsync();
    }

    public async Task<string[]> LogAsync() => (await AskAsync("log")).Split('|', StringSplitOptions.RemoveEmptyEntries);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _process.WaitForExitAsync(patience.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<string> ReadAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2)) ?? throw new InvalidOperationException("The replica ended.");
}
