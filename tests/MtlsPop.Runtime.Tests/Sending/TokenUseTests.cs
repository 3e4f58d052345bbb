using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Identity.Client;

namespace MtlsPop.Tests.Sending;

/// <summary>Which token a request gets.</summary>
public class TokenUseTests
{
    private const string Claims = """{"access_token":{}}""";

    [Fact]
    public async Task One_client_serves_many_tenants()
    {
        await using var world = await World.StartAsync();
        using var client = world.Client();

        foreach (var tenant in new[] { "fabrikam", "adatum", "fabrikam", null })
        {
            await client.SendAsync(Get(new() { TenantId = tenant }));
        }

        Assert.Equal(["fabrikam", "adatum", "contoso.onmicrosoft.com"], world.Sts.Seen.Select(request => request.Tenant));
        Assert.Equal(0, world.Resource.Mismatches);
    }

    [Fact]
    public async Task A_request_may_ask_for_a_scope_that_its_client_allows()
    {
        const string Other = "https://other.contoso.com/.default";
        await using var world = await World.StartAsync();
        using var client = world.Client(configure: options => options.AdditionalScopes.Add(Other));

        await client.SendAsync(Get(new() { Scope = Other }));
        await client.SendAsync(Get(new() { Scope = World.Scope }));

        Assert.Equal([Other, World.Scope], world.Sts.Seen.Select(request => request.Scope));
    }

    [Fact]
    public async Task No_other_scope_is_asked_for()
    {
        await using var world = await World.StartAsync();
        using var client = world.Client();

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.SendAsync(Get(new() { Scope = "https://evil.example/.default" })));

        Assert.Equal(MtlsPopError.ScopeNotAllowed, exception.Error);
        Assert.Empty(world.Sts.Seen);
    }

    [Fact]
    public async Task Claims_and_correlation_ID_of_a_request_reach_the_token_service_and_the_token_is_kept_for_the_claims()
    {
        await using var world = await World.StartAsync();
        var asked = new List<MtlsPopTokenRequest>();
        using var client = world.Client(Results.Acquirer(request => { asked.Add(request); return Results.Of(World.NewCertificate()); }));
        var id = Guid.NewGuid();

        await client.SendAsync(Get(new() { Claims = Claims, CorrelationId = id }));
        await client.SendAsync(Get(new() { Claims = Claims }));
        await client.GetAsync(World.Api);

        Assert.Equal([Claims, null], asked.Select(request => request.Claims));
        Assert.Equal(id, asked[0].CorrelationId);
    }

    public static TheoryData<string, Exception> Outages => new()
    {
        { "a server error", new MsalServiceException("server_error", "refused", 503) },
        { "throttling", new MsalServiceException("too_many", "refused", 429) },
        { "no connection", new HttpRequestException(HttpRequestError.ConnectionError) },
        { "a timeout", new TaskCanceledException() },
    };

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task A_token_is_used_to_its_end_while_the_token_service_is_out_of_reach(string what, Exception outage)
    {
        var clock = new ManualClock();
        var asked = 0;
        var tokens = new BoundTokenSource(
            Results.Acquirer(_ => asked++ == 0 ? Results.Of(World.NewCertificate(), expires: clock.GetUtcNow().AddMinutes(30)) : throw outage),
            clock,
            NullLogger.Instance);
        var request = new MtlsPopTokenRequest(World.Scope);
        var first = await tokens.GetAsync(request, default);
        clock.Advance(TimeSpan.FromMinutes(26));

        for (var i = 0; i < 50; i++)
        {
            Assert.Same(first, await tokens.GetAsync(request, default));
        }

        Assert.Equal(2, asked);
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Same(first, await tokens.GetAsync(request, default));
        Assert.Equal(3, asked);
        clock.Advance(TimeSpan.FromMinutes(4));
        await Assert.ThrowsAsync(outage.GetType(), async () => await tokens.GetAsync(request, default));
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task A_definite_refusal_by_the_token_service_is_not_passed_over()
    {
        var clock = new ManualClock();
        var asked = 0;
        var tokens = new BoundTokenSource(
            Results.Acquirer(_ => asked++ == 0
                ? Results.Of(World.NewCertificate(), expires: clock.GetUtcNow().AddMinutes(4))
                : throw new MsalServiceException("unauthorized_client", "refused", 400)),
            clock, NullLogger.Instance);
        var request = new MtlsPopTokenRequest(World.Scope);
        await tokens.GetAsync(request, default);

        await Assert.ThrowsAsync<MsalServiceException>(async () => await tokens.GetAsync(request, default));
    }

    [Fact]
    public async Task While_one_request_refreshes_the_others_go_on_with_what_is_there()
    {
        var answer = new TaskCompletionSource<AuthenticationResult>();
        var asked = 0;
        var tokens = new BoundTokenSource(
            MtlsPopTokenAcquirer.Create((_, _) => asked++ == 0
                ? Task.FromResult(Results.Of(World.NewCertificate(), expires: DateTimeOffset.UtcNow.AddMinutes(4))) : answer.Task),
            TimeProvider.System, NullLogger.Instance);
        var request = new MtlsPopTokenRequest(World.Scope);
        var first = await tokens.GetAsync(request, default);

        var refreshing = tokens.GetAsync(request, default);
        Assert.Same(first, await tokens.GetAsync(request, default));

        answer.SetResult(Results.Of(World.NewCertificate()));
        Assert.NotSame(first, await refreshing);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Tenants_that_only_ever_failed_are_forgotten_and_the_others_are_kept_within_bounds()
    {
        var acquirer = new TokenAcquirer(
            "test",
            (request, _) => request.TenantId!.StartsWith("none", StringComparison.Ordinal)
                ? throw new MsalServiceException("invalid_tenant", "refused", 400)
                : Task.FromResult(Results.Of(_certificate)),
            TimeProvider.System);
        for (var i = 0; i < 5000; i++)
        {
            await Record.ExceptionAsync(async () => await acquirer.AcquireAsync(new MtlsPopTokenRequest(World.Scope) { TenantId = $"none{i}" }));
        }

        Assert.Equal(0, acquirer.TrackCount);
        for (var i = 0; i < 5000; i++)
        {
            await acquirer.AcquireAsync(new MtlsPopTokenRequest(World.Scope) { TenantId = $"some{i}" });
        }

        Assert.InRange(acquirer.TrackCount, 512, 1024);
    }

    private static readonly System.Security.Cryptography.X509Certificates.X509Certificate2 _certificate = World.NewCertificate();

    private static HttpRequestMessage Get(MtlsPopRequestOptions options) => new HttpRequestMessage(HttpMethod.Get, World.Api).SetMtlsPop(options);
}
