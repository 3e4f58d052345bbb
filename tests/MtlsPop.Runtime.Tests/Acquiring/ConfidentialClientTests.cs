using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Identity.Client;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Acquiring;

public class ConfidentialClientTests
{
    [Fact]
    public async Task The_result_is_bound_to_the_applications_certificate()
    {
        await using var world = await World.StartAsync();
        var certificate = World.NewCertificate();

        var result = await world.App(certificate).AcquireMtlsPopTokenAsync([World.Scope]);

        Assert.Same(certificate, result.RequireBinding());
        Assert.Equal(BoundJwt.HashOf(certificate), BoundJwt.Parse(result.AccessToken).CertificateSha256);
        Assert.Equal(BoundJwt.HashOf(certificate), Assert.Single(world.Sts.Seen).CertificateSha256);
    }

    [Fact]
    public async Task The_second_token_comes_from_the_cache()
    {
        await using var world = await World.StartAsync();
        var app = world.App();
        await app.AcquireMtlsPopTokenAsync([World.Scope]);

        var result = await app.AcquireMtlsPopTokenAsync([World.Scope]);

        Assert.Equal(TokenSource.Cache, result.AuthenticationResultMetadata.TokenSource);
        Assert.Single(world.Sts.Seen);
    }

    [Fact]
    public async Task A_request_may_name_another_tenant()
    {
        await using var world = await World.StartAsync();

        await world.App().AcquireMtlsPopTokenAsync(new MtlsPopTokenRequest(World.Scope) { TenantId = "fabrikam.onmicrosoft.com" });

        Assert.Equal("fabrikam.onmicrosoft.com", Assert.Single(world.Sts.Seen).Tenant);
    }

    [Fact]
    public async Task Claims_reach_the_token_service_and_the_token_takes_the_place_of_the_cached_one()
    {
        await using var world = await World.StartAsync();
        var app = world.App();
        await app.AcquireMtlsPopTokenAsync([World.Scope]);

        var demanded = await app.AcquireMtlsPopTokenAsync(new MtlsPopTokenRequest(World.Scope) { Claims = """{"access_token":{}}""" });
        var next = await app.AcquireMtlsPopTokenAsync([World.Scope]);

        Assert.Equal("""{"access_token":{}}""", world.Sts.Seen.Last().Claims);
        Assert.Equal(demanded.AccessToken, next.AccessToken);
        Assert.Equal(2, world.Sts.Seen.Count);
    }

    [Fact]
    public async Task A_forced_refresh_passes_the_cache_by()
    {
        await using var world = await World.StartAsync();
        var app = world.App();
        var first = await app.AcquireMtlsPopTokenAsync([World.Scope]);

        var second = await app.AcquireMtlsPopTokenAsync(new MtlsPopTokenRequest(World.Scope) { ForceRefresh = true });

        Assert.NotEqual(first.AccessToken, second.AccessToken);
    }

    [Fact]
    public async Task The_callers_correlation_id_is_kept()
    {
        await using var world = await World.StartAsync();
        var id = Guid.NewGuid();

        var result = await world.App().AcquireMtlsPopTokenAsync(new MtlsPopTokenRequest(World.Scope) { CorrelationId = id });

        Assert.Equal(id, result.CorrelationId);
    }

    [Fact]
    public async Task A_renewed_certificate_is_used_from_the_next_request_on()
    {
        await using var world = await World.StartAsync();
        var certificate = World.NewCertificate();
        var app = world.App(() => certificate);
        await app.AcquireMtlsPopTokenAsync([World.Scope]);

        certificate = World.NewCertificate();
        var result = await app.AcquireMtlsPopTokenAsync([World.Scope]);

        Assert.Same(certificate, result.BindingCertificate);
        Assert.Equal(BoundJwt.HashOf(certificate), BoundJwt.Parse(result.AccessToken).CertificateSha256);
    }

    [Fact]
    public async Task A_downgrade_by_the_token_service_is_an_error()
    {
        await using var world = await World.StartAsync();
        world.Sts.TokenType = "Bearer";

        var exception = await Assert.ThrowsAsync<MsalClientException>(() => world.App().AcquireMtlsPopTokenAsync([World.Scope]));

        Assert.Equal("token_type_mismatch", exception.ErrorCode);
    }

