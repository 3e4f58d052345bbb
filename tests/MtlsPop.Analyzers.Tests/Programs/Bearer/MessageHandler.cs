// A handler in a chain of HTTP clients that adds a bearer token to whatever passes.
using System.Net.Http.Headers;
using Microsoft.Identity.Client;

namespace Contoso.Functions;

public sealed class BearerHandler(IConfidentialClientApplication app) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var result = await app.AcquireTokenForClient(["https://graph.microsoft.com/.default"]).ExecuteAsync(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        return await base.SendAsync(request, cancellationToken);
    }
}

public sealed class UsersClient(HttpClient client)
{
    public async Task<string> GroupAsync(string id)
    {
        var response = await client.GetAsync($"/v1.0/groups/{id}");
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }
}
