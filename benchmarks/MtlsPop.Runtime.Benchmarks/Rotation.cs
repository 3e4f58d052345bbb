using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace MtlsPop.Benchmarks;

/// <summary>How long calls take while the certificate is renewed each second, at the median and for the slowest in a hundred.</summary>
internal static class Rotation
{
    private const int Workers = 8;
    private static readonly TimeSpan _each = TimeSpan.FromSeconds(10);

    public static async Task<string> DescribeAsync() =>
        $"ours {await LatenciesAsync(byHand: false)}; by hand {await LatenciesAsync(byHand: true)}";

    private static async Task<string> LatenciesAsync(bool byHand)
    {
        await using var loopback = await Loopback.StartAsync();
        loopback.Sts.ExpiresIn = 301; // MSAL and both clients renew a token five minutes before its end, so after a second
        var certificates = Enumerable.Range(0, 4).Select(index => loopback.Network.Authority.IssueClient($"rotation {index}")).ToArray();
        var watch = Stopwatch.StartNew();
        var app = loopback.App(() => certificates[(int)watch.Elapsed.TotalSeconds % certificates.Length]);
        using var client = byHand ? new HttpClient(new HandWritten(loopback, app, remembers: true)) : loopback.Client(app);
        var latencies = new ConcurrentBag<double>();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < _each)
            {
                var started = Stopwatch.GetTimestamp();
                await client.GetStringAsync(Loopback.Api);
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        })));

        var sorted = latencies.Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {sorted[sorted.Length / 2]:N2} ms, p99 {sorted[sorted.Length * 99 / 100]:N2} ms, {loopback.Resource.Mismatches} mismatches in {sorted.Length:N0} calls");
    }
}
