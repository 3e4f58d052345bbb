// Federation with a managed identity as the first leg; both legs are bound.
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.KeyAttestation;

public sealed class Federated
{
    private static readonly IManagedIdentityApplication Machine = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned)
        .Build();

    private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder
        .Create("11111111-1111-1111-1111-111111111111")
        .WithAuthority(AzureCloudInstance.AzurePublic, "22222222-2222-2222-2222-222222222222")
        .WithClientAssertion(async (AssertionRequestOptions options, CancellationToken cancellationToken) =>
        {
            var leg1 = await Machine
                .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                .WithMtlsProofOfPossession()
                .WithAttestationSupport()
                .ExecuteAsync(cancellationToken)
                .ConfigureAwait(false);
            return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
        })
        .Build();

    public Task<AuthenticationResult> AcquireAsync(string scope, CancellationToken cancellationToken) =>
        _app.AcquireTokenForClient(new[] { scope }).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
}
