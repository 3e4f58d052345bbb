// A deployment tool that is federated by a token of its pipeline or of its cluster: the assertions are text, and so they should be.
// output: exe
using Microsoft.Identity.Client;

namespace Contoso.Deploy;

internal static class Program
{
    private static readonly HttpClient _client = new();

    private static async Task<int> Main()
    {
        var tenant = Environment.GetEnvironmentVariable("AZURE_TENANT_ID")!;
        var client = Environment.GetEnvironmentVariable("AZURE_CLIENT_ID")!;
        var tokenFile = Environment.GetEnvironmentVariable("AZURE_FEDERATED_TOKEN_FILE");

        IConfidentialClientApplication app = tokenFile is not null
            ? ConfidentialClientApplicationBuilder.Create(client)
                .WithTenantId(tenant)
                .WithClientAssertion(async (AssertionRequestOptions options) => await File.ReadAllTextAsync(tokenFile, options.CancellationToken))
                .Build()
            : ConfidentialClientApplicationBuilder.Create(client)
                .WithTenantId(tenant)
                .WithClientAssertion(PipelineTokenAsync)
                .Build();

        var result = await app.AcquireTokenForClient(["https://management.azure.com/.default"]).ExecuteAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://management.azure.com/subscriptions?api-version=2022-12-01");
        request.Headers.Authorization = new("Bearer", result.AccessToken);
        using var response = await _client.SendAsync(request);
        return response.IsSuccessStatusCode ? 0 : 1;
    }

    private static async Task<string> PipelineTokenAsync(CancellationToken cancellationToken)
    {
        var address = Environment.GetEnvironmentVariable("PIPELINE_TOKEN_URL") + "&audience=api://AzureADTokenExchange";
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new("Bearer", Environment.GetEnvironmentVariable("PIPELINE_TOKEN"));
        using var response = await _client.SendAsync(request, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
