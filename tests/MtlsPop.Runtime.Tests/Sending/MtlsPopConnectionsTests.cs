using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Sending;

public class MtlsPopConnectionsTests
{
    [Fact]
    public async Task A_client_sends_its_token_with_the_certificate_that_it_is_bound_to()
    {
        await using var world = await World.StartAsync();
        using var connections = Connections(world);
        var certificate = World.NewCertificate();
        using var client = connections.CreateClient(Results.Of(certificate));

        Assert.Equal($"bound to {BoundJwt.HashOf(certificate)}", await client.GetStringAsync(World.Api));
    }

    [Fact]
    public async Task Clients_that_come_and_go_use_one_connection()
    {
        await using var world = await World.StartAsync();
        using var connections = Connections(world);
        var certificate = World.NewCertificate();

        for (var i = 0; i < 20; i++)
        {
            using var client = connections.CreateClient(Results.Of(i % 2 == 0 ? certificate : new X509Certificate2(certificate)));
            await client.GetStringAsync(World.Api);
        }

        Assert.Equal(20, world.Resource.Seen.Count);
        Assert.Equal(1, world.Resource.Server.Handshakes);
    }

    [Fact]
    public async Task Two_certificates_never_share_a_connection()
    {
        await using var world = await World.StartAsync();
        using var connections = Connections(world);
        X509Certificate2[] certificates = [World.NewCertificate("one"), World.NewCertificate("other")];

        for (var i = 0; i < 10; i++)
        {
            using var client = connections.CreateClient(Results.Of(certificates[i % 2]));
            await client.GetStringAsync(World.Api);
        }

        Assert.Equal(0, world.Resource.Mismatches);
        Assert.Equal(2, world.Resource.Server.Handshakes);
    }

    [Theory]
    [InlineData("http://api.contoso.com/items")]
    [InlineData("http://localhost/items")]
    public async Task Nothing_is_sent_without_TLS(string uri)
    {
        await using var world = await World.StartAsync();
        using var connections = Connections(world);
        using var client = connections.CreateClient(Results.Of(World.NewCertificate()));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(uri));

