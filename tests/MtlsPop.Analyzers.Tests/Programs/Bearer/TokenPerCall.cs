// Helpers that are handed to a client as its source of tokens, and build their application on each call; the second keeps it.
using Microsoft.Identity.Client;

namespace Contoso.Vault;

public static class VaultTokens
{
    public static async Task<string> GetTokenAsync(string authority, string resource, string scope)
    {
        var app = ConfidentialClientApplicationBuilder
            .Create(Environment.GetEnvironmentVariable("CLIENT_ID")) // expect: MPOP1006
            .WithClientSecret(Environment.GetEnvironmentVariable("CLIENT_SECRET"))
            .WithAuthority(authority)
            .Build();
        var result = await app.AcquireTokenForClient(new[] { $"{resource}/.default" }).ExecuteAsync();
        return result?.AccessToken ?? throw new InvalidOperationException($"There is no token for {scope}.");
    }

    public static async Task<string> InOneChainAsync(string clientId, string secret) =>
        (await ConfidentialClientApplicationBuilder.Create(clientId).WithClientSecret(secret).Build() // expect: MPOP1006
            .AcquireTokenForClient(["https://vault.azure.net/.default"]).ExecuteAsync()).AccessToken;
}

public sealed class RecordsClient(string clientId, string secret, Guid tenant)
{
    private readonly string _url = "https://contoso.crm.dynamics.com";

    private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create(clientId)
        .WithClientSecret(secret)
        .WithAuthority(AzureCloudInstance.AzurePublic, tenant)
        .Build();

    public async Task<string> WhoAmIAsync()
    {
        using var client = CreateClient();
        return await client.GetStringAsync("WhoAmI");
    }

    private HttpClient CreateClient()
    {
        var result = _app.AcquireTokenForClient(new[] { _url + "/.default" }).ExecuteAsync().Result;
        var client = new HttpClient { BaseAddress = new Uri(_url + "/api/data/v9.2/"), Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Add("Authorization", "Bearer " + result.AccessToken);
        return client;
    }
}
