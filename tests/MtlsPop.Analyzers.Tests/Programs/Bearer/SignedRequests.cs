// Signed HTTP requests are another proof of possession: their scheme is PoP, and plain HTTP is theirs to allow.
using System.Net.Http.Headers;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace Contoso.Signed;

#pragma warning disable CS0618
public sealed class SignedClient(IConfidentialClientApplication app, HttpClient client)
{
    private static readonly string[] _scopes = ["api://00000000-0000-0000-0000-000000000001/.default"];

    public async Task<string> GetAsync(Uri uri)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        var result = await app.AcquireTokenForClient(_scopes)
            .WithProofOfPossession(new PoPAuthenticationConfiguration(request) { SignHttpRequest = true, Nonce = "nonce" })
            .ExecuteAsync();
        if (result.TokenType != "pop")
            throw new InvalidOperationException(result.TokenType);

        request.Headers.Authorization = new AuthenticationHeaderValue("PoP", result.AccessToken);
        using var response = await client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<string> PostAsync()
    {
        var configuration = new PoPAuthenticationConfiguration(new Uri("http://printer.contoso.com/jobs")) { HttpMethod = HttpMethod.Post };
        var result = await app.AcquireTokenForClient(_scopes).WithProofOfPossession(configuration).ExecuteAsync();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", result.CreateAuthorizationHeader());
        return await client.GetStringAsync("http://printer.contoso.com/jobs");
    }
}
