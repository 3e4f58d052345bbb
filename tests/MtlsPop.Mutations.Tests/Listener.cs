using System.Diagnostics;
using System.Globalization;
using MtlsPop.ChildProcesses;

namespace MtlsPop.Mutations.Tests;

internal sealed record Failure(int Number, string Reason);

/// <summary>Lets other processes analyse mutants, and knows of which one each of them died or hung.</summary>
internal sealed class Listener(int seed, int first, int step, int end)
{
    private const int ReasonLength = 2_000;

    /// <summary>For one mutant, on a machine that is busy with other tests; a few tens of milliseconds are usual.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly List<Failure> _failures = [];

    public async Task<IReadOnlyList<Failure>> FailuresAsync()
    {
        for (var next = first; next < end;)
            next = await ListenAsync(next, end) is { } fatal ? await BlameAsync(fatal) : end;

        return _failures;
    }

    /// <summary>The same mutant once more, alone, so that none is blamed for the work before it.</summary>
    private async Task<int> BlameAsync(Failure fatal)
    {
        _failures.Add(await ListenAsync(fatal.Number, fatal.Number + 1) ?? fatal with { Reason = $"Not alone, but after those before it: {fatal.Reason}" });
        return fatal.Number + step;
    }

    /// <summary>Where and how the process came to a wrong end; null if it ended well.</summary>
    private async Task<Failure?> ListenAsync(int from, int to)
    {
        using var process = Start(from, to);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        int? current = null;
        try
        {
            var cancellation = TestContext.Current.CancellationToken;
            while (await process.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(_patience, cancellation) is { } line)
            {
                if (line == "end")
                    return null;
                if (line.StartsWith("begin ", StringComparison.Ordinal))
                    current = int.Parse(line.AsSpan(6), CultureInfo.InvariantCulture);
                else
                    _failures.Add(new(current!.Value, Shortened(line)));
            }

            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(current is not null, await error);
            return new(current.Value, $"The process ended with {process.ExitCode}: {Shortened(await error)}");
        }
        catch (TimeoutException)
        {
            return new(current ?? from, $"No end after {_patience.TotalSeconds} s.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private Process Start(int from, int to) =>
        ChildProcess.Start(typeof(Mutant).Assembly.Location, new[] { seed, from, step, to }.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static string Shortened(string reason) => reason.Length > ReasonLength ? reason[..ReasonLength] : reason;
}
