// A bound token in headers of every make, first under the wrong scheme, then under the right one.
// output: exe
using System.Net.Http.Headers;
using Microsoft.Identity.Client;

internal sealed class Caller(IConfidentialClientApplication app, HttpClient client)
{
    private const string Bearer = "Bearer";
    private static readonly string _scheme = "bearer";
    private static readonly string[] _scopes = ["https://graph.microsoft.com/.default"];

    private static void Main()
    {
    }

    public async Task WrongAsync(CancellationToken cancellationToken)
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
        client.DefaultRequestHeaders.Authorization = new(Bearer, result.AccessToken); // expect: MPOP3002
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(_scheme, result.AccessToken); // expect: MPOP3002
        client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse("Bearer " + result.AccessToken); // expect: MPOP3002
        client.DefaultRequestHeaders.Add("Authorization", string.Concat("Bearer ", result.AccessToken)); // expect: MPOP3002
        client.DefaultRequestHeaders.TryAddWithoutValidation("authorization", string.Format("Bearer {0}", result.AccessToken)); // expect: MPOP3002

        var header = $"pop {result.AccessToken}";
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://graph.microsoft.com/v1.0/users");
        request.Headers.Add("Authorization", header); // expect: MPOP3002
        using var other = new HttpRequestMessage
        {
            RequestUri = new Uri("https://graph.microsoft.com/v1.0/users"),
            Headers = { Authorization = new AuthenticationHeaderValue("PoP", result.AccessToken) }, // expect: MPOP3002
        };
    }

    public async Task RightAsync(string scheme, CancellationToken cancellationToken)
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("mtls_pop", result.AccessToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("MTLS_POP", result.AccessToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, result.AccessToken);
        client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(result.CreateAuthorizationHeader());
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"{result.TokenType} {result.AccessToken}");
        client.DefaultRequestHeaders.Add("X-Bearer", "Bearer " + result.CorrelationId);
        Console.WriteLine("Bearer " + result.AccessToken.Length);

        var plain = await app.AcquireTokenForClient(_scopes).ExecuteAsync(cancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", plain.AccessToken);
    }
}
