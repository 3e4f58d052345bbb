namespace MtlsPop;

/// <summary>What all handlers of one client share, so that a new handler loses neither the token nor the connections.</summary>
internal sealed class BoundClient(IMtlsPopTokenAcquirer acquirer, Func<MtlsPopOptions> options, ClientServices services) : IDisposable
{
    public MtlsPopOptions Options => options();

    public ClientServices Services => services;

    public BoundTokenSource Tokens { get; } = new(acquirer.MeasuredWith(services.Metrics), services.Clock, services.Logger);

    public MtlsHandlerPool Pool { get; init; } = new(() => options().Transport, services);

    public RefusalProbe Refusals { get; } = new(() => options().Transport);

    public void Dispose() => Pool.Dispose();
}
