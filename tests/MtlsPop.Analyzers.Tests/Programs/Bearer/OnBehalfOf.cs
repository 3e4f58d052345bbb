// A web API that asks on behalf of its caller, with an application for each call: users' tokens live in a cache of their own, so nothing is said.
using System.Net.Http.Headers;
using Microsoft.Identity.Client;

namespace Contoso.Todo;

public sealed class TodoController(IReadOnlyDictionary<string, string> settings, HttpClient client)
{
    public async Task<string> GetAsync(string authorization, CancellationToken cancellationToken)
    {
        var assertion = new UserAssertion(authorization.Replace("Bearer ", ""));
        var app = ConfidentialClientApplicationBuilder.Create(settings["ClientId"])
            .WithClientSecret(settings["ClientSecret"])
            .WithAuthority(settings["Instance"] + settings["TenantId"])
            .Build();

        var result = await app.AcquireTokenOnBehalfOf(new[] { "https://graph.microsoft.com/.default" }, assertion).ExecuteAsync(cancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        return await client.GetStringAsync("https://graph.microsoft.com/v1.0/me", cancellationToken);
    }
}
