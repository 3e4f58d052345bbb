using Microsoft.Identity.Client;

namespace EveryMistake;

public sealed class MsalTooOld(IConfidentialClientApplication app)
{
    private static readonly string[] Scopes = ["https://graph.microsoft.com/.default"];

    public async Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken) =>
        await app.AcquireTokenForClient(Scopes)
            .WithMtlsProofOfPossession() // MPOP9001
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
}
