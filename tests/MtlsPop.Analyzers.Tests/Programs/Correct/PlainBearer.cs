// Bearer tokens only: nothing here is bound.
using System.Net.Http.Headers;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

public sealed class Bearer(string secret)
{
    private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create("id")
        .WithTenantId("tenant")
        .WithClientSecret(secret)
        .Build();
    private readonly IManagedIdentityApplication _machine = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

    public async Task<string> AcquireAsync(HttpClient client, bool machine)
    {
        var result = machine
            ? await _machine.AcquireTokenForManagedIdentity("https://vault.azure.net").ExecuteAsync()
            : await _app.AcquireTokenForClient(new[] { "https://graph.microsoft.com/.default" }).ExecuteAsync();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        return await client.GetStringAsync("https://graph.microsoft.com/v1.0/applications");
    }
}
