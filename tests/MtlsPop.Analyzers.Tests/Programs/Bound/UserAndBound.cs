// One type that asks on behalf of a user, with a bearer token, and for itself, with a bound one: each result goes its own way.
using System.Net.Http.Headers;
using Microsoft.Identity.Client;

namespace Contoso.Orders;

internal sealed class Orders(IConfidentialClientApplication app, HttpClient client, HttpClient boundClient)
{
    public async Task<string> ForUserAsync(string assertion, CancellationToken cancellationToken)
    {
        var result = await app
            .AcquireTokenOnBehalfOf(["https://graph.microsoft.com/.default"], new UserAssertion(assertion))
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        return await SendAsync(client, new AuthenticationHeaderValue("Bearer", result.AccessToken), cancellationToken).ConfigureAwait(false);
    }

    public async Task<string> ForItselfAsync(CancellationToken cancellationToken)
    {
        var result = await app
            .AcquireTokenForClient(["https://graph.microsoft.com/.default"])
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        return await SendAsync(boundClient, new AuthenticationHeaderValue(result.TokenType, result.AccessToken), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> SendAsync(HttpClient client, AuthenticationHeaderValue authorization, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://graph.microsoft.com/v1.0/orders") { Headers = { Authorization = authorization } };
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }
}
