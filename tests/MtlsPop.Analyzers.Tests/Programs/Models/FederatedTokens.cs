// A managed identity's token, exchanged for an application's: both are bound to the same key. The callback is a method.
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.KeyAttestation;

namespace Contoso.Federation;

public sealed class FederatedTokens
{
    private const string ExchangeAudience = "api://AzureADTokenExchange";

    private readonly IManagedIdentityApplication _identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
    private readonly IConfidentialClientApplication _app;

    public FederatedTokens(string clientId, string tenantId)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(tenantId);

        _app = ConfidentialClientApplicationBuilder
            .Create(clientId)
            .WithTenantId(tenantId)
            .WithClientAssertion(CreateAssertionAsync)
            .Build();
    }

    public async Task<AuthenticationResult> GetAsync(string resource, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(resource);
        return await _app.AcquireTokenForClient([$"{resource}/.default"])
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<ClientSignedAssertion> CreateAssertionAsync(AssertionRequestOptions options, CancellationToken cancellationToken)
    {
        AuthenticationResult firstLeg = await _identity
            .AcquireTokenForManagedIdentity(ExchangeAudience)
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

        return new ClientSignedAssertion
        {
            Assertion = firstLeg.AccessToken,
            TokenBindingCertificate = firstLeg.BindingCertificate,
        };
    }
}
