// Binding that is switched on by configuration, with the steps in any order: on no path is a bound request surely not attested.
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.KeyAttestation;

namespace Contoso.Identity;

public sealed class IdentityTokens
{
    private readonly IManagedIdentityApplication _app;

    public IdentityTokens(string? clientId)
    {
        var id = string.IsNullOrEmpty(clientId) ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.WithUserAssignedClientId(clientId);
        _app = ManagedIdentityApplicationBuilder.Create(id).Build();
    }

    public async Task<AuthenticationResult> AttestedFirstAsync(string resource, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(resource);
        var request = _app.AcquireTokenForManagedIdentity(resource);
        request.WithAttestationSupport();
        request = request.WithMtlsProofOfPossession();
        return await request.ExecuteAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<AuthenticationResult> SwitchedAsync(string resource, bool bind, bool attest, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(resource);
        var request = _app.AcquireTokenForManagedIdentity(resource);
        if (bind)
        {
            request = request.WithMtlsProofOfPossession();
            if (attest)
                request = request.WithAttestationSupport();
        }

        return await request.ExecuteAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<AuthenticationResult> ConfiguredAsync(
        string resource, Action<AcquireTokenForManagedIdentityParameterBuilder> configure, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(resource);
        ArgumentNullException.ThrowIfNull(configure);
        var request = _app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession();
        configure(request);
        return await request.ExecuteAsync(cancellationToken).ConfigureAwait(false);
    }
}
