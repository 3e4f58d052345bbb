using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Sending;

public class TlsFaultTests
{
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_certificate_that_the_server_refuses_is_replaced_by_the_one_that_is_acquired_anew(SslProtocols version)
    {
        await using var world = await World.StartAsync(tls => tls with { Versions = version });
        var (refused, accepted) = (World.NewCertificate(), World.NewCertificate());
        world.Resource.Server.Trusts = certificate => certificate.Thumbprint != refused.Thumbprint;
        using var client = world.Client(Results.Acquirer(request => Results.Of(request.ForceRefresh ? accepted : refused)));

        Assert.Equal($"bound to {BoundJwt.HashOf(accepted)}", await client.GetStringAsync(World.Api));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_certificate_that_stays_refused_is_acquired_anew_once(SslProtocols version)
    {
        await using var world = await World.StartAsync(tls => tls with { Versions = version });
        world.Resource.Server.Trusts = _ => false;
        var asked = new List<MtlsPopTokenRequest>();
        using var client = world.Client(Results.Acquirer(request => { asked.Add(request); return Results.Of(World.NewCertificate()); }));

        await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync(World.Api));

        Assert.Equal([false, true], asked.Select(request => request.ForceRefresh));
        Assert.Empty(world.Resource.Seen);
    }

    [Fact]
    public async Task An_alert_of_the_server_is_named_as_what_it_is()
    {
        await using var world = await World.StartAsync();
        using var alerting = new AlertingServer(world.Network);
        using var client = world.Client(Results.Acquirer(_ => Results.Of(World.NewCertificate())));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api));

        Assert.Equal(MtlsPopError.CertificateRejected, exception.Error);
        Assert.IsType<HttpRequestException>(exception.InnerException);
        Assert.Equal(2, alerting.Connections);
    }

    [Fact]
    public async Task A_server_that_breaks_off_the_handshake_is_tried_with_what_is_acquired_anew()
    {
        await using var world = await World.StartAsync();
        using var resetting = new ResettingServer(world.Network);
        var forced = 0;
        using var client = world.Client(Results.Acquirer(request => { forced += request.ForceRefresh ? 1 : 0; return Results.Of(World.NewCertificate()); }));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(World.Api));

        Assert.Equal(1, forced);
    }

    [Fact]
    public async Task The_same_certificate_is_not_tried_twice()
    {
        await using var world = await World.StartAsync();
        world.Resource.Server.Trusts = _ => false;
        var certificate = World.NewCertificate();
        var attempts = 0;
        using var client = World.Client(world.Owner(Results.Acquirer(_ => Results.Of(certificate))), new Between(_ => attempts++));

        await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync(World.Api));

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task One_certificate_is_acquired_anew_once_within_the_cooldown_however_many_requests_fail()
    {
        await using var world = await World.StartAsync();
        world.Resource.Server.Trusts = _ => false;
        var forced = 0;
        var certificate = World.NewCertificate();
        var clock = new ManualClock();
        var acquirer = Results.Acquirer(request => { forced += request.ForceRefresh ? 1 : 0; return Results.Of(certificate); });
        using var client = World.Client(world.Owner(acquirer, clock));

        for (var i = 0; i < 20; i++)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync(World.Api));
        }

        Assert.Equal(1, forced);

        clock.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync(World.Api));
        Assert.Equal(2, forced);
    }

    [Fact]
    public async Task Requests_that_fail_together_share_one_new_acquisition_and_all_succeed()
    {
        await using var world = await World.StartAsync();
        var (refused, accepted) = (World.NewCertificate(), World.NewCertificate());
        var (refusals, forced) = (0, 0);
        var (allSent, allRefused) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Resource.Server.Trusts = certificate =>
        {
            if (certificate.Thumbprint != refused.Thumbprint)
            {
                return true;
            }

            if (Interlocked.Increment(ref refusals) == 16)
            {
                allRefused.SetResult();
            }

            return false;
        };
        using var client = world.Client(MtlsPopTokenAcquirer.Create(async (request, _) =>
        {
            if (!request.ForceRefresh)
            {
                await allSent.Task;
                return Results.Of(refused);
            }

            Interlocked.Increment(ref forced);
            await allRefused.Task;
            return Results.Of(accepted);
        }));

        var sent = await Concurrent.StartAsync(16, () => client.GetStringAsync(World.Api));
        allSent.SetResult();
        await Task.WhenAll(sent);

        Assert.Equal(1, forced);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_no_fault_of_the_certificate()
    {
        await using var world = await World.StartAsync();
        world.Network.Add(World.ApiHost, FreePort());
        using var client = world.Client();

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(World.Api));

        Assert.Equal(HttpRequestError.ConnectionError, exception.HttpRequestError);
        Assert.Single(world.Sts.Seen);
    }

    [Theory]
    [InlineData("POST", 1)]
    [InlineData("PUT", 2)]
    public async Task A_request_that_the_server_may_have_carried_out_is_repeated_only_where_that_makes_no_difference(string method, int attempts)
    {
        await using var world = await World.StartAsync();
        var attempted = 0;
        using var client = World.Client(
            world.Owner(Results.Acquirer(_ => Results.Of(World.NewCertificate()))),
            new Between(_ => attempted++, _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The server closed the connection.")));
        using var request = new HttpRequestMessage(new HttpMethod(method), World.Api) { Content = new StringContent("pay") };

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request));

        Assert.Equal(HttpRequestError.ResponseEnded, exception.HttpRequestError);
        Assert.Equal(attempts, attempted);
    }

    [Fact]
    public async Task Nothing_is_acquired_anew_where_that_is_switched_off()
    {
        await using var world = await World.StartAsync();
        world.Resource.Server.Trusts = _ => false;
        var asked = 0;
        using var client = world.Client(
            Results.Acquirer(_ => { asked++; return Results.Of(World.NewCertificate()); }), options => options.Retry.ReacquireOnTlsFailure = false);

        await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync(World.Api));

        Assert.Equal(1, asked);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [Fact]
    public async Task A_certificate_that_the_program_renews_within_the_cooldown_is_used_at_once()
    {
        await using var world = await World.StartAsync();
        var (refused, accepted) = (World.NewCertificate(), World.NewCertificate());
        world.Resource.Server.Trusts = certificate => certificate.Thumbprint != refused.Thumbprint;
        var current = refused;
        var forced = 0;
        using var client = world.Client(Results.Acquirer(request => { forced += request.ForceRefresh ? 1 : 0; return Results.Of(current); }));
        await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync(World.Api));

        current = accepted;

        Assert.Equal($"bound to {BoundJwt.HashOf(accepted)}", await client.GetStringAsync(World.Api));
        Assert.Equal(1, forced);
    }

    [Fact]
    public async Task Two_certificates_that_are_refused_at_once_are_each_replaced()
    {
        await using var world = await World.StartAsync();
        var clock = new ManualClock();
        var certificates = Enumerable.Range(0, 3).Select(_ => World.NewCertificate()).ToArray();
        var forced = 0;
        var tokens = new BoundTokenSource(
            Results.Acquirer(request => Results.Of(certificates[request.ForceRefresh ? ++forced : 0])), clock, NullLogger.Instance);
        var request = new MtlsPopTokenRequest(World.Scope);
        var first = await tokens.GetAsync(request, default);

        var second = await tokens.RenewAfterTlsFaultAsync(request, first, default);
        var third = await tokens.RenewAfterTlsFaultAsync(request, second!, default);

        Assert.Equal(certificates, [first.BindingCertificate, second!.BindingCertificate, third!.BindingCertificate]);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, "GET")]
    [InlineData(SslProtocols.Tls13, "GET")]
    [InlineData(SslProtocols.Tls13, "POST")]
    public async Task A_server_that_refuses_a_certificate_by_closing_the_connection_is_named_as_what_it_is(SslProtocols version, string method)
    {
        await using var world = await World.StartAsync(tls => tls with { Versions = version });
        world.Resource.Server.Trusts = _ => false;
        using var client = world.Client(Results.Acquirer(_ => Results.Of(World.NewCertificate())));
        using var request = new HttpRequestMessage(new HttpMethod(method), World.Api) { Content = new StringContent("pay") };

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.SendAsync(request));

        Assert.Equal(MtlsPopError.CertificateRejected, exception.Error);
        Assert.IsType<HttpRequestException>(exception.InnerException);
        Assert.Empty(world.Resource.Seen);
    }

    [Fact]
    public async Task A_refusal_is_seen_through_a_proxy_as_well()
    {
        await using var world = await World.StartAsync();
        using var proxy = new TunnellingProxy(world.Network);
        world.Resource.Server.Trusts = _ => false;
        using var client = world.Client(configure: options => options.Transport.ConfigureHandler += TunnellingProxy.Configure);

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api));

        Assert.Equal(MtlsPopError.CertificateRejected, exception.Error);
        Assert.Equal(2, proxy.Connections);
    }

    [Fact]
    public async Task A_refusal_of_the_certificate_that_came_with_new_claims_is_named_as_well()
    {
        await using var world = await World.StartAsync();
        var (accepted, refused) = (World.NewCertificate(), World.NewCertificate());
        world.Resource.Server.Trusts = certificate => certificate.Thumbprint != refused.Thumbprint;
        world.Resource.Intercepts = (context, _) =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "mtls_pop claims=\"e30=\"";
            return Task.FromResult(true);
        };
        using var client = world.Client(Results.Acquirer(request => Results.Of(request.Claims is null ? accepted : refused)));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api));

        Assert.Equal(MtlsPopError.CertificateRejected, exception.Error);
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task A_server_that_breaks_off_its_answers_is_not_taken_for_one_that_refuses(HttpProtocols protocol)
    {
        await using var world = await World.StartAsync(tls => tls with { Protocols = protocol });
        world.Resource.Intercepts = (context, _) => { context.Abort(); return Task.FromResult(true); };
        using var client = world.Client();
        client.DefaultRequestVersion = protocol == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;

        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(World.Api, new StringContent("pay")));

        Assert.Single(world.Resource.Seen);
    }

    [Fact]
    public async Task Requests_that_fail_together_find_out_together_whether_the_certificate_is_refused()
    {
        await using var world = await World.StartAsync();
        var (arrived, all) = (0, new TaskCompletionSource());
        world.Resource.Intercepts = async (context, _) =>
        {
            if (Interlocked.Increment(ref arrived) == 16)
            {
                all.SetResult();
            }

            await all.Task;
            context.Abort();
            return true;
        };
        using var client = world.Client();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(World.Api, null))));

        Assert.InRange(world.Resource.Server.Handshakes, 17, 31); // those of the requests, and fewer to find out
    }
}
