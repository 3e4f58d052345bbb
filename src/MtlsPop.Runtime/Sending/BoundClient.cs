using Microsoft.Extensions.Logging;

namespace MtlsPop;

/// <summary>What all handlers of one client share, so that a new handler loses neither the token nor the connections.</summary>
internal sealed class BoundClient(
    IMtlsPopTokenAcquirer acquirer, Func<MtlsPopOptions> options, TimeProvider clock, ILogger logger) : IDisposable
{
    public MtlsPopOptions Options => options();

    public TimeProvider Clock => clock;

    public ILogger Logger => logger;

    public BoundTokenSource Tokens { get; } = new(acquirer, clock, logger);

    public MtlsHandlerPool Pool { get; init; } = new(() => options().Transport, clock, logger);

    public RefusalProbe Refusals { get; } = new(() => options().Transport);

    public void Dispose() => Pool.Dispose();
}
