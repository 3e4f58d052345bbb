// Factories of HTTP clients: injected, derived, or with certificates, and plain ones for bearer requests. One plain one serves a bound request.
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Http;

internal class PlainFactory : IMsalHttpClientFactory
{
    private static readonly HttpClient _shared = new();

    public HttpClient GetHttpClient() => _shared;
}

internal sealed class CertificateFactory : PlainFactory, IMsalMtlsHttpClientFactory
{
    private readonly ConditionalWeakTable<X509Certificate2, HttpClient> _clients = new();

    public HttpClient GetHttpClient(X509Certificate2 x509Certificate2) => x509Certificate2 is null
        ? GetHttpClient()
        : _clients.GetValue(x509Certificate2, certificate => new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } }));
}

internal sealed class Tokens
{
    private static readonly string[] _scopes = ["https://vault.azure.net/.default"];
    private readonly IConfidentialClientApplication _injected;
    private readonly IConfidentialClientApplication _presenting;
    private readonly IConfidentialClientApplication _plain;
    private readonly IConfidentialClientApplication _bearer;

    public Tokens(IMsalHttpClientFactory factory, X509Certificate2 certificate)
    {
        _injected = Start(certificate).WithHttpClientFactory(factory).Build();
        _presenting = Start(certificate).WithHttpClientFactory(factory as CertificateFactory ?? new CertificateFactory(), retryOnceOn5xx: false).Build();
        _plain = ConfidentialClientApplicationBuilder.Create("00000000-0000-0000-0000-000000000001")
            .WithTenantId("contoso.com")
            .WithCertificate(certificate, sendX5C: true)
            .WithHttpClientFactory(new PlainFactory()) // expect: MPOP2006
            .Build();
        _bearer = Start(certificate).WithHttpClientFactory(new PlainFactory()).Build();
    }

    public async IAsyncEnumerable<AuthenticationResult> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await _injected.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        yield return await _presenting.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        yield return await _plain.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        yield return await _bearer.AcquireTokenForClient(_scopes).ExecuteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static ConfidentialClientApplicationBuilder Start(X509Certificate2 certificate) => ConfidentialClientApplicationBuilder
        .Create("00000000-0000-0000-0000-000000000001")
        .WithTenantId("contoso.com")
        .WithCertificate(certificate, sendX5C: true);
}
