using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client.AppConfig;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Hosting;

public class HostingTests
{
    [Fact]
    public async Task A_named_client_sends_bound_tokens()
    {
        await using var world = await World.StartAsync();
        await using var services = Services(builder => builder.AddMtlsPop(_ => Acquirer(world), Configure(world)));

        var answer = await Client(services).GetStringAsync(World.Api);

        Assert.StartsWith("bound", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_come_from_configuration()
    {
        await using var world = await World.StartAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Api:Scope"] = World.Scope,
            ["Api:TenantId"] = "fabrikam",
            ["Api:AllowedHosts:0"] = World.ApiHost,
            ["Api:Transport:MaxConnectionsPerServer"] = "3",
            ["Api:Retry:HandleClaimsChallenge"] = "false",
        }).Build();
        await using var services = Services(builder =>
            builder.AddMtlsPop(_ => Acquirer(world), configuration.GetSection("Api"), options => world.Transport(options.Transport)));

        await Client(services).GetStringAsync(World.Api);

        var options = services.GetRequiredService<IOptionsMonitor<MtlsPopOptions>>().Get("api");
        Assert.Equal(3, options.Transport.MaxConnectionsPerServer);
        Assert.False(options.Retry.HandleClaimsChallenge);
        Assert.Equal("fabrikam", Assert.Single(world.Sts.Seen).Tenant);
    }

    public static TheoryData<string, Action<MtlsPopOptions>> Unworkable => new()
    {
        { "no scope", options => options.Scope = null },
        { "two scopes", options => options.Scope = "https://a/.default https://b/.default" },
        { "no host", options => options.AllowedHosts.Clear() },
        { "a tenant that is none", options => options.TenantId = "common" },
        { "an additional scope that is two", options => options.AdditionalScopes.Add("https://a/.default https://b/.default") },
        { "any host", options => options.AllowedHosts.Add("*") },
        { "a whole top level", options => options.AllowedHosts.Add("*.com") },
        { "a URL for a host", options => options.AllowedHosts.Add("https://api.contoso.com") },
        { "no connection", options => options.Transport.MaxConnectionsPerServer = 0 },
        { "no certificate", options => options.Transport.MaxPooledBindings = 0 },
        { "eternal connections", options => options.Transport.PooledConnectionLifetime = Timeout.InfiniteTimeSpan },
        { "a negative size", options => options.Retry.MaxReplayContentBytes = -1 },
    };

    [Theory]
    [MemberData(nameof(Unworkable))]
    public async Task Options_that_cannot_work_stop_the_program_at_start(string what, Action<MtlsPopOptions> spoil)
    {
        await using var world = await World.StartAsync();
        using var host = HostWith(builder => builder.AddMtlsPop(_ => Acquirer(world), Configure(world) + spoil));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("'api'", exception.Message, StringComparison.Ordinal);
        Assert.Throws<OptionsValidationException>(() => world.Client(configure: spoil));
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task Options_for_all_clients_are_validated_as_well()
    {
        await using var world = await World.StartAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.ConfigureHttpClientDefaults(clients =>
            clients.AddMtlsPop(_ => Acquirer(world), options => { Configure(world)(options); options.AllowedHosts.Add("*"); }));
        using var host = builder.Build();

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("any"));
    }

    [Fact]
    public async Task All_clients_of_a_program_can_send_bound_tokens_to_the_hosts_that_are_allowed()
    {
        await using var world = await World.StartAsync();
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(clients => clients.AddMtlsPop(_ => Acquirer(world), Configure(world)));
        await using var provider = services.BuildServiceProvider();

        Assert.StartsWith("bound", await Client(provider, "any").GetStringAsync(World.Api), StringComparison.Ordinal);
        await Assert.ThrowsAsync<MtlsPopException>(() => Client(provider, "other").GetAsync("https://evil.com/"));
    }

