// The type of a token, compared by case and without; and a bound token that is sent without TLS, or to this machine.
// output: exe
using System.Net.Http.Headers;
using Microsoft.Identity.Client;

internal sealed class Worker(IConfidentialClientApplication app, HttpClient client)
{
    private static readonly string[] _scopes = ["https://graph.microsoft.com/.default"];

    private static void Main()
    {
    }

    public async Task ByCaseAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        if (result.TokenType == "mtls_pop") // expect: MPOP3007
            Console.WriteLine("The token is bound.");
    }

    public async Task WithoutCaseAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        if (string.Equals(result.TokenType, "mtls_pop", StringComparison.OrdinalIgnoreCase))
            Console.WriteLine("The token is bound.");
    }

    public async Task WithoutTlsAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://items.contoso.com/all"); // expect: MPOP3008
        request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        using var response = await client.SendAsync(request);
    }

    public async Task ToThisMachineAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://localhost:5001/all");
        request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        using var response = await client.SendAsync(request);
    }
}
