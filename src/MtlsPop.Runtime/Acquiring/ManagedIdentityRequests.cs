using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace MtlsPop;

/// <summary>Requests of a managed identity: bound, attested, and never an ordinary token where the host can do no better.</summary>
internal sealed class ManagedIdentityRequests(IManagedIdentityApplication app, ManagedIdentityBindingOptions options)
{
    private static readonly HashSet<string> _hostIsNotCapable =
    [
        MsalError.MtlsNotSupportedForManagedIdentity,
        MsalError.MtlsPopNotSupportedForEnvironment,
        MsalError.MtlsPopTokenNotSupportedinImdsV1,
        MsalError.MinStrengthNotMet,
        "mtls_pop_requires_keyguard",         // MSAL up to 4.87 has no constant for it
        "credential_guard_not_available",     // its name from 4.88 on
        "credential_guard_requires_cng",
    ];

    /// <summary>MSAL's call, which refuses any system but Windows; a test on another one steps over it.</summary>
    internal Func<AcquireTokenForManagedIdentityParameterBuilder, PoPOptions, AcquireTokenForManagedIdentityParameterBuilder> Bind
    {
        get; init;
    } =
        static (builder, strength) => builder.WithMtlsProofOfPossession(strength);

    internal Func<AcquireTokenForManagedIdentityParameterBuilder, AcquireTokenForManagedIdentityParameterBuilder> Attest { get; init; } =
        KeyAttestation.Attest;

    public async Task<AuthenticationResult> ExecuteAsync(MtlsPopTokenRequest request, CancellationToken cancellationToken)
    {
        if (request.TenantId is not null)
        {
            throw new ArgumentException("A managed identity asks its own tenant: leave TenantId out.", nameof(request));
        }

        try
        {
            return await Build(request).ExecuteAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MsalException exception) when (_hostIsNotCapable.Contains(exception.ErrorCode))
        {
            throw new MtlsPopException(MtlsPopError.HostNotCapable,
                $"This host cannot bind a managed identity's token as asked ({exception.ErrorCode}), and no unbound token is used instead: "
                + "run on a Windows VM or scale set with Credential Guard (VBS) and IMDSv2.",
                exception);
        }
    }

    private AcquireTokenForManagedIdentityParameterBuilder Build(MtlsPopTokenRequest request)
    {
        var builder = Bind(
            app.AcquireTokenForManagedIdentity(request.Scope),
            new PoPOptions { MinStrength = options.MinimumBindingStrength });
        if (options.RequireAttestation)
        {
            builder = Attest(builder);
        }

        if (request.Claims is { } claims)
        {
            builder = builder.WithClaims(claims);
        }

        if (request.CorrelationId is { } correlationId)
        {
            builder = builder.WithCorrelationId(correlationId);
        }

        return request.ForceRefresh ? builder.WithForceRefresh(true) : builder;
    }
}
