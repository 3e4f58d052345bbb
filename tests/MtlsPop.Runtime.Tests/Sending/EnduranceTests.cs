using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MtlsPop.Tests.Sending;

/// <summary>What holds for one request holds for very many, for very large ones, and while everything changes.</summary>
public class EnduranceTests
{
    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task Sixteen_certificates_may_share_a_pool_that_keeps_one_while_answers_are_read(HttpProtocols protocol)
    {
        const string Part = "part ";
        await using var world = await World.StartAsync(tls => tls with { Protocols = protocol });
        world.Resource.Remembers = false;
        world.Resource.Intercepts = async (context, request) =>
        {
            for (var part = 0; part < 20; part++)
            {
                await context.Response.WriteAsync(Part);
                await context.Response.Body.FlushAsync();
            }

            return request.IsBound;
        };
        var certificates = Enumerable.Range(0, 16).Select(_ => World.NewCertificate()).ToArray();
        var asked = 0;
        using var client = world.Client(
            Results.Acquirer(_ => Results.Of(
                certificates[Interlocked.Increment(ref asked) % certificates.Length], expires: DateTimeOffset.UtcNow.AddMinutes(1))),
            options => options.Transport.MaxPooledBindings = 1);
        client.DefaultRequestVersion = protocol == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            var answers = new List<string>();
            for (var i = 0; i < 25; i++)
            {
                answers.Add(await client.GetStringAsync(World.Api));
            }

            return answers;
        })));

        var whole = string.Concat(Enumerable.Repeat(Part, 20));
        Assert.All(answers.SelectMany(answer => answer), answer => Assert.Equal(whole, answer));
        Assert.Equal(0, world.Resource.Mismatches);
    }

    [Fact(Timeout = 60_000)]
    public async Task Certificates_that_are_no_longer_used_keep_no_connection()
    {
        const int Kept = 4;
        await using var world = await World.StartAsync();
        X509Certificate2 certificate = null!;
        using var client = world.Client(
            Results.Acquirer(_ => Results.Of(certificate, expires: DateTimeOffset.UtcNow.AddMinutes(1))),
            options => options.Transport.MaxPooledBindings = Kept);

        for (var rotation = 0; rotation < 200; rotation++)
        {
            certificate = World.NewCertificate();
            await client.GetStringAsync(World.Api);
        }

        Assert.Equal(200, world.Resource.Server.Handshakes);
        await world.Resource.Server.HasAtMostAsync(Kept, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task Certificates_of_the_token_leg_that_are_no_longer_used_keep_no_connection()
    {
        await using var world = await World.StartAsync();
        using var http = new PooledMsalHttpClientFactory(world.Transport(new MtlsPopTransportOptions { MaxPooledBindings = 4 }));
        for (var rotation = 0; rotation < 100; rotation++)
        {
            using var response = await http.GetHttpClient(World.NewCertificate()).GetAsync(World.Api);
        }

        await world.Resource.Server.HasAtMostAsync(4, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Fifty_megabytes_are_read_as_they_come_and_twenty_are_sent_once()
    {
        const int Down = 50 * 1024 * 1024;
        const int Up = 20 * 1024 * 1024;
        await using var world = await World.StartAsync();
        var received = 0L;
        world.Resource.Server.MaxRequestBodySize = Up;
        world.Resource.Intercepts = async (context, request) =>
        {
            received += request.Body.Length;
            var block = new byte[64 * 1024];
            for (var sent = 0; sent < Down; sent += block.Length)
            {
                await context.Response.Body.WriteAsync(block);
            }

            return true;
        };
        using var client = world.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, World.Api) { Content = new StreamContent(new MemoryStream(new byte[Up])) };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var (read, buffer) = (0L, new byte[64 * 1024]);
        for (var count = await body.ReadAsync(buffer); count > 0; count = await body.ReadAsync(buffer))
        {
            read += count;
        }

        Assert.Equal((Down, Up), (read, received));
    }

    [Fact]
    public async Task Requests_that_meet_a_disposal_finish_or_are_told_of_it()
    {
        await using var world = await World.StartAsync();
        world.Resource.Remembers = false;
        var certificate = World.NewCertificate();
        for (var round = 0; round < 30; round++)
        {
            var owner = world.Owner(Results.Acquirer(_ => Results.Of(certificate)));
            var client = World.Client(owner);
            var sent = await Concurrent.StartAsync(32, () => Record.ExceptionAsync(() => client.GetStringAsync(World.Api)).AsTask()!);

            owner.Dispose();

            Assert.All(await Task.WhenAll(sent), outcome => Assert.True(outcome is null or ObjectDisposedException, $"{outcome}"));
        }

        Assert.Equal(0, world.Resource.Mismatches);
    }
}
