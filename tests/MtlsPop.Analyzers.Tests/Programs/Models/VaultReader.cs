// A managed identity reads secrets over one connection that presents the token's certificate.
using System.Net.Http.Headers;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.KeyAttestation;

namespace Contoso.Vault;

public sealed class VaultReader : IDisposable
{
    private const string Resource = "https://vault.azure.net";

    private static readonly IManagedIdentityApplication _app = ManagedIdentityApplicationBuilder
        .Create(ManagedIdentityId.WithUserAssignedClientId("00000000-0000-0000-0000-000000000001"))
        .Build();

    private HttpClient? _client;
    private bool _disposed;

    public async Task<string> ReadAsync(Uri secret, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ObjectDisposedException.ThrowIf(_disposed, this);

        AuthenticationResult result = await _app
            .AcquireTokenForManagedIdentity(Resource)
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

        if (result.BindingCertificate is null)
            throw new InvalidOperationException("The token is not bound to a certificate.");

        if (_client is null)
        {
            var handler = new HttpClientHandler();
            handler.ClientCertificates.Add(result.BindingCertificate);
            _client = new HttpClient(handler);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, secret);
        request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        using var response = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _disposed = true;
        _client?.Dispose();
    }
}
