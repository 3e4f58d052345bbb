using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace EveryMistake;

internal sealed class MsalKnownDefect(X509Certificate2 certificate)
{
    private static readonly string[] Scopes = ["https://graph.microsoft.com/.default"];

    private readonly IConfidentialClientApplication _withoutRegion = ConfidentialClientApplicationBuilder.Create("11111111-1111-1111-1111-111111111111") // MPOP2004
        .WithAuthority("https://login.microsoftonline.com/contoso.com")
        .WithCertificate(certificate, sendX5C: true)
        .Build();

    public async Task<AuthenticationResult> RegionMissing(CancellationToken cancellationToken) =>
        await _withoutRegion.AcquireTokenForClient(Scopes)
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

    public static IConfidentialClientApplication ExperimentalAssertion(Func<AssertionRequestOptions, CancellationToken, Task<ClientSignedAssertion>> firstLeg) =>
        ConfidentialClientApplicationBuilder.Create("11111111-1111-1111-1111-111111111111")
            .WithAuthority("https://login.microsoftonline.com/contoso.com")
            .WithClientAssertion(firstLeg) // MPOP2007
            .Build();

    // No step can attest the key without the package, so the missing step is found along with it, and with the defect.
    public static async Task<AuthenticationResult> AttestationPackageMissing(IManagedIdentityApplication machine, CancellationToken cancellationToken) =>
        await machine.AcquireTokenForManagedIdentity("https://graph.microsoft.com")
            .WithMtlsProofOfPossession() // MPOP1001 MPOP9002 MPOP9003
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
}
