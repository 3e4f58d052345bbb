using Microsoft.Identity.Client;

namespace EveryMistake;

internal static class Binding
{
    public static async Task<string> BindingCertificateUnchecked(IConfidentialClientApplication app, string[] scopes, CancellationToken cancellationToken)
    {
        var result = await app.AcquireTokenForClient(scopes)
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        return result.BindingCertificate.Thumbprint; // MPOP3001
    }
}
