using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace MtlsPop;

/// <summary>Adds health checks of acquirers.</summary>
public static class MtlsPopHealthChecksBuilderExtensions
{
    /// <summary>
    /// Reports the validity of an acquirer's certificate, how the last acquisition ended, and whether the host can bind a managed
    /// identity's tokens. It asks for no token.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="acquirer">The acquirer's name; the program's own by default.</param>
    /// <param name="configure">Sets how it is reported.</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddMtlsPopHealthCheck(
        this IHealthChecksBuilder builder, string? acquirer = null, Action<MtlsPopHealthCheckOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new MtlsPopHealthCheckOptions();
        configure?.Invoke(options);
        var name = acquirer ?? Options.DefaultName;
        return builder.Add(new HealthCheckRegistration(
            options.Name ?? (name.Length == 0 ? "mtlspop" : $"mtlspop-{name}"),
            services => new MtlsPopHealthCheck(
                services.GetRequiredKeyedService<HostedAcquirer>(name),
                options.CertificateWarning,
                services.GetService<TimeProvider>() ?? TimeProvider.System),
            options.FailureStatus,
            options.Tags));
    }
}
