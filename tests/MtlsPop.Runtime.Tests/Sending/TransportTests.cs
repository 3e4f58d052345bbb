using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Sending;

public class TransportTests
{
    [Theory]
    [InlineData(300, "https://other.contoso.com/items")]
    [InlineData(301, "https://other.contoso.com/items")]
    [InlineData(302, "https://other.contoso.com/items")]
    [InlineData(303, "https://other.contoso.com/items")]
    [InlineData(308, "https://other.contoso.com/items")]
    [InlineData(307, "https://other.contoso.com/items")]
    [InlineData(302, "http://other.contoso.com/items")]
    [InlineData(302, "/elsewhere")]
    public async Task A_redirect_is_the_callers_to_follow(int status, string location)
    {
        await using var world = await World.StartAsync();
        await using var other = await Resource.StartAsync(world.Network, "other.contoso.com");
        world.Resource.Intercepts = (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = location;
            return Task.FromResult(true);
        };
        using var client = world.Client();

        using var response = await client.GetAsync(World.Api);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Single(world.Resource.Seen);
        Assert.Equal(0, other.Server.Handshakes);
    }

    [Fact]
    public async Task A_synchronous_send_is_refused()
    {
        await using var world = await World.StartAsync();
        using var client = world.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, World.Api);

        Assert.Throws<NotSupportedException>(() => client.Send(request));

        Assert.Equal(0, world.Resource.Server.Handshakes);
    }

    [Fact]
    public async Task A_server_that_is_not_trusted_gets_nothing()
    {
        await using var world = await World.StartAsync();
        using var client = world.Client(configure: options => options.Transport.ConfigureHandler += handler =>
            handler.SslOptions.CertificateChainPolicy = null);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(World.Api));

        Assert.Empty(world.Resource.Seen);
        Assert.Single(world.Sts.Seen); // our distrust is not a fault of the client certificate
    }

    [Fact]
    public async Task A_server_that_asks_late_is_told_so_and_spoken_to_in_HTTP_1_1()
    {
        await using var world = await World.StartAsync(tls =>
            tls with { ClientCertificate = ClientCertificateMode.DelayCertificate, Protocols = HttpProtocols.Http1AndHttp2 });
        using var client = world.Client(configure: options => options.Transport.SupportsDelayedClientCertificate = true);
        using var request = new HttpRequestMessage(HttpMethod.Get, World.Api)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var seen = Assert.Single(world.Resource.Seen);
        Assert.Equal("HTTP/1.1", seen.Protocol);
        Assert.Equal("true", seen.Headers["x-ms-tokenboundauth"]);
        Assert.True(seen.IsBound);
    }

    [Fact]
    public async Task HTTP_2_works_where_the_certificate_is_asked_for_in_the_handshake()
    {
        await using var world = await World.StartAsync(tls => tls with { Protocols = HttpProtocols.Http2 });
        using var client = world.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, World.Api)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(Assert.Single(world.Resource.Seen).IsBound);
    }

    [Fact]
    public async Task A_proxy_opens_a_tunnel_and_sees_no_token()
    {
        await using var world = await World.StartAsync();
        using var proxy = new TunnellingProxy(world.Network);
        using var client = world.Client(configure: options => options.Transport.ConfigureHandler += TunnellingProxy.Configure);

        Assert.StartsWith("bound", await client.GetStringAsync(World.Api), StringComparison.Ordinal);

        var heard = Assert.Single(proxy.Heard);
        Assert.StartsWith($"CONNECT {World.ApiHost}:443", heard, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", heard, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Connections_are_capped()
    {
        await using var world = await World.StartAsync();
        var (arrived, full) = (0, new TaskCompletionSource());
        world.Resource.Intercepts = async (_, _) =>
        {
            if (Interlocked.Increment(ref arrived) == 8)
            {
                full.SetResult();
            }

            await full.Task;
            return false;
        };
        using var client = world.Client(configure: options => options.Transport.MaxConnectionsPerServer = 8);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.GetStringAsync(World.Api)));

        Assert.Equal(8, world.Resource.Server.Handshakes);
    }

    public static TheoryData<string, Action<HttpRequestMessage>> Replacements => new()
    {
        { "another token", request => request.Headers.Authorization = new("Bearer", "x") },
        { "a second value", request => request.Headers.TryAddWithoutValidation("Authorization", "Bearer x") },
        { "its own text", request => request.Headers.Authorization = new("mtls_pop", "*") },
        { "nothing", request => request.Headers.Authorization = null },
    };

    [Theory]
    [MemberData(nameof(Replacements))]
    public async Task A_handler_in_between_cannot_put_anything_else_in_the_tokens_place(string what, Action<HttpRequestMessage> replace)
    {
        await using var world = await World.StartAsync();
        using var client = World.Client(world.Owner(), new Between(replace));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api));

        Assert.Equal(MtlsPopError.UnsafeTransport, exception.Error);
        Assert.Equal(0, world.Resource.Server.Handshakes);
        Assert.NotEmpty(what);
    }

    [Theory]
    [InlineData(true, MtlsPopError.CertificateNotUsable)]
    [InlineData(false, MtlsPopError.CertificateOutsideValidity)]
    public async Task A_certificate_that_ends_while_a_handler_in_between_waits_is_not_sent_with(bool isDisposed, MtlsPopError expected)
    {
        await using var world = await World.StartAsync();
        var clock = new ManualClock();
        var certificate = World.NewCertificate();
        using var client = World.Client(world.Owner(Results.Acquirer(_ => Results.Of(certificate)), clock), new Between(_ =>
        {
            if (isDisposed)
            {
                certificate.Dispose();
            }
            else
            {
                clock.Advance(TimeSpan.FromDays(31));
            }
        }));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api));

        Assert.Equal(expected, exception.Error);
        Assert.Equal(0, world.Resource.Server.Handshakes);
    }

    [Fact]
    public async Task A_handler_in_between_may_send_a_request_again()
    {
        await using var world = await World.StartAsync();
        using var client = World.Client(world.Owner(), new Twice());

        await client.GetStringAsync(World.Api);

        Assert.Equal(2, world.Resource.Seen.Count);
        Assert.Equal(0, world.Resource.Mismatches);
    }

    [Fact]
    public async Task A_handler_in_between_cannot_send_the_token_elsewhere()
    {
        await using var world = await World.StartAsync();
        await using var other = await Resource.StartAsync(world.Network, "other.contoso.com");
        using var client = World.Client(world.Owner(), new Between(request => request.RequestUri = new Uri("https://other.contoso.com/")));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api));

        Assert.Equal(MtlsPopError.HostNotAllowed, exception.Error);
        Assert.Equal(0, other.Server.Handshakes);
    }

    [Fact]
    public async Task A_callers_own_authorization_is_replaced_by_the_bound_one()
    {
        await using var world = await World.StartAsync();
        using var client = world.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", "x");

        await client.GetStringAsync(World.Api);

        Assert.True(Assert.Single(world.Resource.Seen).IsBound);
    }

    private sealed class Twice : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (await base.SendAsync(request, cancellationToken)).Dispose();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
