// Two confidential clients in a sovereign cloud: one has the certificate, the other presents what that one got, from a lambda in a Lazy.
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Sovereign;

public sealed class SovereignTokens
{
    private static readonly string[] _exchange = ["api://AzureADTokenExchangeUSGov/.default"];

    private readonly IConfidentialClientApplication _hub;
    private readonly Lazy<IConfidentialClientApplication> _app;

    public SovereignTokens(X509Certificate2 certificate, string hubId, string clientId, string tenantId)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(hubId);
        ArgumentNullException.ThrowIfNull(clientId);
        ArgumentNullException.ThrowIfNull(tenantId);

        _hub = ConfidentialClientApplicationBuilder
            .Create(hubId)
            .WithAuthority($"https://login.microsoftonline.us/{tenantId}")
            .WithCertificate(certificate, sendX5C: true)
            .Build();
        _app = new Lazy<IConfidentialClientApplication>(() => ConfidentialClientApplicationBuilder
            .Create(clientId)
            .WithAuthority(new Uri($"https://login.microsoftonline.us/{tenantId}"))
            .WithClientAssertion(async (_, cancellation) =>
            {
                var firstLeg = await FirstLegAsync(cancellation).ConfigureAwait(false);
                return new ClientSignedAssertion { Assertion = firstLeg.AccessToken, TokenBindingCertificate = firstLeg.BindingCertificate };
            })
            .Build());
    }

    public Task<AuthenticationResult> GetAsync(CancellationToken cancellationToken = default) =>
        _app.Value.AcquireTokenForClient(["https://graph.microsoft.us/.default"]).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);

    private Task<AuthenticationResult> FirstLegAsync(CancellationToken cancellationToken) =>
        _hub.AcquireTokenForClient(_exchange).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
}
