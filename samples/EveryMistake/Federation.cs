using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.KeyAttestation;

namespace EveryMistake;

public static class Federation
{
    private static readonly IManagedIdentityApplication Machine = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

    public static async Task<AuthenticationResult> ManagedIdentityOnSecondLeg(CancellationToken cancellationToken)
    {
        var leg1 = await Machine.AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        Console.WriteLine($"The first leg is good until {leg1.ExpiresOn}.");

        var leg2 = await Machine.AcquireTokenForManagedIdentity("https://graph.microsoft.com") // MPOP4001
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        return leg2;
    }
}
