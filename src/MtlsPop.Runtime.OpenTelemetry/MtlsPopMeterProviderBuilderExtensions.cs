using MtlsPop;

namespace OpenTelemetry.Metrics;

/// <summary>Adds the metrics of MtlsPop.Runtime.</summary>
public static class MtlsPopMeterProviderBuilderExtensions
{
    /// <summary>Measures tokens, connections, challenges and TLS faults, and in a host its acquirers and their shared cache.</summary>
    /// <param name="builder">The meter provider's builder.</param>
    /// <returns>The builder.</returns>
    public static MeterProviderBuilder AddMtlsPopInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter(MtlsPopDiagnostics.MeterName, $"{MtlsPopDiagnostics.MeterName}.*"); // and those of the packages above it
    }
}
