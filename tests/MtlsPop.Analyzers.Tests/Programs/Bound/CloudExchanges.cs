// The audience of an exchange in each cloud: three as they should be, one that is no scope, and one whose cloud is not the authority's.
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Clouds;

internal sealed class FirstLegs(X509Certificate2 certificate)
{
    private readonly IConfidentialClientApplication _public = Start("https://login.microsoftonline.com/contoso.com", certificate);
    private readonly IConfidentialClientApplication _government = ConfidentialClientApplicationBuilder.Create("00000000-0000-0000-0000-000000000001")
        .WithAuthority("https://login.microsoftonline.us/contoso.us")
        .WithCertificate(certificate, sendX5C: true)
        .Build();

    public async Task AllAsync(CancellationToken cancellationToken)
    {
        await _public
            .AcquireTokenForClient(["api://AzureADTokenExchange/.default"])
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        await _government
            .AcquireTokenForClient(["api://AzureADTokenExchangeUSGov/.default"])
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        await _public
            .AcquireTokenForClient(["api://AzureADTokenExchange"]) // expect: MPOP4005
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        await _government
            .AcquireTokenForClient(["api://AzureADTokenExchange/.default"]) // expect: MPOP4005
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    private static IConfidentialClientApplication Start(string authority, X509Certificate2 certificate) =>
        ConfidentialClientApplicationBuilder.Create("00000000-0000-0000-0000-000000000001")
            .WithAuthority(authority)
            .WithCertificate(certificate, sendX5C: true)
            .Build();
}
