using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Documentation;

public class DocumentationTests
{
    private static readonly Guide _guide = new(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "runtime.md")));

    [Fact]
    public void Each_snippet_of_the_guide_is_compiled()
    {
        Assert.Equal(6, _guide.Count);
        Assert.Empty(_guide.NotIn(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Snippets.cs"))));
    }

    [Fact]
    public async Task The_guides_host_with_the_guides_settings_sends_for_each_tenant_that_a_request_names()
    {
        await using var world = await World.StartAsync();
        await using var graph = await Resource.StartAsync(world.Network, "graph.microsoft.com");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddJsonStream(_guide.Settings[0]);
        Snippets.AHost(builder, world.App());
        builder.Services.Configure<MtlsPopOptions>("graph", options => world.Transport(options.Transport)); // to loopback
        using var host = builder.Build();
        await host.StartAsync();
        var client = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("graph");

        await client.GetStringAsync("https://graph.microsoft.com/v1.0/applications");
        await Snippets.ManyTenantsAsync(client, TestContext.Current.CancellationToken);

        Assert.Equal(["contoso.onmicrosoft.com", "fabrikam.onmicrosoft.com"], world.Sts.Seen.Select(request => request.Tenant));
        Assert.Equal((2, 0), (graph.Seen.Count, graph.Mismatches));
    }
}
