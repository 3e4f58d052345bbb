using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Federation;

public class FederationTests
{
    private const string ExchangeScope = "api://AzureADTokenExchange/.default";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_confidential_client_is_the_first_leg_of_a_bound_or_a_bearer_token(bool bound)
    {
        await using var world = await World.StartAsync();
        var certificate = World.NewCertificate();

        await AssertExchangesAsync(world, SecondLeg(world).WithBoundClientAssertion(world.App(certificate)), bound);

        Assert.All(world.Sts.Seen, request => Assert.Equal(BoundJwt.HashOf(certificate), request.CertificateSha256));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_managed_identity_is_the_first_leg_of_a_bound_or_a_bearer_token(bool bound)
    {
        await using var world = await World.StartAsync();
        await using var metadata = await InstanceMetadata.StartAsync(world.Network);
        var identity = MtlsPopApplication.ManagedIdentity(
            ManagedIdentityId.WithUserAssignedClientId(Guid.NewGuid().ToString()),
            new() { HttpClientFactory = world.Http });
        var acquirer = MtlsPopTokenAcquirer.Create((request, cancelled) =>
            KeyGuardStandIn.Bind(identity.AcquireTokenForManagedIdentity(request.Scope)).ExecuteAsync(cancelled));

        await AssertExchangesAsync(world, SecondLeg(world).WithBoundClientAssertion(acquirer), bound);
    }

    [Fact]
    public void A_managed_identity_cannot_be_the_second_leg() =>
        Assert.All(
            typeof(BoundAssertionExtensions).GetMethods().Where(method => method.IsStatic),
            method => Assert.Equal(typeof(ConfidentialClientApplicationBuilder), method.GetParameters()[0].ParameterType));

    [Fact]
    public async Task The_first_leg_is_remembered_until_it_is_due_for_refresh()
    {
        await using var world = await World.StartAsync();
        var clock = new ManualClock();
        var asked = 0;
        var certificate = World.NewCertificate();
        var firstLeg = new FirstLeg(
            Results.Acquirer(_ => { asked++; return Results.Of(certificate, expires: clock.GetUtcNow().AddMinutes(30), scope: ExchangeScope); }), null, clock);
        var app = SecondLeg(world).WithClientAssertion(firstLeg.GetAssertionAsync).Build();

        await app.AcquireMtlsPopTokenAsync([World.Scope]);
        await app.AcquireMtlsPopTokenAsync([World.Scope]);
        await app.AcquireMtlsPopTokenAsync(["https://other.contoso.com/.default"]);
        Assert.Equal(1, asked);

        clock.Advance(TimeSpan.FromMinutes(26));
        await app.AcquireMtlsPopTokenAsync(["https://third.contoso.com/.default"]);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Assertion_and_certificate_come_from_one_first_leg_even_if_it_is_renewed_between_MSALs_two_questions()
    {
        await using var world = await World.StartAsync();
        var asked = 0;

        // Due for refresh as soon as it is there, and with another certificate each time.
        var acquirer = Results.Acquirer(_ =>
        {
            asked++;
            return Results.Of(World.NewCertificate(), expires: DateTimeOffset.UtcNow.AddMinutes(4), scope: ExchangeScope);
        });
        var app = SecondLeg(world).WithBoundClientAssertion(acquirer).Build();

        var result = await app.AcquireTokenForClient([World.Scope]).WithMtlsProofOfPossession().ExecuteAsync();

        var exchange = Assert.Single(world.Sts.Seen);
        Assert.Equal(exchange.CertificateSha256, BoundJwt.Parse(exchange.Assertion!).CertificateSha256);
        Assert.Equal(exchange.CertificateSha256, BoundJwt.HashOf(result.BindingCertificate));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_request_is_answered_alike_twice_although_another_one_renewed_the_first_leg_in_between()
    {
        var clock = new ManualClock();
        var acquirer = Results.Acquirer(_ => Results.Of(World.NewCertificate(), expires: clock.GetUtcNow().AddHours(1), scope: ExchangeScope));
        var firstLeg = new FirstLeg(acquirer, ExchangeScope, clock);
        Task<ClientSignedAssertion> AskAsync(Guid request, string? claims = null) =>
            firstLeg.GetAssertionAsync(new AssertionRequestOptions { CorrelationId = request, Claims = claims }, TestContext.Current.CancellationToken);
        var request = Guid.NewGuid();

        var first = await AskAsync(request);
        var renewed = await AskAsync(Guid.NewGuid(), claims: "{}");

        Assert.NotSame(first, renewed);
        Assert.Same(first, await AskAsync(request));
        Assert.Same(renewed, await AskAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task Claims_reach_both_legs()
    {
        await using var world = await World.StartAsync();
        const string Claims = """{"access_token":{"nbf":{"essential":true}}}""";
        var app = SecondLeg(world).WithBoundClientAssertion(world.App()).Build();
        await app.AcquireMtlsPopTokenAsync([World.Scope]);

        await app.AcquireMtlsPopTokenAsync(new MtlsPopTokenRequest(World.Scope) { Claims = Claims });

        Assert.Equal([null, null, Claims, Claims], world.Sts.Seen.Select(request => request.Claims));
        Assert.Equal([null, "leg2", null, "leg2"], world.Sts.Seen.Select(request => request.Assertion is null ? null : request.Form["client_id"]));
    }

    [Fact]
    public async Task A_refused_assertion_is_acquired_anew_once()
    {
        await using var world = await World.StartAsync();
        var app = SecondLeg(world).WithBoundClientAssertion(world.App()).Build();
        string? refused = null;
        world.Sts.Refuses = request =>
            request.Assertion is { } assertion && (refused ??= assertion) == assertion ? new TokenRefusal(401, "invalid_client") : null;

        var result = await app.AcquireMtlsPopTokenAsync([World.Scope]);

        Assert.NotNull(result.RequireBinding());
        Assert.Equal(2, world.Sts.Seen.Count(request => request.Assertion is null));
        Assert.Equal(2, world.Sts.Seen.Count(request => request.Assertion is not null));
    }

    [Fact]
    public async Task Refusals_in_a_batch_with_one_correlation_ID_are_each_recovered_from()
    {
        await using var world = await World.StartAsync();
        var app = SecondLeg(world).WithBoundClientAssertion(world.App()).Build();
        var id = Guid.NewGuid();
        string? latest = null;
        world.Sts.Refuses = request =>
            request.Assertion is { } assertion && (latest ??= assertion) == assertion ? new TokenRefusal(401, "invalid_client") : null;

        for (var i = 0; i < 4; i++)
        {
            latest = null; // the assertion that is at hand is refused from now on
            Assert.NotNull(await app.AcquireMtlsPopTokenAsync(new MtlsPopTokenRequest($"https://{i}.contoso.com/.default") { CorrelationId = id }));
        }

        Assert.Equal(8, world.Sts.Seen.Count(request => request.Assertion is not null));
    }

    [Fact]
    public async Task What_was_refused_is_not_given_again_to_the_rest_of_a_batch_with_one_correlation_ID()
    {
        await using var world = await World.StartAsync();
        var app = SecondLeg(world).WithBoundClientAssertion(world.App()).Build();
        var id = Guid.NewGuid();
        string? refused = null;
        world.Sts.Refuses = request =>
            request.Assertion is { } assertion && (refused ??= assertion) == assertion ? new TokenRefusal(401, "invalid_client") : null;

        for (var i = 0; i < 4; i++)
        {
            await app.AcquireMtlsPopTokenAsync(new MtlsPopTokenRequest($"https://{i}.contoso.com/.default") { CorrelationId = id });
        }

        Assert.Equal([refused], world.Sts.Seen.Select(request => request.Assertion).Where(assertion => assertion == refused));
    }

    [Fact]
    public async Task An_assertion_that_stays_refused_is_not_acquired_in_a_loop()
    {
        await using var world = await World.StartAsync();
        var app = SecondLeg(world).WithBoundClientAssertion(world.App()).Build();
        world.Sts.Refuses = request => request.Assertion is null ? null : new TokenRefusal(401, "invalid_client");

        await Assert.ThrowsAsync<MsalServiceException>(() => app.AcquireMtlsPopTokenAsync([World.Scope]));

        Assert.Equal(4, world.Sts.Seen.Count);
    }

    [Fact]
    public async Task An_unbound_first_leg_never_becomes_an_assertion()
    {
        await using var world = await World.StartAsync();
        var app = SecondLeg(world).WithBoundClientAssertion(Results.Acquirer(_ => Results.Of(World.NewCertificate(), "Bearer"))).Build();

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => app.AcquireTokenForClient([World.Scope]).ExecuteAsync());

        Assert.Equal(MtlsPopError.TokenTypeMismatch, exception.Error);
        Assert.Empty(world.Sts.Seen);
    }

    [Fact]
    public async Task A_thousand_callers_of_two_cold_legs_make_one_request_for_each_leg()
    {
        await using var world = await World.StartAsync();
        var answer = new TaskCompletionSource();
        world.Sts.Delay = _ => answer.Task;
        var app = SecondLeg(world).WithBoundClientAssertion(world.App()).Build();

        var asked = await Concurrent.StartAsync(1000, () => app.AcquireMtlsPopTokenAsync([World.Scope]));
        answer.SetResult();
        await Task.WhenAll(asked);

        Assert.Equal(2, world.Sts.Seen.Count);
    }

    private static ConfidentialClientApplicationBuilder SecondLeg(World world) =>
        ConfidentialClientApplicationBuilder.Create("leg2").WithAuthority(World.TenantAuthority).WithHttpClientFactory(world.Http);

    private static async Task AssertExchangesAsync(World world, ConfidentialClientApplicationBuilder builder, bool bound)
    {
        var app = builder.Build();

        var result = bound
            ? await app.AcquireMtlsPopTokenAsync([World.Scope])
            : await app.AcquireTokenForClient([World.Scope]).ExecuteAsync();

        Assert.Equal(2, world.Sts.Seen.Count);
        var (first, second) = (world.Sts.Seen.First(), world.Sts.Seen.Last());
        Assert.Equal(ExchangeScope, first.Scope);
        Assert.True(first.IsBound);
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-pop", second.Form["client_assertion_type"]);
        Assert.Equal(first.CertificateSha256, second.CertificateSha256);
        Assert.Equal(bound, second.IsBound);
        Assert.Equal(bound ? "mtls_pop" : "Bearer", result.TokenType);
        if (bound)
        {
            Assert.Equal(first.CertificateSha256, BoundJwt.HashOf(result.RequireBinding()));
        }
    }
}
