using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>Whether bound tokens are to be had, judged by what is known already.</summary>
internal sealed class MtlsPopHealthCheck(HostedAcquirer acquirer, TimeSpan certificateWarning, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>();
        try
        {
            var application = await acquirer.ApplicationAsync(cancellationToken).ConfigureAwait(false);
            var status = HealthStatus.Healthy;
            var findings = new List<string>();
            if (application.Certificate is { } certificate)
            {
                Examine(await certificate.GetAsync(cancellationToken).ConfigureAwait(false), data, Found);
            }

            ExamineLastAcquisition(acquirer.State, data, Found);
            if (application.Machine is ManagedIdentityApplication machine)
            {
                await ExamineHostAsync(
                    machine,
                    application.Options.FirstLeg ?? application.Options,
                    data,
                    Found,
                    cancellationToken).ConfigureAwait(false);
            }

            return new HealthCheckResult(
                status == HealthStatus.Unhealthy ? context.Registration.FailureStatus : status,
                findings.Count == 0 ? "Bound tokens can be acquired." : string.Join(' ', findings),
                exception: null,
                data);

            void Found(HealthStatus worst, string finding)
            {
                status = worst < status ? worst : status;
                findings.Add(finding);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception, data);
        }
    }

    private void Examine(X509Certificate2 certificate, Dictionary<string, object> data, Action<HealthStatus, string> found)
    {
        data["certificate"] = CertificateBinding.Of(certificate, clock).Prefix;
        var end = certificate.NotAfter.ToUniversalTime();
        data["certificateNotAfter"] = end.ToString("u", CultureInfo.InvariantCulture);
        if (end - clock.GetUtcNow().UtcDateTime < certificateWarning)
        {
            found(
                HealthStatus.Degraded,
                string.Create(CultureInfo.InvariantCulture, $"The certificate is valid only until {end:u}: renew it."));
        }
    }

    private void ExamineLastAcquisition(AcquirerState state, Dictionary<string, object> data, Action<HealthStatus, string> found)
    {
        if (state.LastSuccess is { } success)
        {
            data["lastAcquired"] = success.ToString("u", CultureInfo.InvariantCulture);
        }

        if (!state.LastFailed)
        {
            return;
        }

        data["lastError"] = state.LastError!;
        var hasToken = state.LastToken is { } token && token.ExpiresOn > clock.GetUtcNow();
        found(
            hasToken ? HealthStatus.Degraded : HealthStatus.Unhealthy,
            $"The last token could not be acquired ({state.LastError}){(hasToken ? ", and an earlier one is still valid" : "")}.");
    }

    // MSAL remembers its answer for the whole process.
    private static async Task ExamineHostAsync(
        ManagedIdentityApplication machine, MtlsPopIdentityOptions options, Dictionary<string, object> data,
        Action<HealthStatus, string> found, CancellationToken cancellationToken)
    {
        var host = await machine.GetManagedIdentityCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        data["hostBindingStrength"] = host.MaxSupportedBindingStrength.ToString();
        if (host.MaxSupportedBindingStrength < options.ManagedIdentity!.MinimumBindingStrength)
        {
            found(HealthStatus.Unhealthy,
                $"This host binds tokens by {host.MaxSupportedBindingStrength} at most, and "
                + $"{options.ManagedIdentity.MinimumBindingStrength} is asked for: "
                + "run on a Windows VM or scale set with Credential Guard (VBS) and IMDSv2.");
        }
    }
}
