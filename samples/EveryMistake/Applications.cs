using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace EveryMistake;

public sealed class Applications(X509Certificate2 certificate)
{
    private static readonly string[] Scopes = ["https://graph.microsoft.com/.default"];

    private readonly IConfidentialClientApplication _withoutChain = ConfidentialClientApplicationBuilder.Create("11111111-1111-1111-1111-111111111111")
        .WithAuthority("https://login.microsoftonline.com/contoso.com")
        .WithCertificate(certificate) // MPOP2001
        .Build();

    public async Task<AuthenticationResult> CertificateChainNotSent(CancellationToken cancellationToken) =>
        await _withoutChain.AcquireTokenForClient(Scopes)
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
}