        Assert.Equal(MtlsPopError.InsecureUri, exception.Error);
        Assert.Equal(0, world.Resource.Server.Handshakes);
    }

    [Fact]
    public async Task A_redirect_is_the_callers_to_follow()
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = (context, _) =>
        {
            context.Response.Redirect("https://other.contoso.com/items");
            return Task.FromResult(true);
        };
        using var connections = Connections(world);
        using var client = connections.CreateClient(Results.Of(World.NewCertificate()));

        using var response = await client.GetAsync(World.Api);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Single(world.Resource.Seen);
    }

    [Fact]
    public void A_result_that_is_not_bound_has_no_client()
    {
        using var connections = new MtlsPopConnections();

        AssertRefused(MtlsPopError.TokenTypeMismatch, () => connections.CreateClient(Results.Of(World.NewCertificate(), tokenType: "Bearer")));
        AssertRefused(MtlsPopError.BindingCertificateMissing, () => connections.CreateClient(Results.Of(certificate: null)));
        AssertRefused(MtlsPopError.PrivateKeyUnavailable, () => connections.CreateClient(Results.Of(Results.WithoutKey(World.NewCertificate()))));
    }

    [Fact]
    public async Task The_header_may_be_set_to_the_same_token_again()
    {
        await using var world = await World.StartAsync();
        using var connections = Connections(world);
        var result = Results.Of(World.NewCertificate(), tokenType: "MTLS_POP");
        using var client = connections.CreateClient(result);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, World.Api)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("mtls_pop", result.AccessToken) },
        };

        await client.GetAsync(World.Api);
        await client.SendAsync(request);

        Assert.All(world.Resource.Seen, seen => Assert.Equal(result.AccessToken, seen.Headers["Authorization"].Split(' ')[1]));
        Assert.Equal(2, world.Resource.Seen.Count);
    }

    [Fact]
    public async Task A_second_value_beside_the_same_token_sends_nothing()
    {
        await using var world = await World.StartAsync();
        using var connections = Connections(world);
        var result = Results.Of(World.NewCertificate());
        using var client = connections.CreateClient(result);
        using var request = new HttpRequestMessage(HttpMethod.Get, World.Api)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("mtls_pop", result.AccessToken) },
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer other");

        AssertRefused(MtlsPopError.UnsafeTransport, await Record.ExceptionAsync(() => client.SendAsync(request)));
        Assert.Equal(0, world.Resource.Server.Handshakes);
    }

    public static TheoryData<string, Action<HttpClient>> OtherTokens => new()
    {
        { "another token", client => client.DefaultRequestHeaders.Authorization = new("mtls_pop", "other") },
        { "another scheme", client => client.DefaultRequestHeaders.Authorization = new("Bearer", "other") },
        { "a value without validation", client => client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer\tother") },
    };

    [Theory]
    [MemberData(nameof(OtherTokens))]
    public async Task Nothing_is_sent_with_another_token(string what, Action<HttpClient> change)
    {
        await using var world = await World.StartAsync();
        using var connections = Connections(world);
        using var client = connections.CreateClient(Results.Of(World.NewCertificate()));
        change(client);

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api));

        Assert.Equal(MtlsPopError.UnsafeTransport, exception.Error);
        Assert.Equal(0, world.Resource.Server.Handshakes);
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task A_certificate_that_is_disposed_meanwhile_is_refused()
    {
        await using var world = await World.StartAsync();
        using var connections = Connections(world);
        var certificate = World.NewCertificate();
        using var client = connections.CreateClient(Results.Of(certificate));
        certificate.Dispose();

        AssertRefused(MtlsPopError.CertificateNotUsable, await Record.ExceptionAsync(() => client.GetAsync(World.Api)));
    }

    [Fact]
    public async Task A_synchronous_send_is_refused()
    {
        await using var world = await World.StartAsync();
        using var connections = Connections(world);
        using var client = connections.CreateClient(Results.Of(World.NewCertificate()));
        using var request = new HttpRequestMessage(HttpMethod.Get, World.Api);

        Assert.Throws<NotSupportedException>(() => client.Send(request));
    }

    [Fact]
    public async Task A_server_that_asks_for_the_certificate_late_is_told_that_there_is_one()
    {
        await using var world = await World.StartAsync(tls => tls with { ClientCertificate = ClientCertificateMode.DelayCertificate });
        using var connections = new MtlsPopConnections(world.Transport(new MtlsPopTransportOptions { SupportsDelayedClientCertificate = true }));
        using var client = connections.CreateClient(Results.Of(World.NewCertificate()));

        await client.GetStringAsync(World.Api);

        Assert.Equal("true", Assert.Single(world.Resource.Seen).Headers["x-ms-tokenboundauth"]);
    }

    [Fact]
    public async Task Disposal_ends_the_connections_and_leaves_the_certificates()
    {
        await using var world = await World.StartAsync();
        var connections = Connections(world);
        var certificate = World.NewCertificate();
        using var client = connections.CreateClient(Results.Of(certificate));
        await client.GetStringAsync(World.Api);

        connections.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetAsync(World.Api));
        Assert.NotEqual(IntPtr.Zero, certificate.Handle);
    }

    private static MtlsPopConnections Connections(World world) => new(world.Transport(new MtlsPopTransportOptions()));

    private static void AssertRefused(MtlsPopError expected, Func<HttpClient> create) => AssertRefused(expected, Record.Exception(create));

    private static void AssertRefused(MtlsPopError expected, Exception? exception) => Assert.Equal(expected, Assert.IsType<MtlsPopException>(exception).Error);

    [Fact]
    public async Task A_token_of_an_acquirer_is_sent_as_well()
    {
        await using var world = await World.StartAsync();
        using var connections = Connections(world);
        var token = await MtlsPopTokenAcquirer.Create(world.App()).AcquireAsync(new MtlsPopTokenRequest(World.Scope));
        using var client = connections.CreateClient(token);

        Assert.StartsWith("bound", await client.GetStringAsync(World.Api), StringComparison.Ordinal);
    }

    [Fact]
    public void An_expired_token_and_ended_connections_have_no_client()
    {
        var connections = new MtlsPopConnections();
        AssertRefused(MtlsPopError.TokenExpired, () =>
            connections.CreateClient(Results.Of(World.NewCertificate(), expires: DateTimeOffset.UtcNow.AddSeconds(-1))));

        connections.Dispose();

        Assert.Throws<ObjectDisposedException>(() => connections.CreateClient(Results.Of(World.NewCertificate())));
    }

    [Fact]
    public void Transport_options_that_cannot_work_are_refused_here_and_for_the_token_service()
    {
        var transport = new MtlsPopTransportOptions { MaxPooledBindings = 0 };

        Assert.Throws<OptionsValidationException>(() => new MtlsPopConnections(transport));
        Assert.Throws<OptionsValidationException>(() => new PooledMsalHttpClientFactory(transport));
    }

    [Fact]
    public async Task Options_that_are_changed_afterwards_change_nothing_and_the_clock_is_the_one_that_was_given()
    {
        await using var world = await World.StartAsync();
        var clock = new ManualClock();
        var transport = world.Transport(new MtlsPopTransportOptions()).WithTimeProvider(clock);
        using var connections = new MtlsPopConnections(transport);
        transport.ConfigureHandler = handler => handler.UseCookies = true;
        using var client = connections.CreateClient(Results.Of(World.NewCertificate()));

        await client.GetStringAsync(World.Api);
        clock.Advance(TimeSpan.FromDays(31));

        AssertRefused(MtlsPopError.CertificateOutsideValidity, await Record.ExceptionAsync(() => client.GetAsync(World.Api)));
    }
}
