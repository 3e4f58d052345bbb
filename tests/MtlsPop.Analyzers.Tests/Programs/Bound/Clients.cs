// Clients for a bound token: plain ones, some that were given the certificate in another way, and some that came from elsewhere and may have it.
// output: exe
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

internal sealed class Worker(IConfidentialClientApplication app, Func<string, HttpClient> clients)
{
    private static readonly HttpClient _plain = new();
    private static readonly string[] _scopes = ["https://graph.microsoft.com/.default"];

    private static void Main()
    {
    }

    public async Task PlainAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("mtls_pop", result.AccessToken); // expect: MPOP3003
        Console.WriteLine(await client.GetStringAsync("https://graph.microsoft.com/v1.0/users"));
    }

    public async Task PlainFieldAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://graph.microsoft.com/v1.0/users");
        request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        using var response = await _plain.SendAsync(request); // expect: MPOP3003
    }

    public async Task PlainHandlerAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://graph.microsoft.com/v1.0/users");
        request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        using var response = await client.SendAsync(request); // expect: MPOP3003
    }

    public async Task FromElsewhereAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        var client = clients("mtls");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        Console.WriteLine(await client.GetStringAsync("https://graph.microsoft.com/v1.0/users"));
    }

    public async Task ByAHelperAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        if (result.BindingCertificate is null)
            return;

        var handler = new HttpClientHandler();
        Present(handler, result.BindingCertificate);
        var client = new HttpClient(handler); // expect: MPOP3004
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        Console.WriteLine(await client.GetStringAsync("https://graph.microsoft.com/v1.0/users"));

        static void Present(HttpClientHandler handler, X509Certificate2 certificate) => handler.ClientCertificates.Add(certificate);
    }

    public async Task ByTheStoreAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        using var client = new HttpClient(new HttpClientHandler { ClientCertificateOptions = ClientCertificateOption.Automatic });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        Console.WriteLine(await client.GetStringAsync("https://graph.microsoft.com/v1.0/users"));
    }

    public async Task WithoutTheTokenAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        using var client = new HttpClient();
        await client.PostAsync("https://telemetry.contoso.com/", new StringContent($"{result.ExpiresOn}"));
    }
}
