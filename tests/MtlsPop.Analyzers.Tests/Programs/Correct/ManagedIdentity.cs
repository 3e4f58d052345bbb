// A managed identity in a field, with a client for each certificate.
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.KeyAttestation;

public sealed class Machine : IDisposable
{
    private readonly IManagedIdentityApplication _app =
        ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId("11111111-1111-1111-1111-111111111111")).Build();

    private bool _disposed;

    public async Task<HttpResponseMessage> GetAsync(Uri uri, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ObjectDisposedException.ThrowIf(_disposed, this);
        AuthenticationResult result = await _app
            .AcquireTokenForManagedIdentity("https://vault.azure.net")
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        if (result.BindingCertificate is not { HasPrivateKey: true } certificate)
            throw new InvalidOperationException("not bound");

        return await SendAsync(result, certificate, uri, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _disposed = true;

    private static async Task<HttpResponseMessage> SendAsync(
        AuthenticationResult result,
        X509Certificate2 certificate,
        Uri uri,
        CancellationToken cancellationToken)
    {
        var client = Clients.For(certificate);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        return await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}

internal static class Clients
{
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<X509Certificate2, HttpClient> Known = new();

    public static HttpClient For(X509Certificate2 certificate) => Known.GetValue(certificate, bound =>
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.ClientCertificates = new X509CertificateCollection { bound };
        return new HttpClient(handler);
    });
}
