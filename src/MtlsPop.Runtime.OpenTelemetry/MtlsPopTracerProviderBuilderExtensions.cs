using MtlsPop;

namespace OpenTelemetry.Trace;

/// <summary>Adds the traces of MtlsPop.Runtime.</summary>
public static class MtlsPopTracerProviderBuilderExtensions
{
    /// <summary>Records each acquisition of a bound token that reaches the token service.</summary>
    /// <param name="builder">The tracer provider's builder.</param>
    /// <returns>The builder.</returns>
    public static TracerProviderBuilder AddMtlsPopInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddSource(MtlsPopDiagnostics.ActivitySourceName);
    }
}