    [Fact]
    public async Task An_acquirer_may_read_the_options_of_its_client()
    {
        await using var world = await World.StartAsync();
        using var host = HostWith(builder => builder.AddMtlsPop(
            services =>
            {
                Assert.Equal(World.Scope, services.GetRequiredService<IOptionsMonitor<MtlsPopOptions>>().Get("api").Scope);
                return Acquirer(world);
            },
            Configure(world)));

        await host.StartAsync();

        Assert.StartsWith("bound", await Client(host.Services).GetStringAsync(World.Api), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_acquirer_that_is_null_stops_the_program_at_start()
    {
        await using var world = await World.StartAsync();
        using var host = HostWith(builder => builder.AddMtlsPop(_ => null!, Configure(world)));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.Contains("'api'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_that_are_changed_after_they_were_validated_change_nothing()
    {
        await using var world = await World.StartAsync();
        await using var evil = await Resource.StartAsync(world.Network, "evil.com");
        var options = world.Options();
        using var client = MtlsPopHttpClient.Create(Acquirer(world), options);

        options.AllowedHosts.Add("evil.com");
        options.Transport.ConfigureHandler = null;

        Assert.StartsWith("bound", await client.GetStringAsync(World.Api), StringComparison.Ordinal);
        await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync("https://evil.com/"));
    }

    [Theory]
    [InlineData("AllowedHosts:0", "*")]
    [InlineData("Transport:MaxConnectionsPerServer", "0")]
    [InlineData("Transport:MaxConnectionsPerServer", "not a number")]
    public async Task A_reload_that_cannot_work_is_logged_and_the_last_good_options_stay(string key, string value)
    {
        await using var world = await World.StartAsync();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Scope"] = World.Scope, ["AllowedHosts:0"] = World.ApiHost })
            .Build();
        var log = new List<string>();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(new ListLogger(log)));
        services.AddHttpClient("api").AddMtlsPop(_ => Acquirer(world), configuration, options => world.Transport(options.Transport));
        await using var provider = services.BuildServiceProvider();
        var client = Client(provider);
        await client.GetStringAsync(World.Api);

        configuration[key] = value;
        configuration.Reload();

        Assert.StartsWith("bound", await client.GetStringAsync(World.Api), StringComparison.Ordinal);
        await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync("https://evil.com/"));
        Assert.Contains(log, line => line.StartsWith("Error: The changed options of the client 'api'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resilience_goes_around_it_and_each_attempt_is_bound_anew()
    {
        await using var world = await World.StartAsync();
        var attempts = 0;
        world.Resource.Intercepts = (context, _) =>
        {
            context.Response.StatusCode = ++attempts < 3 ? 503 : 200;
            return Task.FromResult(true);
        };
        await using var services = Services(builder =>
        {
            builder.AddStandardResilienceHandler(options => options.Retry.Delay = TimeSpan.FromMilliseconds(1));
            builder.AddMtlsPop(_ => Results.Acquirer(_ => Results.Of(World.NewCertificate(), expires: DateTimeOffset.UtcNow.AddMinutes(1))), Configure(world));
        });

        using var response = await Client(services).GetAsync(World.Api);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, world.Resource.Seen.Count);
        Assert.Equal(0, world.Resource.Mismatches);
    }

#if !KEY_ATTESTATION_PACKAGE
    [Fact]
    public async Task A_missing_attestation_package_stops_the_program_at_start()
    {
        await using var world = await World.StartAsync();
        using var host = HostWith(builder => builder.AddMtlsPop(
            _ => MtlsPopTokenAcquirer.Create(MtlsPopApplication.ManagedIdentity(ManagedIdentityId.SystemAssigned)), Configure(world)));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => host.StartAsync());

        Assert.Equal(MtlsPopError.AttestationUnavailable, exception.Error);
    }
#endif

    [Fact]
    public async Task Adding_it_twice_is_an_error()
    {
        await using var world = await World.StartAsync();

        Assert.Throws<InvalidOperationException>(() => Services(builder =>
            builder.AddMtlsPop(_ => Acquirer(world), Configure(world)).AddMtlsPop(_ => Acquirer(world), Configure(world))));
    }

    [Fact]
    public async Task A_primary_handler_put_in_its_place_sends_nothing()
    {
        await using var world = await World.StartAsync();
        await using var services = Services(builder => builder.AddMtlsPop(_ => Acquirer(world), Configure(world))
            .ConfigurePrimaryHttpMessageHandler(() =>
            {
                var unbound = new SocketsHttpHandler();
                world.Network.Configure(unbound);
                return unbound;
            }));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => Client(services).GetAsync(World.Api));

        Assert.Equal(MtlsPopError.UnsafeTransport, exception.Error);
        Assert.Equal(0, world.Resource.Server.Handshakes);
        Assert.Empty(world.Sts.Seen);
    }

    [Fact]
    public async Task Each_attempt_of_a_retry_handler_around_it_is_bound_anew()
    {
        await using var world = await World.StartAsync();
        var attempts = 0;
        world.Resource.Intercepts = (context, _) =>
        {
            context.Response.StatusCode = ++attempts < 3 ? 503 : 200;
            return Task.FromResult(true);
        };
        await using var services = Services(builder => builder
            .AddHttpMessageHandler(() => new RetryThreeTimes())
            .AddMtlsPop(_ => Results.Acquirer(_ => Results.Of(World.NewCertificate(), expires: DateTimeOffset.UtcNow.AddMinutes(1))), Configure(world)));

        using var response = await Client(services).GetAsync(World.Api);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, world.Resource.Seen.Select(request => request.CertificateSha256).Distinct().Count());
        Assert.Equal(0, world.Resource.Mismatches);
    }

