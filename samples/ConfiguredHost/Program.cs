using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using MtlsPop;
using MtlsPop.StandIns;

// The stand-ins, and the certificate that appsettings.json names. A service against Azure has none of this.
var network = new LoopbackNetwork(CertificateAuthority.Create());
await using var tokenService = await TokenService.StartAsync(network);
await using var graph = await Resource.StartAsync(network, "graph.microsoft.com");
Environment.CurrentDirectory = AppContext.BaseDirectory;
File.WriteAllBytes("orders.pfx", network.Authority.IssueClient("orders").Export(X509ContentType.Pfx, "loopback"));

var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Configuration.AddJsonFile(Path.GetFullPath("appsettings.json"));

builder.Services.AddDistributedMemoryCache(); // AddStackExchangeRedisCache, where there are replicas
builder.Services.AddMtlsPopTokenAcquirer(builder.Configuration.GetSection("MtlsPop"));
builder.Services.AddHttpClient("graph").AddMtlsPop(builder.Configuration.GetSection("Graph"));
builder.Services.AddHealthChecks().AddMtlsPopHealthCheck();

// And this leads to the stand-ins.
builder.Services.Configure<MtlsPopApplicationOptions>(options => options.Transport.ConfigureHandler = network.Configure);
builder.Services.Configure<MtlsPopOptions>("graph", options => options.Transport.ConfigureHandler = network.Configure);

using var host = builder.Build();
await host.StartAsync();
Console.WriteLine($"Warm: {tokenService.Seen.Count} token from {tokenService.Seen.Last().Host}");

var client = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("graph");
for (var request = 0; request < 3; request++)
{
    Console.WriteLine($"Graph says: {await client.GetStringAsync(new Uri("https://graph.microsoft.com/v1.0/applications"))}");
}

var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
Console.WriteLine($"Health: {health.Status}, after {tokenService.Seen.Count} token request");
await host.StopAsync();
return graph.Mismatches;
