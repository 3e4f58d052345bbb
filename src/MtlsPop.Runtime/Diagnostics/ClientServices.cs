using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MtlsPop;

/// <summary>What a client tells the time with, logs to and measures with.</summary>
internal sealed record ClientServices(TimeProvider Clock, ILogger Logger, RuntimeMetrics Metrics)
{
    public static ClientServices Default { get; } = new(TimeProvider.System, NullLogger.Instance, RuntimeMetrics.Shared);
}