    [Fact]
    public async Task A_downgrade_by_any_other_source_is_an_error_too()
    {
        var acquirer = Results.Acquirer(_ => Results.Of(World.NewCertificate(), "Bearer"));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(async () => await acquirer.AcquireAsync(new MtlsPopTokenRequest(World.Scope)));

        Assert.Equal(MtlsPopError.TokenTypeMismatch, exception.Error);
    }

    [Fact]
    public async Task A_refused_client_is_acquired_once_more()
    {
        await using var world = await World.StartAsync();
        world.Sts.Refuses = _ => world.Sts.Seen.Count == 1 ? new TokenRefusal(401, "invalid_client") : null;

        var result = await world.App().AcquireMtlsPopTokenAsync([World.Scope]);

        Assert.NotNull(result.RequireBinding());
        Assert.Equal(2, world.Sts.Seen.Count);
    }

    [Fact]
    public async Task A_client_that_stays_refused_is_not_acquired_in_a_loop()
    {
        await using var world = await World.StartAsync();
        world.Sts.Refuses = _ => new TokenRefusal(401, "invalid_client");

        var exception = await Assert.ThrowsAsync<MsalServiceException>(() => world.App().AcquireMtlsPopTokenAsync([World.Scope]));

        Assert.Equal("invalid_client", exception.ErrorCode);
        Assert.Equal(2, world.Sts.Seen.Count);
    }

    [Fact]
    public async Task A_tls_failure_at_the_token_service_is_tried_once_more()
    {
        await using var world = await World.StartAsync();
        var refusals = 0;
        world.Sts.Server.Trusts = _ => Interlocked.Increment(ref refusals) > 1;

        Assert.NotNull(await world.App().AcquireMtlsPopTokenAsync([World.Scope]));
    }

    public static TheoryData<string, HttpRequestException, int> ConnectionFailures => new()
    {
        { "nobody listens", new(HttpRequestError.ConnectionError, null, new SocketException((int)SocketError.ConnectionRefused)), 1 },
        { "no such name", new(HttpRequestError.NameResolutionError, null, new SocketException((int)SocketError.HostNotFound)), 1 },
        { "an alert", new(HttpRequestError.SecureConnectionError, null, new AuthenticationException("", new IOException())), 2 },
    };

    [Theory]
    [MemberData(nameof(ConnectionFailures))]
    public async Task Only_a_failure_of_TLS_is_a_reason_to_acquire_once_more(string what, HttpRequestException failure, int requests)
    {
        var asked = 0;
        var acquirer = Results.Acquirer(_ => { asked++; throw failure; });

        await Assert.ThrowsAsync<HttpRequestException>(async () => await acquirer.AcquireAsync(new MtlsPopTokenRequest(World.Scope)));

        Assert.Equal(requests, asked);
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task Retries_of_server_errors_are_left_to_MSAL()
    {
        await using var world = await World.StartAsync();
        world.Sts.Refuses = _ => new TokenRefusal(503, "temporarily_unavailable");

        await Assert.ThrowsAsync<MsalServiceException>(() => world.App().AcquireMtlsPopTokenAsync([World.Scope]));

        Assert.Equal(2, world.Sts.Seen.Count);
    }

    [Fact]
    public async Task A_cached_token_outlives_an_outage_of_the_token_service()
    {
        await using var world = await World.StartAsync();
        world.Sts.RefreshIn = 1;
        var app = world.App();
        var before = await app.AcquireMtlsPopTokenAsync([World.Scope]);
        world.Sts.Refuses = _ => new TokenRefusal(503, "temporarily_unavailable");

        var during = await app.AcquireMtlsPopTokenAsync([World.Scope]);

        Assert.Equal(before.AccessToken, during.AccessToken);
    }

    [Fact]
    public async Task A_throttled_client_gets_MSALs_error()
    {
        await using var world = await World.StartAsync();
        world.Sts.Refuses = _ => new TokenRefusal(429, "too_many_requests");

        var exception = await Assert.ThrowsAnyAsync<MsalServiceException>(() => world.App(clientId: "throttled").AcquireMtlsPopTokenAsync([World.Scope]));

        Assert.Equal(429, exception.StatusCode);
        Assert.Single(world.Sts.Seen);
    }
}
