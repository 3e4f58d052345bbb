using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MtlsPop;

/// <summary>The names under which this library reports what it does, for OpenTelemetry and its like.</summary>
public static class MtlsPopDiagnostics
{
    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "MtlsPop.Runtime";

    /// <summary>The name of the meter.</summary>
    public const string MeterName = "MtlsPop.Runtime";

    private static readonly Meter _meter = new(MeterName);

    internal static readonly ActivitySource Activities = new(ActivitySourceName);

    internal static readonly Counter<long> TokensAcquired =
        _meter.CreateCounter<long>("mtlspop.token.acquired", "{token}", description: "Bound tokens asked for, by source and result.");

    internal static readonly Histogram<double> AcquireDuration =
        _meter.CreateHistogram<double>("mtlspop.token.acquire.duration", "s", "How long the calls to the token service took.");

    internal static readonly Counter<long> HandlersCreated =
        _meter.CreateCounter<long>("mtlspop.handler.created", "{pool}", description: "Connection pools opened for a binding certificate.");

    internal static readonly Counter<long> HandlersRetired =
        _meter.CreateCounter<long>("mtlspop.handler.retired", "{pool}", description: "Connection pools given up, by reason.");

    internal static readonly UpDownCounter<long> PooledBindings =
        _meter.CreateUpDownCounter<long>(
            "mtlspop.pool.bindings",
            "{certificate}",
            description: "Binding certificates with an open connection pool.");

    internal static readonly Counter<long> ChallengeRetries =
        _meter.CreateCounter<long>(
            "mtlspop.challenge.retries",
            "{request}",
            description: "Requests repeated with a token for a claims challenge.");

    internal static readonly Counter<long> TlsFaults =
        _meter.CreateCounter<long>("mtlspop.tls.faults", "{fault}", description: "TLS failures that point to the client certificate.");
}
