using System.Diagnostics;

namespace MtlsPop.Benchmarks;

/// <summary>Measures two ways to do the same by turns, so that what else the machine does hits both alike.</summary>
internal sealed class Measurement(Func<Task> baseline, Func<Task> ours)
{
    private const int Rounds = 51;
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _slice = TimeSpan.FromMilliseconds(15);

    /// <summary>How many do it at once.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Whether something is waited for, so that only the clock can tell how long it takes. What only computes is measured in the process's
    /// time on the processor, which does not grow when other programs want it too.
    /// </summary>
    public bool Waits { get; init; }

    public async Task<Comparison> RunAsync()
    {
        var (ofBaseline, ofOurs) = await WarmUpAsync();
        var (ratios, times) = (new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            // Each once after the other one and once after itself, with the caches of the processor as it left them.
            var before = await TimeAsync(baseline, ofBaseline);
            times[round] = (await TimeAsync(ours, ofOurs) + await TimeAsync(ours, ofOurs)) / 2;
            ratios[round] = 2 * times[round] / (before + await TimeAsync(baseline, ofBaseline));
        }

        var bytes = await BytesAsync(ours, ofOurs) - await BytesAsync(baseline, ofBaseline);
        Array.Sort(ratios);
        Array.Sort(times);
        var off = (int)Math.Ceiling(2.576 * Math.Sqrt(Rounds) / 2); // the ranks between which the median lies in 99 of 100 runs
        return new Comparison(
            ratios[Rounds / 2], (ratios[(Rounds / 2) + off] - ratios[(Rounds / 2) - off]) / 2, times[Rounds / 2], bytes);
    }

    /// <summary>Runs both until they are compiled as well as they will be, and says how often each goes into a slice of time.</summary>
    private async Task<(int OfBaseline, int OfOurs)> WarmUpAsync()
    {
        var (ofBaseline, ofOurs) = (Threads, Threads);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < _warmUp;)
        {
            ofBaseline = Fitting(await TimeAsync(baseline, ofBaseline));
            ofOurs = Fitting(await TimeAsync(ours, ofOurs));
        }

        return (ofBaseline, ofOurs);
    }

    private int Fitting(double nanoseconds) => Math.Max(Threads, (int)(_slice.TotalNanoseconds / nanoseconds));

    private async Task<double> TimeAsync(Func<Task> operation, int count)
    {
        var started = Now();
        await RepeatAsync(operation, count);
        return (Now() - started).TotalNanoseconds / count;
    }

    private async Task<double> BytesAsync(Func<Task> operation, int count)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await RepeatAsync(operation, count);
        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / count;
    }

    private TimeSpan Now() => Waits ? Stopwatch.GetElapsedTime(0) : Environment.CpuUsage.TotalTime;

    private async Task RepeatAsync(Func<Task> operation, int count)
    {
        if (Threads == 1)
        {
            await OneAfterTheOtherAsync(operation, count);
            return;
        }

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() => OneAfterTheOtherAsync(operation, count / Threads))));
    }

    private static async Task OneAfterTheOtherAsync(Func<Task> operation, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await operation();
        }
    }
}
