// A bound token, checked and sent over the client that is kept for its certificate.
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Graph;

public sealed class GraphReader(IConfidentialClientApplication app)
{
    private static readonly ConditionalWeakTable<X509Certificate2, HttpClient> _clients = new();

    public async Task<string> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await app.AcquireTokenForClient(["https://graph.microsoft.com/.default"])
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

        if (!string.Equals(result.TokenType, "mtls_pop", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"The token is a {result.TokenType} token.");

        var certificate = result.BindingCertificate ?? throw new InvalidOperationException("The token is not bound to a certificate.");
        var client = _clients.GetValue(certificate, Connect);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://graph.microsoft.com/v1.0/applications");
        request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }

    private static HttpClient Connect(X509Certificate2 certificate)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(15) };
        handler.SslOptions.ClientCertificates = [certificate];
        return new HttpClient(handler);
    }
}
