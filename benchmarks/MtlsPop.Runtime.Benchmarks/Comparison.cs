using System.Diagnostics;
using System.Globalization;

namespace MtlsPop.Benchmarks;

/// <summary>What this library takes beside a baseline that does the same work, and how much of it may be owed to the machine.</summary>
/// <param name="Ratio">The median of our time to the baseline's.</param>
/// <param name="Noise">How far that may be off: its confidence interval, or how far the baseline is from itself, whichever is more.</param>
/// <param name="Nanoseconds">Our median time.</param>
/// <param name="ExtraBytes">What we allocate more.</param>
internal sealed record Comparison(double Ratio, double Noise, double Nanoseconds, double ExtraBytes)
{
    private const int Rounds = 150;
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _slice = TimeSpan.FromMilliseconds(15);

    /// <summary>
    /// Measures both by turns, the baseline before and after each of ours, so that what else the machine does hits all alike.
    /// </summary>
    public static async Task<Comparison> MeasureAsync(Func<Task> baseline, Func<Task> ours, int threads = 1)
    {
        var (ofBaseline, ofOurs) = (await CalibrateAsync(baseline, threads), await CalibrateAsync(ours, threads));
        var (ratios, self, times) = (new double[Rounds], new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            var before = await TimeAsync(baseline, ofBaseline, threads);
            times[round] = await TimeAsync(ours, ofOurs, threads);
            var after = await TimeAsync(baseline, ofBaseline, threads);
            ratios[round] = 2 * times[round] / (before + after);
            self[round] = after / before;
        }

        var bytes = await BytesAsync(ours, ofOurs, threads) - await BytesAsync(baseline, ofBaseline, threads);
        Array.Sort(ratios);
        Array.Sort(self);
        Array.Sort(times);
        var off = (int)Math.Ceiling(2.576 * Math.Sqrt(Rounds) / 2); // the ranks between which the median lies in 99 of 100 runs
        var interval = (ratios[(Rounds / 2) + off] - ratios[(Rounds / 2) - off]) / 2;
        return new Comparison(ratios[Rounds / 2], Math.Max(interval, Math.Abs(self[Rounds / 2] - 1)), times[Rounds / 2], bytes);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Ratio:N3} ± {Noise:N3} of the baseline's time ({Nanoseconds:N0} ns), {ExtraBytes:+#,0;-#,0;0} B");

    private static async Task<int> CalibrateAsync(Func<Task> operation, int threads)
    {
        var watch = Stopwatch.StartNew();
        var count = 0;
        while (watch.Elapsed < _warmUp)
        {
            await RunAsync(operation, threads, threads);
            count += threads;
        }

        return Math.Max(threads, (int)(count * (_slice / watch.Elapsed)));
    }

    private static async Task<double> TimeAsync(Func<Task> operation, int count, int threads)
    {
        var started = Stopwatch.GetTimestamp();
        await RunAsync(operation, count, threads);
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / count;
    }

    private static async Task<double> BytesAsync(Func<Task> operation, int count, int threads)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await RunAsync(operation, count, threads);
        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / count;
    }

    private static Task RunAsync(Func<Task> operation, int count, int threads) =>
        threads == 1 ? RunAsync(operation, count) : Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(() => RunAsync(operation, count / threads))));

    private static async Task RunAsync(Func<Task> operation, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await operation();
        }
    }
}
