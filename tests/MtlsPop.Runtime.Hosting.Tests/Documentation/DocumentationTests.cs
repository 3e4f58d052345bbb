using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MtlsPop.StandIns;
using OpenTelemetry.Metrics;

namespace MtlsPop.HostingTests.Documentation;

public class DocumentationTests
{
    [Theory]
    [InlineData("runtime-hosting.md", 5)]
    [InlineData("MtlsPop.Runtime.Azure.md", 1)]
    [InlineData("MtlsPop.Runtime.Hosting.md", 1)]
    [InlineData("MtlsPop.Runtime.OpenTelemetry.md", 1)]
    public void Each_snippet_is_compiled(string page, int snippets)
    {
        var guide = Page(page);

        Assert.Equal(snippets, guide.Count);
        Assert.Empty(guide.NotIn(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Snippets.cs"))));
    }

    [Theory]
    [InlineData("runtime-hosting.md")]
    [InlineData("MtlsPop.Runtime.Hosting.md")]
    public async Task The_host_of_a_page_works_with_its_settings(string page)
    {
        await using var world = await World.StartAsync();
        await using var graph = await Resource.StartAsync(world.Network, "graph.microsoft.com");
        var certificate = World.Issuer.IssueClient("orders.contoso.com");
        using var stored = new Stored(certificate);
        using var host = world.HostWith(builder =>
        {
            builder.Configuration.AddJsonStream(Page(page).Settings[0]);
            Snippets.AHost(builder);
            Snippets.Telemetry(builder);
        });
        host.Services.GetRequiredService<MeterProvider>();

        await host.StartAsync();
        var client = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("graph");
        var answer = await client.GetStringAsync(new Uri("https://graph.microsoft.com/v1.0/applications"));
        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal($"bound to {BoundJwt.HashOf(certificate)}", answer);
        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.Equal("client-id", Assert.Single(world.Sts.Seen).Form["client_id"]);
    }

    [Fact]
    public async Task The_guides_named_acquirer_takes_its_certificate_from_the_callback()
    {
        await using var world = await World.StartAsync();
        using var host = world.HostWith(builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Payments:ClientId"] = "payments",
                ["Payments:Authority"] = World.Authority,
                ["Bank:Scope"] = World.Scope,
                ["Bank:AllowedHosts:0"] = World.ApiHost,
            });
            Snippets.SeveralAcquirers(builder);
        });

        await host.StartAsync();
        var client = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("bank");

        Assert.Equal($"bound to {BoundJwt.HashOf(Snippets.Certificate)}", await client.GetStringAsync(World.Api));
    }

    private static Guide Page(string name) => new(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name)));
}
