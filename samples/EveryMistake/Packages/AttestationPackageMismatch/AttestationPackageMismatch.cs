using Microsoft.Identity.Client;
using Microsoft.Identity.Client.KeyAttestation;

namespace EveryMistake;

internal sealed class AttestationPackageMismatch(IManagedIdentityApplication machine)
{
    public async Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken) =>
        await machine.AcquireTokenForManagedIdentity("https://graph.microsoft.com")
            .WithMtlsProofOfPossession()
            .WithAttestationSupport() // MPOP9004
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
}
