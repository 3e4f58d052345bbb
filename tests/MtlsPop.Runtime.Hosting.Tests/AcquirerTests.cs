using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MtlsPop.StandIns;

namespace MtlsPop.HostingTests;

/// <summary>Acquirers in a host: by name, under the clients that take them, warm, and with a configuration that changes.</summary>
public class AcquirerTests
{
    private static readonly MtlsPopTokenRequest _request = new(World.Scope);

    [Fact]
    public async Task A_client_takes_the_programs_acquirer_and_both_come_from_configuration()
    {
        await using var world = await World.StartAsync();
        using var host = world.Host(
            world.Settings(null, ("Api:Scope", World.Scope), ("Api:AllowedHosts:0", World.ApiHost)),
            builder => builder.Services.AddHttpClient("api").AddMtlsPop(builder.Configuration.GetSection("Api")));
        await host.StartAsync();

        var answer = await host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api").GetStringAsync(World.Api);

        Assert.StartsWith("bound", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_without_arguments_takes_the_options_that_are_configured_under_its_name()
    {
        await using var world = await World.StartAsync();
        using var host = world.Host(world.Settings(), builder =>
        {
            builder.Services.Configure<MtlsPopOptions>("api", ForApi);
            builder.Services.AddHttpClient("api").AddMtlsPop();
        });
        await host.StartAsync();

        var answer = await host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api").GetStringAsync(World.Api);

        Assert.StartsWith("bound", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Named_acquirers_are_injected_by_their_names_and_share_nothing()
    {
        await using var world = await World.StartAsync();
        var (orders, payments) = (World.Issuer.IssueClient("orders"), World.Issuer.IssueClient("payments"));
        using var host = world.HostWith(builder =>
        {
            builder.Configuration.AddInMemoryCollection(
                Under("Payments", world.Settings(null, ("ClientId", "payments"), ("Certificate:File", world.Pfx(payments, "payments")))));
            builder.Configuration.AddInMemoryCollection(Under("Orders", world.Settings(orders)));
            builder.Services.AddMtlsPopTokenAcquirer("orders", builder.Configuration.GetSection("Orders"));
            builder.Services.AddMtlsPopTokenAcquirer("payments", builder.Configuration.GetSection("Payments"));
            builder.Services.AddHttpClient("api").AddMtlsPop("payments", ForApi);
        });
        await host.StartAsync();

        var token = await host.Services.GetRequiredKeyedService<IMtlsPopTokenAcquirer>("orders").AcquireAsync(_request);
        await host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api").GetStringAsync(World.Api);

        Assert.Equal(BoundJwt.HashOf(orders), BoundJwt.HashOf(token.BindingCertificate));
        Assert.Equal(BoundJwt.HashOf(payments), Assert.Single(world.Resource.Seen).CertificateSha256);
        Assert.Null(host.Services.GetService<IMtlsPopTokenAcquirer>());
    }

    [Fact]
    public async Task An_acquirer_of_the_programs_own_is_injected_like_the_others()
    {
        await using var world = await World.StartAsync();
        var own = MtlsPopTokenAcquirer.Create((_, _) => throw new InvalidOperationException("own"));
        using var host = world.HostWith(builder => builder.Services.AddMtlsPopTokenAcquirer(_ => own));
        await host.StartAsync();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.Services.GetRequiredService<IMtlsPopTokenAcquirer>().AcquireAsync(_request).AsTask());

        Assert.Equal("own", exception.Message);
    }

    [Theory]
    [InlineData("", "call AddMtlsPopTokenAcquirer without a name")]
    [InlineData("payments", "There is no acquirer 'payments'")]
    public async Task A_client_without_its_acquirer_stops_the_program_at_start(string acquirer, string reason)
    {
        await using var world = await World.StartAsync();
        using var host = world.HostWith(builder => builder.Services.AddHttpClient("api").AddMtlsPop(acquirer, ForApi));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_federation_comes_from_configuration_with_both_of_its_legs()
    {
        await using var world = await World.StartAsync();
        var certificate = World.Issuer.IssueClient("first");
        using var host = world.Host(new()
        {
            ["ClientId"] = "partner",
            ["Authority"] = World.Authority,
            ["FirstLeg:ClientId"] = "first",
            ["FirstLeg:Authority"] = World.Authority,
            ["FirstLeg:Certificate:File"] = world.Pfx(certificate),
            ["FirstLeg:Certificate:Password"] = "password",
        });
        await host.StartAsync();

        var token = await host.Services.GetRequiredService<IMtlsPopTokenAcquirer>().AcquireAsync(_request);

        Assert.Equal(BoundJwt.HashOf(certificate), BoundJwt.Parse(token.AccessToken).CertificateSha256);
        Assert.Equal(["first", "partner"], world.Sts.Seen.Select(request => request.Form["client_id"]));
        Assert.NotNull(world.Sts.Seen.Last().Assertion);
    }

    [Fact]
    public async Task Warm_up_has_the_tokens_there_before_the_first_request()
    {
        await using var world = await World.StartAsync();
        using var host = world.Host(world.Settings(null, ("WarmUpScopes:0", World.Scope)));

        await host.StartAsync();
        Assert.Single(world.Sts.Seen);
        await host.Services.GetRequiredService<IMtlsPopTokenAcquirer>().AcquireAsync(_request);

        Assert.Single(world.Sts.Seen);
    }

    [Fact]
    public async Task A_token_service_that_is_down_at_start_does_not_keep_the_program_from_starting()
    {
        await using var world = await World.StartAsync();
        world.Sts.Refuses = _ => new TokenRefusal(400, "temporarily_unavailable");
        using var host = world.Host(world.Settings(null, ("WarmUpScopes:0", World.Scope)));

        await host.StartAsync();

        Assert.Single(world.Log.All, line =>
            line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("temporarily_unavailable", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_configuration_is_taken_over()
    {
        await using var world = await World.StartAsync();
        using var host = world.Host(world.Settings());
        await host.StartAsync();
        var acquirer = host.Services.GetRequiredService<IMtlsPopTokenAcquirer>();
        await acquirer.AcquireAsync(_request);

        await ChangeAsync(host, "ClientId", "renamed");
        await acquirer.AcquireAsync(_request);

        Assert.Equal(["orders", "renamed"], world.Sts.Seen.Select(request => request.Form["client_id"]));
    }

    [Fact]
    public async Task A_changed_configuration_that_cannot_work_leaves_the_last_one_in_use()
    {
        await using var world = await World.StartAsync();
        using var host = world.Host(world.Settings());
        await host.StartAsync();
        var acquirer = host.Services.GetRequiredService<IMtlsPopTokenAcquirer>();

        await ChangeAsync(host, "Region", "east us");
        await acquirer.AcquireAsync(_request);

        Assert.Single(world.Sts.Seen);
        Assert.Single(world.Log.All, line =>
            line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("not the name of an Azure region", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_elsewhere_in_the_configuration_costs_no_token()
    {
        await using var world = await World.StartAsync();
        var settings = Under("MtlsPop", world.Settings());
        using var host = world.HostWith(builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Services.AddMtlsPopTokenAcquirer(builder.Configuration.GetSection("MtlsPop"));
        });
        await host.StartAsync();
        var acquirer = host.Services.GetRequiredService<IMtlsPopTokenAcquirer>();
        await acquirer.AcquireAsync(_request);

        await ChangeAsync(host, "Logging:LogLevel:Default", "Debug");
        await acquirer.AcquireAsync(_request);

        Assert.Single(world.Sts.Seen);
    }

    [Fact]
    public async Task Without_a_host_the_acquirer_is_made_when_it_is_first_used()
    {
        await using var world = await World.StartAsync();
        var services = new ServiceCollection();
        services.AddMtlsPopTokenAcquirer(new ConfigurationBuilder().AddInMemoryCollection(world.Settings()).Build());
        services.Configure<MtlsPopApplicationOptions>(options => world.OnLoopback(options.Transport));
        await using var provider = services.BuildServiceProvider();

        var token = await provider.GetRequiredService<IMtlsPopTokenAcquirer>().AcquireAsync(_request);

        Assert.Equal(World.Scope, BoundJwt.Parse(token.AccessToken).Audience);
    }

    private static void ForApi(MtlsPopOptions options)
    {
        options.Scope = World.Scope;
        options.AllowedHosts.Add(World.ApiHost);
    }

    private static Dictionary<string, string?> Under(string section, Dictionary<string, string?> settings) =>
        settings.ToDictionary(setting => $"{section}:{setting.Key}", setting => setting.Value);

    private static async Task ChangeAsync(IHost host, string key, string value)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration[key] = value;
        configuration.Reload();
        await host.Services.GetRequiredKeyedService<HostedAcquirer>("").Reloading;
    }
}
