using System.Diagnostics.Metrics;

namespace MtlsPop;

/// <summary>The instruments of one host.</summary>
internal sealed class HostingMetrics
{
    private readonly Counter<long> _requests;
    private readonly Counter<long> _reads;
    private readonly Counter<long> _writes;

    public HostingMetrics(IMeterFactory meters)
    {
        Meter = meters.Create(MtlsPopHostingDiagnostics.MeterName);
        _requests = Meter.CreateCounter<long>("mtlspop.acquirer.requests", "{request}", "Tokens asked of an acquirer, by result.");
        _reads = Meter.CreateCounter<long>(
            "mtlspop.shared_cache.reads",
            "{read}",
            "Tokens looked for in the shared cache, by result; 'memory' is a hit in this process.");
        _writes = Meter.CreateCounter<long>("mtlspop.shared_cache.writes", "{write}", "Tokens put into the shared cache, by result.");
    }

    public Meter Meter { get; }

    public void Requested(string acquirer, string result) => Add(_requests, acquirer, result);

    public void Read(string acquirer, string result) => Add(_reads, acquirer, result);

    public void Written(string acquirer, string result) => Add(_writes, acquirer, result);

    private static void Add(Counter<long> counter, string acquirer, string result) =>
        counter.Add(
            1,
            new KeyValuePair<string, object?>("mtlspop.acquirer", acquirer),
            new KeyValuePair<string, object?>("mtlspop.result", result));
}
