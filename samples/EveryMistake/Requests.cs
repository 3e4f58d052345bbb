using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace EveryMistake;

public static class Requests
{
    private static readonly IManagedIdentityApplication Machine = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

    public static async Task<AuthenticationResult> AttestationMissing(CancellationToken cancellationToken) =>
        await Machine.AcquireTokenForManagedIdentity("https://graph.microsoft.com")
            .WithMtlsProofOfPossession() // MPOP1001
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
}
