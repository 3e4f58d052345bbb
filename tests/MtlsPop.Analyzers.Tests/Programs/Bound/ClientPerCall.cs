// A library that makes a client for each call, beside one that keeps its clients by certificate.
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Graph;

internal sealed class GraphReader(IConfidentialClientApplication app)
{
    private static readonly ConditionalWeakTable<X509Certificate2, HttpClient> _clients = new();

    public async Task<string> PerCallAsync(CancellationToken cancellationToken)
    {
        var result = await app
            .AcquireTokenForClient(["https://graph.microsoft.com/.default"])
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        var certificate = result.BindingCertificate ?? throw new InvalidOperationException("The token is not bound.");
        using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } }); // expect: MPOP3004
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        return await client.GetStringAsync("https://graph.microsoft.com/v1.0/users", cancellationToken).ConfigureAwait(false);
    }

    public async Task<string> KeptAsync(CancellationToken cancellationToken)
    {
        var result = await app
            .AcquireTokenForClient(["https://graph.microsoft.com/.default"])
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        var certificate = result.BindingCertificate ?? throw new InvalidOperationException("The token is not bound.");
        var client = _clients.GetValue(certificate, static bound => new HttpClient(new HttpClientHandler { ClientCertificates = { bound } }));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://graph.microsoft.com/v1.0/users");
        request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }
}
