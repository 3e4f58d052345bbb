using MtlsPop.Benchmarks;

// 'dotnet run -c Release -- Sending' for those whose name begins so.
const int Repeats = 5; // each with clients and connections of its own

var exceeded = 0;
await CompareAsync("CachedAcquisition", "raw MSAL", new(MostRatio: 1.15), CachedAcquisition.MeasureAsync);
await CompareAsync("CachedFederation", "raw MSAL", new(MostRatio: 0.55), CachedFederation.MeasureAsync);
await CompareAsync("HandlerTime", "a plain client", new(MostRatio: 2.0), () => HandlerOverhead.MeasureAsync(answersLater: false));
await CompareAsync("HandlerMemory", "a plain client", new(MostExtraBytes: 384), () => HandlerOverhead.MeasureAsync(answersLater: true));
foreach (var threads in new[] { 1, 8, 64 })
{
    await CompareAsync(
        $"Sending, {threads} at once", "a hand-written client that remembers", new(MostRatio: 1.1), () => Sending.BesideRememberingAsync(threads));
}

await CompareAsync("Sending", "a hand-written client that asks MSAL each time", null, Sending.BesideAskingEachTimeAsync);
await CompareAsync("Sending", "a new handler for each call", null, Sending.BesideNewHandlersAsync);
if (IsWanted("Stampede"))
{
    var (rawMsal, ours) = await Stampede.CountAsync();
    Tell(ours == 1 ? Verdict.Kept : Verdict.Exceeded, $"Stampede: {ours} token request for 1,000 cold callers, beside {rawMsal} of raw MSAL");
}

if (IsWanted("Rotation"))
{
    Tell(null, $"Rotation: {await Rotation.DescribeAsync()}");
}

return exceeded;

bool IsWanted(string name) => args.Length == 0 || args.Any(arg => name.StartsWith(arg, StringComparison.Ordinal));

async Task CompareAsync(string name, string baseline, Budget? budget, Func<Task<Comparison>> measureAsync)
{
    if (IsWanted(name))
    {
        var repeats = new List<Comparison>();
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            repeats.Add(await measureAsync());
        }

        var measured = Comparison.Of(repeats);
        Tell(budget?.Judge(measured), $"{name} beside {baseline}: {measured}; {budget?.ToString() ?? "no budget"}");
    }
}

void Tell(Verdict? verdict, string what)
{
    exceeded += verdict == Verdict.Exceeded ? 1 : 0;
    Console.WriteLine($"{(verdict == Verdict.Exceeded ? "EXCEEDED" : $"{verdict}"),-14}{what}");
}
