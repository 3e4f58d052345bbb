using System.Text;
using Azure.Security.KeyVault.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Identity.Client.AppConfig;
using MtlsPop;
using MtlsPop.StandIns;

const string Scope = "https://graph.microsoft.com/.default";
const string Graph = "https://graph.microsoft.com/v1.0/applications";
var authority = new Uri("https://login.microsoftonline.com/contoso.onmicrosoft.com");

// The stand-ins: names, mutual TLS and tokens are as in Azure; only the machines are not.
var network = new LoopbackNetwork(CertificateAuthority.Create());
await using var tokenService = await TokenService.StartAsync(network);
await using var metadata = await InstanceMetadata.StartAsync(network);
await using var graph = await Resource.StartAsync(network, "graph.microsoft.com");
await using var vault = await KeyVault.StartAsync(network);
using var http = new PooledMsalHttpClientFactory(new MtlsPopTransportOptions { ConfigureHandler = network.Configure });
MtlsPopOptions OnLoopback(MtlsPopOptions options)
{
    options.Transport.ConfigureHandler = network.Configure;
    return options;
}

Say("1. A confidential client with a certificate, and the drop-in call");
var certificate = network.Authority.IssueClient("orders");
var orders = MtlsPopApplication.Certificate("orders", authority, certificate, new() { Region = "westus3", HttpClientFactory = http });
var result = await orders.AcquireMtlsPopTokenAsync([Scope]);
Tell($"{result.TokenType} token from {tokenService.Seen.Last().Host}, bound to {Short(BoundJwt.HashOf(result.RequireBinding()))}");
result = await orders.AcquireMtlsPopTokenAsync([Scope]);
Tell($"and again, now from the {result.AuthenticationResultMetadata.TokenSource}");

Say("2. A client that acquires, stamps, binds and rotates");
using var client = MtlsPopHttpClient.Create(orders, OnLoopback(new() { Scope = Scope, AllowedHosts = { "graph.microsoft.com" } }));
Tell($"Graph says: {Short(await client.GetStringAsync(Graph))}");
await TryAsync(() => client.GetStringAsync("http://graph.microsoft.com/"));
await TryAsync(() => client.GetStringAsync("https://example.com/"));

Say("3. Code that acquires its tokens itself, and makes a client for each");
using (var connections = new MtlsPopConnections(new MtlsPopTransportOptions { ConfigureHandler = network.Configure }))
{
    var before = graph.Server.Handshakes;
    for (var call = 0; call < 3; call++)
    {
        using var shortLived = connections.CreateClient(await orders.AcquireMtlsPopTokenAsync([Scope]));
        Tell($"Graph says: {Short(await shortLived.GetStringAsync(Graph))}");
    }

    Tell($"over {graph.Server.Handshakes - before} connection");
}

Say("4. A claims challenge");
Challenge(graph);
Tell($"Graph says: {Short(await client.GetStringAsync(Graph))}, after a token for {tokenService.Seen.Last().Claims}");

Say("5. One client for many tenants");
using (var request = new HttpRequestMessage(HttpMethod.Get, Graph).SetMtlsPop(new MtlsPopRequestOptions { TenantId = "fabrikam.onmicrosoft.com" }))
using (var response = await client.SendAsync(request))
{
    Tell($"Graph says: {(int)response.StatusCode}, after a token of {tokenService.Seen.Last().Tenant}");
}

Say("6. A managed identity");
var identity = MtlsPopApplication.ManagedIdentity(ManagedIdentityId.SystemAssigned, new() { HttpClientFactory = http });
await TryAsync(async () => (await identity.AcquireMtlsPopTokenAsync("https://vault.azure.net")).TokenType);
Tell("so the rest of this sample steps over Windows and KeyGuard; a program would write MtlsPopTokenAcquirer.Create(identity)");
var machine = MtlsPopTokenAcquirer.Create((request, cancelled) =>
    KeyGuardStandIn.Bind(identity.AcquireTokenForManagedIdentity(request.Scope)).ExecuteAsync(cancelled));
