using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.KeyAttestation;

namespace EveryMistake;

internal static class Federation
{
    private static readonly IManagedIdentityApplication Machine = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

    public static async Task<AuthenticationResult> ManagedIdentityOnSecondLeg(CancellationToken cancellationToken)
    {
        var leg1 = await FirstLeg(cancellationToken).ConfigureAwait(false);
        Console.WriteLine($"The first leg is good until {leg1.ExpiresOn}.");

        var leg2 = await Machine.AcquireTokenForManagedIdentity("https://graph.microsoft.com") // MPOP4001
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        return leg2;
    }

    public static IConfidentialClientApplication AssertionNotBound() => SecondLeg()
        .WithClientAssertion(async (_, cancellationToken) =>
        {
            var leg1 = await FirstLeg(cancellationToken).ConfigureAwait(false);
            return new ClientSignedAssertion { Assertion = leg1.AccessToken }; // MPOP4002
        })
        .Build();

    public static IConfidentialClientApplication AssertionBoundToOtherToken() => SecondLeg()
        .WithClientAssertion(async (_, cancellationToken) =>
        {
            var leg1 = await FirstLeg(cancellationToken).ConfigureAwait(false);
            var other = await FirstLeg(cancellationToken).ConfigureAwait(false);
            return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = other.BindingCertificate }; // MPOP4003
        })
        .Build();

    public static IConfidentialClientApplication FirstLegNotBound() => SecondLeg()
        .WithClientAssertion(async (_, cancellationToken) =>
        {
            var leg1 = await Machine.AcquireTokenForManagedIdentity("api://AzureADTokenExchange") // MPOP4004
                .ExecuteAsync(cancellationToken)
                .ConfigureAwait(false);
            return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
        })
        .Build();

    public static async Task<AuthenticationResult> ExchangeAudienceMalformed(IConfidentialClientApplication app, CancellationToken cancellationToken) =>
        await app.AcquireTokenForClient(["api://AzureADTokenExchange"]) // MPOP4005
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

    public static IConfidentialClientApplication AssertionDropsCertificate() => SecondLeg()
        .WithClientAssertion(async (AssertionRequestOptions options) => // MPOP4006
        {
            var leg1 = await FirstLeg(options.CancellationToken).ConfigureAwait(false);
            return leg1.AccessToken;
        })
        .Build();

    public static async Task<IConfidentialClientApplication> FirstLegCaptured(CancellationToken cancellationToken)
    {
        var leg1 = await FirstLeg(cancellationToken).ConfigureAwait(false);
        return SecondLeg()
            .WithClientAssertion((_, _) => Task.FromResult( // MPOP4007
                new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate }))
            .Build();
    }

    private static async Task<AuthenticationResult> FirstLeg(CancellationToken cancellationToken) =>
        await Machine.AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

    private static ConfidentialClientApplicationBuilder SecondLeg() =>
        ConfidentialClientApplicationBuilder.Create("11111111-1111-1111-1111-111111111111").WithTenantId("contoso.com");
}
