// What an older MSAL asks for, and a later one does not: a region for each bound request, and the experimental features for a bound assertion.
// msal: 4.83.1
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Older;

internal sealed class Tokens(X509Certificate2 certificate, Func<string> sign)
{
    private static readonly string[] _scopes = ["https://graph.microsoft.com/.default"];

    private readonly IConfidentialClientApplication _byCertificate = ConfidentialClientApplicationBuilder
        .Create("00000000-0000-0000-0000-000000000001") // expect: MPOP2004
        .WithTenantId("contoso.com")
        .WithCertificate(certificate, sendX5C: true)
        .Build();

    private readonly IConfidentialClientApplication _byAssertion = ConfidentialClientApplicationBuilder.Create("00000000-0000-0000-0000-000000000001")
        .WithTenantId("contoso.com")
        .WithAzureRegion("westus3")
        .WithClientAssertion((_, _) => Task.FromResult( // expect: MPOP2007
            new ClientSignedAssertion { Assertion = sign(), TokenBindingCertificate = certificate }))
        .Build();

    public async Task<(AuthenticationResult, AuthenticationResult)> BothAsync(CancellationToken cancellationToken) =>
        (await _byCertificate.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false),
            await _byAssertion.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false));
}