using var secrets = MtlsPopHttpClient.Create(machine, OnLoopback(new()
{
    Scope = "https://vault.azure.net/.default",
    AllowedHosts = { "*.vault.azure.net" },
    Transport = { SupportsDelayedClientCertificate = true },
}));
Tell($"Key Vault says: {Short(await secrets.GetStringAsync("https://contoso.vault.azure.net/secrets/one"))}");

Say("7. The same vault with Azure's own client");
using (var credential = new MtlsPopCredential(machine, new MtlsPopCredentialOptions
{
    AllowedHosts = { "*.vault.azure.net" },
    Transport = { SupportsDelayedClientCertificate = true, ConfigureHandler = network.Configure },
}))
{
    var azure = new SecretClient(new Uri("https://contoso.vault.azure.net"), credential, new SecretClientOptions().UseMtlsPop(credential));
    Tell($"Key Vault says: {(await azure.GetSecretAsync("one")).Value.Value}");
}

Say("8. A federation in two legs, from each kind of first leg to each kind of token");
foreach (var (name, firstLeg) in new (string, IMtlsPopTokenAcquirer)[] { ("managed identity", machine), ("certificate", MtlsPopTokenAcquirer.Create(orders)) })
{
    var federated = MtlsPopApplication.Federated("partner", authority, firstLeg, new() { HttpClientFactory = http });
    var bound = await federated.AcquireMtlsPopTokenAsync([Scope]);
    var bearer = await federated.AcquireTokenForClient([Scope]).ExecuteAsync();
    Tell($"{name}: {bound.TokenType}, bound to {Short(BoundJwt.HashOf(bound.RequireBinding()))}; and {bearer.TokenType}, for an assertion bound all the same");
}

Say("9. A host with the application in its options, while the certificate is renewed");
var current = certificate;
var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Services.AddMtlsPopTokenAcquirer(options =>
{
    options.ClientId = "orders";
    options.Authority = authority.OriginalString;
    options.Certificate = new() { Callback = _ => Task.FromResult(current) };
    options.WarmUpScopes.Add(Scope);
    options.Transport.ConfigureHandler = network.Configure;
});
builder.Services.AddHttpClient("graph").AddMtlsPop(options =>
{
    options.Scope = Scope;
    options.AllowedHosts.Add("graph.microsoft.com");
    OnLoopback(options);
    options.Transport.PooledConnectionLifetime = TimeSpan.FromMilliseconds(1); // so that the next request has to present its certificate again
});
builder.Services.AddHealthChecks().AddMtlsPopHealthCheck();
using var host = builder.Build();
await host.StartAsync();
var hosted = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("graph");
Tell($"Graph says: {Short(await hosted.GetStringAsync(Graph))}");
current = network.Authority.IssueClient("orders");
graph.Server.Trusts = presented => presented.Thumbprint != certificate.Thumbprint;
Tell($"Graph says: {Short(await hosted.GetStringAsync(Graph))}, now that it refuses the old certificate");
Tell($"The health check says: {(await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status}");
await host.StopAsync();

Say($"{graph.Seen.Count + vault.Requests} requests arrived, {graph.Mismatches + vault.Mismatches} of them with another certificate than their token's");
return graph.Mismatches + vault.Mismatches;

static void Say(string what) => Console.WriteLine($"\n{what}");

static void Tell(string what) => Console.WriteLine($"   {what}");

static string Short(string text) => text.Length > 24 ? $"{text[..24]}…" : text;

static async Task TryAsync(Func<Task<string>> send)
{
    try
    {
        Tell(await send());
    }
    catch (MtlsPopException refusal)
    {
        Tell($"{refusal.Error}: {refusal.Message}");
    }
}

static void Challenge(Resource resource)
{
    var claims = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"access_token":{"nbf":{"essential":true}}}"""));
    resource.Intercepts = (context, request) =>
    {
        if (request.Token?.Claims is not null)
        {
            return Task.FromResult(false);
        }

        resource.Intercepts = static (_, _) => Task.FromResult(false);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = $"mtls_pop error=\"insufficient_claims\", claims=\"{claims}\"";
        return Task.FromResult(true);
    };
}
