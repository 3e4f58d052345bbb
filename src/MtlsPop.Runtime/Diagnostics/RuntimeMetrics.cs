using System.Diagnostics.Metrics;

namespace MtlsPop;

/// <summary>The instruments of one host, or of the process where there is none.</summary>
internal sealed class RuntimeMetrics
{
    private RuntimeMetrics(Meter meter)
    {
        TokensAcquired = meter.CreateCounter<long>("mtlspop.token.acquired", "{token}", "Bound tokens asked for, by source and result.");
        AcquireDuration = meter.CreateHistogram<double>(
            "mtlspop.token.acquire.duration", "s", "How long the calls to the token service took.");
        HandlersCreated = meter.CreateCounter<long>(
            "mtlspop.handler.created", "{pool}", "Connection pools opened for a binding certificate.");
        HandlersRetired = meter.CreateCounter<long>("mtlspop.handler.retired", "{pool}", "Connection pools given up, by reason.");
        PooledBindings = meter.CreateUpDownCounter<long>(
            "mtlspop.pool.bindings", "{certificate}", "Binding certificates with an open connection pool.");
        ChallengeRetries = meter.CreateCounter<long>(
            "mtlspop.challenge.retries", "{request}", "Requests repeated with a token for a claims challenge.");
        TlsFaults = meter.CreateCounter<long>("mtlspop.tls.faults", "{fault}", "TLS failures that point to the client certificate.");
    }

    /// <summary>Those of code that is given no factory. Where all code is given one, there is no meter beside the factory's.</summary>
    public static RuntimeMetrics Shared => Process.Metrics;

    public Counter<long> TokensAcquired { get; }

    public Histogram<double> AcquireDuration { get; }

    public Counter<long> HandlersCreated { get; }

    public Counter<long> HandlersRetired { get; }

    public UpDownCounter<long> PooledBindings { get; }

    public Counter<long> ChallengeRetries { get; }

    public Counter<long> TlsFaults { get; }

    // A factory has one meter of a name, and that one counter of a name.
    public static RuntimeMetrics Of(IMeterFactory? factory) => factory is null ? Shared : new(factory.Create(MtlsPopDiagnostics.MeterName));

    private static class Process
    {
        public static RuntimeMetrics Metrics { get; } = new(new Meter(MtlsPopDiagnostics.MeterName));
    }
}
