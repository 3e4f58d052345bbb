using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MtlsPop;

/// <summary>How the health of an acquirer is reported.</summary>
public sealed class MtlsPopHealthCheckOptions
{
    /// <summary>The name of the check; <c>mtlspop</c>, and the acquirer's name behind a hyphen, by default.</summary>
    public string? Name { get; set; }

    /// <summary>What is reported when no bound token is to be had; <see cref="HealthStatus.Unhealthy"/> by default.</summary>
    public HealthStatus FailureStatus { get; set; } = HealthStatus.Unhealthy;

    /// <summary>The tags of the check.</summary>
    public ICollection<string> Tags { get; } = [];

    /// <summary>
    /// How long before its end a certificate is reported as <see cref="HealthStatus.Degraded"/>; 14 days by default. A managed identity's
    /// is renewed by MSAL and does not count.
    /// </summary>
    public TimeSpan CertificateWarning { get; set; } = TimeSpan.FromDays(14);
}
