// A bound assertion with an older MSAL, which needs a region and the experimental features. Helpers make the parts.
// msal: 4.83.1
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Older;

public sealed class OlderFederation
{
    private readonly IConfidentialClientApplication _app;
    private readonly Func<X509Certificate2, string> _sign;
    private readonly X509Certificate2 _certificate;

    public OlderFederation(string clientId, string tenantId, X509Certificate2 certificate, Func<X509Certificate2, string> sign)
    {
        ArgumentNullException.ThrowIfNull(clientId);
        ArgumentNullException.ThrowIfNull(tenantId);
        _certificate = certificate ?? throw new ArgumentNullException(nameof(certificate));
        _sign = sign ?? throw new ArgumentNullException(nameof(sign));
        _app = ConfidentialClientApplicationBuilder.Create(clientId)
            .WithTenantId(tenantId)
            .WithAzureRegion(ConfidentialClientApplication.AttemptRegionDiscovery)
            .WithExperimentalFeatures()
            .WithClientAssertion((_, _) => Task.FromResult(SignedAssertion()))
            .Build();
    }

    public async Task<AuthenticationResult> GetAsync(CancellationToken cancellationToken = default) => await _app
        .AcquireTokenForClient(new[] { "https://graph.microsoft.com/.default" })
        .WithMtlsProofOfPossession()
        .ExecuteAsync(cancellationToken)
        .ConfigureAwait(false);

    private ClientSignedAssertion SignedAssertion() => new()
    {
        Assertion = _sign(_certificate),
        TokenBindingCertificate = _certificate,
    };
}