    [Fact]
    public async Task Two_clients_of_one_program_have_nothing_in_common()
    {
        await using var world = await World.StartAsync();
        var (first, second) = (World.NewCertificate(), World.NewCertificate());
        await using var services = Services(
            builder => builder.AddMtlsPop(_ => MtlsPopTokenAcquirer.Create(world.App(first)), Configure(world)),
            builder => builder.AddMtlsPop(_ => MtlsPopTokenAcquirer.Create(world.App(second)), options =>
            {
                options.TenantId = "other";
                Configure(world)(options);
            }));

        Assert.Equal($"bound to {BoundJwt.HashOf(first)}", await Client(services).GetStringAsync(World.Api));
        Assert.Equal($"bound to {BoundJwt.HashOf(second)}", await Client(services, "second").GetStringAsync(World.Api));
        Assert.Equal(["contoso.onmicrosoft.com", "other"], world.Sts.Seen.Select(request => request.Tenant));
    }

    [Fact]
    public async Task Changed_options_apply_to_the_next_request()
    {
        await using var world = await World.StartAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Scope"] = World.Scope,
            ["AllowedHosts:0"] = World.ApiHost,
        }).Build();
        await using var services = Services(builder =>
            builder.AddMtlsPop(_ => Acquirer(world), configuration, options => world.Transport(options.Transport)));
        var client = Client(services);
        await client.GetStringAsync(World.Api);

        configuration["AllowedHosts:0"] = "elsewhere.contoso.com";
        configuration.Reload();

        await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api));
    }

    [Fact]
    public async Task Connections_survive_the_factorys_change_of_handlers_and_end_with_the_program()
    {
        await using var world = await World.StartAsync();
        var services = Services(builder => builder.AddMtlsPop(_ => Acquirer(world), Configure(world)));
        await Client(services).GetStringAsync(World.Api);
        new MtlsPopPrimaryHandler(services.GetRequiredKeyedService<BoundClient>("api")).Dispose(); // as the factory does with one that it has replaced

        await Client(services).GetStringAsync(World.Api);
        Assert.Equal(1, world.Resource.Server.Handshakes);

        var client = Client(services);
        await services.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetAsync(World.Api));
    }

    private static Action<MtlsPopOptions> Configure(World world) => options =>
    {
        options.Scope = World.Scope;
        options.AllowedHosts.Add(World.ApiHost);
        world.Transport(options.Transport);
    };

    private static IMtlsPopTokenAcquirer Acquirer(World world) => MtlsPopTokenAcquirer.Create(world.App());

    private static HttpClient Client(IServiceProvider services, string name = "api") =>
        services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    private static ServiceProvider Services(Action<IHttpClientBuilder> configure, Action<IHttpClientBuilder>? configureSecond = null)
    {
        var services = new ServiceCollection();
        configure(services.AddHttpClient("api"));
        configureSecond?.Invoke(services.AddHttpClient("second"));
        return services.BuildServiceProvider();
    }

    private static IHost HostWith(Action<IHttpClientBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        configure(builder.Services.AddHttpClient("api"));
        return builder.Build();
    }

    private sealed class RetryThreeTimes : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            for (var attempt = 1; attempt < 3 && response.StatusCode == HttpStatusCode.ServiceUnavailable; attempt++)
            {
                response = await base.SendAsync(request, cancellationToken);
            }

            return response;
        }
    }

    private sealed class ListLogger(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
