// A library's public methods, each with a convention left out; the internal one and the one without a token hear nothing.
using System.Net.Http.Headers;
using Microsoft.Identity.Client;

namespace Contoso.Vault;

public sealed class VaultReader
{
    private readonly IConfidentialClientApplication _app;
    private readonly HttpClient _client;

    public VaultReader(IConfidentialClientApplication app, HttpClient client)
    {
        _app = app;
        _client = client;
    }

    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        var bound = _app.AcquireTokenForClient(["https://vault.azure.net/.default"]).WithMtlsProofOfPossession();
        var result = await bound.ExecuteAsync(); // expect: MPOP5001, MPOP5002
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://contoso.vault.azure.net/secrets");
        request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        using var response = await _client.SendAsync(request); // expect: MPOP5001, MPOP5002
        return await response.Content.ReadAsStringAsync(cancellationToken); // expect: MPOP5001
    }

    public async Task<string> ListAsync() // expect: MPOP5003
    {
        var result = await _app.AcquireTokenForClient(["https://vault.azure.net/.default"]).WithMtlsProofOfPossession().ExecuteAsync().ConfigureAwait(false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://contoso.vault.azure.net/secrets");
        request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        using var response = await _client.SendAsync(request).ConfigureAwait(false);
        return await response.Content.ReadAsStringAsync().ConfigureAwait(false);
    }

    public int Count(string text) => text.Length;

    internal async Task<string> TokenAsync()
    {
        var result = await _app.AcquireTokenForClient(["https://vault.azure.net/.default"]).WithMtlsProofOfPossession().ExecuteAsync().ConfigureAwait(false);
        return result.AccessToken;
    }
}
