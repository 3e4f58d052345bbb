using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace MtlsPop.Tests.Documentation;

/// <summary>What the guide shows, word for word.</summary>
internal static class Snippets
{
    public static async Task AcquireAsync(X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        // A managed identity: bound, attested, and with a key in KeyGuard, or an error. Keep one application for each identity.
        IManagedIdentityApplication machine = MtlsPopApplication.ManagedIdentity(ManagedIdentityId.SystemAssigned);
        AuthenticationResult result = await machine.AcquireMtlsPopTokenAsync("https://vault.azure.net", cancellationToken);

        // A confidential client with an SN/I certificate.
        var orders = MtlsPopApplication.Certificate(
            "client-id", new Uri("https://login.microsoftonline.com/contoso.onmicrosoft.com"), certificate, new() { Region = "westus3" });
        result = await orders.AcquireMtlsPopTokenAsync(["https://graph.microsoft.com/.default"], cancellationToken);

        // Another tenant, the claims of a challenge, or past the cache.
        result = await orders.AcquireMtlsPopTokenAsync(
            new MtlsPopTokenRequest("https://graph.microsoft.com/.default") { TenantId = "fabrikam.onmicrosoft.com" }, cancellationToken);

        // A result from anywhere else.
        X509Certificate2 binding = result.RequireBinding();   // MSAL's: never dispose it
        GC.KeepAlive(binding);
    }

    public static async Task FederateAsync(IManagedIdentityApplication machine)
    {
        IConfidentialClientApplication partner = ConfidentialClientApplicationBuilder.Create("client-id")
            .WithAuthority("https://login.microsoftonline.com/contoso.onmicrosoft.com")
            .WithBoundClientAssertion(machine)          // or a confidential client, or any acquirer
            .Build();

        AuthenticationResult bound = await partner.AcquireMtlsPopTokenAsync(["https://graph.microsoft.com/.default"]);
        // The assertion of a plain token is bound all the same.
        AuthenticationResult bearer = await partner.AcquireTokenForClient(["https://graph.microsoft.com/.default"]).ExecuteAsync();
        GC.KeepAlive((bound, bearer));
    }

    public static async Task SendAsync(IConfidentialClientApplication orders)
    {
        using HttpClient client = MtlsPopHttpClient.Create(orders, "https://graph.microsoft.com/.default", allowedHosts: ["graph.microsoft.com"]);
        string json = await client.GetStringAsync("https://graph.microsoft.com/v1.0/applications");
        GC.KeepAlive(json);
    }

    public static void AHost(HostApplicationBuilder builder, IConfidentialClientApplication orders)
    {
        IHttpClientBuilder graph = builder.Services.AddHttpClient("graph");
        graph.AddStandardResilienceHandler();                                 // around it: each attempt gets its own token
        graph.AddMtlsPop(services => MtlsPopTokenAcquirer.Create(orders), builder.Configuration.GetSection("Graph"));
    }

    public static async Task ManyTenantsAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://graph.microsoft.com/v1.0/applications")
            .SetMtlsPop(new MtlsPopRequestOptions { TenantId = "fabrikam.onmicrosoft.com" });
        using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
    }

    /// <summary>Code that acquires its tokens itself.</summary>
    private static class OneToken
    {
        private static readonly MtlsPopConnections _connections = new();

        public static async Task<string> SendAsync(AuthenticationResult result)
        {
            using HttpClient client = _connections.CreateClient(result);   // or an acquirer's MtlsPopToken; RequireBinding() included
            return await client.GetStringAsync("https://graph.microsoft.com/v1.0/applications");
        }
    }
}
