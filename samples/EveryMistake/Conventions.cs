using Microsoft.Identity.Client;

namespace EveryMistake;

public static class Conventions
{
    public static async Task<AuthenticationResult> ConfigureAwaitMissing(
        IConfidentialClientApplication app, string[] scopes, CancellationToken cancellationToken) =>
        await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken); // MPOP5001
}
