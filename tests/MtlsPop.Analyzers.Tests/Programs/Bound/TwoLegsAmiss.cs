// What goes wrong between two legs: no certificate, another token's, a bearer token, text, a first leg of long ago, and an identity that asks for both.
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.KeyAttestation;

namespace Contoso.Federation;

internal sealed class TwoLegs(IManagedIdentityApplication identity)
{
    private const string Exchange = "api://AzureADTokenExchange";

    public IConfidentialClientApplication WithoutCertificate() => Start()
        .WithClientAssertion(async (_, cancellation) =>
        {
            var first = await identity
                .AcquireTokenForManagedIdentity(Exchange)
                .WithMtlsProofOfPossession()
                .WithAttestationSupport()
                .ExecuteAsync(cancellation)
                .ConfigureAwait(false);
            return new ClientSignedAssertion { Assertion = first.AccessToken }; // expect: MPOP4002
        })
        .Build();

    public IConfidentialClientApplication WithAnotherCertificate() => Start()
        .WithClientAssertion(async (_, cancellation) =>
        {
            var first = await identity
                .AcquireTokenForManagedIdentity(Exchange)
                .WithMtlsProofOfPossession()
                .WithAttestationSupport()
                .ExecuteAsync(cancellation)
                .ConfigureAwait(false);
            var other = await identity
                .AcquireTokenForManagedIdentity("https://vault.azure.net")
                .WithMtlsProofOfPossession()
                .WithAttestationSupport()
                .ExecuteAsync(cancellation)
                .ConfigureAwait(false);
            return new ClientSignedAssertion { Assertion = first.AccessToken, TokenBindingCertificate = other.BindingCertificate }; // expect: MPOP4003
        })
        .Build();

    public IConfidentialClientApplication WithABearerToken() => Start()
        .WithClientAssertion(async (_, cancellation) =>
        {
            var first = await identity.AcquireTokenForManagedIdentity(Exchange).ExecuteAsync(cancellation).ConfigureAwait(false); // expect: MPOP4004
            return new ClientSignedAssertion { Assertion = first.AccessToken, TokenBindingCertificate = first.BindingCertificate };
        })
        .Build();

    public IConfidentialClientApplication AsText() => Start()
        .WithClientAssertion(async (AssertionRequestOptions options) => // expect: MPOP4006
        {
            var first = await identity
                .AcquireTokenForManagedIdentity(Exchange)
                .WithMtlsProofOfPossession()
                .WithAttestationSupport()
                .ExecuteAsync(options.CancellationToken)
                .ConfigureAwait(false);
            return first.AccessToken;
        })
        .Build();

    public async Task<IConfidentialClientApplication> OfLongAgoAsync(CancellationToken cancellationToken)
    {
        var first = await identity
            .AcquireTokenForManagedIdentity(Exchange)
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        return Start()
            .WithClientAssertion((_, _) => Task.FromResult( // expect: MPOP4007
                new ClientSignedAssertion { Assertion = first.AccessToken, TokenBindingCertificate = first.BindingCertificate }))
            .Build();
    }

    public async Task<AuthenticationResult> ByTheIdentityAsync(CancellationToken cancellationToken)
    {
        var leg1 = await identity
            .AcquireTokenForManagedIdentity(Exchange)
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        Console.WriteLine(leg1.ExpiresOn);
        return await identity
            .AcquireTokenForManagedIdentity("https://graph.microsoft.com") // expect: MPOP4001
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    private static ConfidentialClientApplicationBuilder Start() =>
        ConfidentialClientApplicationBuilder.Create("00000000-0000-0000-0000-000000000001").WithTenantId("contoso.com");
}
