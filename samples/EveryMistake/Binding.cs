using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace EveryMistake;

internal sealed class Binding(IConfidentialClientApplication app)
{
    private static readonly string[] Scopes = ["https://graph.microsoft.com/.default"];

    public async Task<string> BindingCertificateUnchecked(CancellationToken cancellationToken)
    {
        var result = await BoundToken(cancellationToken).ConfigureAwait(false);
        return result.BindingCertificate.Thumbprint; // MPOP3001
    }

    public static string HandedResultUnchecked(AuthenticationResult result) => result.BindingCertificate.Thumbprint; // MPOP3010

    public async Task<HttpRequestMessage> WrongScheme(CancellationToken cancellationToken)
    {
        var result = await BoundToken(cancellationToken).ConfigureAwait(false);
        var request = new HttpRequestMessage(HttpMethod.Get, "https://graph.microsoft.com/v1.0/applications");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken); // MPOP3002
        return request;
    }

    public async Task<HttpClient> TokenSentWithoutCertificate(CancellationToken cancellationToken)
    {
        var result = await BoundToken(cancellationToken).ConfigureAwait(false);
        var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken); // MPOP3003
        return client;
    }

    public async Task<string> ClientPerCall(CancellationToken cancellationToken)
    {
        var result = await BoundToken(cancellationToken).ConfigureAwait(false);
        var certificate = result.BindingCertificate ?? throw new InvalidOperationException("The token is not bound.");
        using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } }); // MPOP3004
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        return await client.GetStringAsync("https://graph.microsoft.com/v1.0/applications", cancellationToken).ConfigureAwait(false);
    }

    public async Task<string> BindingCertificateDisposed(CancellationToken cancellationToken)
    {
        var result = await BoundToken(cancellationToken).ConfigureAwait(false);
        using var certificate = result.BindingCertificate ?? throw new InvalidOperationException("The token is not bound."); // MPOP3005
        return certificate.Thumbprint;
    }

    public async Task<byte[]> BindingCertificateExported(CancellationToken cancellationToken)
    {
        var result = await BoundToken(cancellationToken).ConfigureAwait(false);
        var certificate = result.BindingCertificate ?? throw new InvalidOperationException("The token is not bound.");
        return certificate.Export(X509ContentType.Pfx); // MPOP3006
    }

    public async Task<byte[]> PrivateKeyDisposed(byte[] data, CancellationToken cancellationToken)
    {
        var result = await BoundToken(cancellationToken).ConfigureAwait(false);
        var certificate = result.BindingCertificate ?? throw new InvalidOperationException("The token is not bound.");
        using var key = certificate.GetRSAPrivateKey() ?? throw new InvalidOperationException("The certificate has no RSA key."); // MPOP3009
        return key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    }

    public async Task<bool> TokenTypeComparedByCase(CancellationToken cancellationToken)
    {
        var result = await BoundToken(cancellationToken).ConfigureAwait(false);
        return result.TokenType == "mtls_pop"; // MPOP3007
    }

    public async Task<HttpStatusCode> InsecureResource(HttpClient client, CancellationToken cancellationToken)
    {
        var result = await BoundToken(cancellationToken).ConfigureAwait(false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://api.contoso.com/items"); // MPOP3008
        request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return response.StatusCode;
    }

    private async Task<AuthenticationResult> BoundToken(CancellationToken cancellationToken) =>
        await app.AcquireTokenForClient(Scopes)
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
}
