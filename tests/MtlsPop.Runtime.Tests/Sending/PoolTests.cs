using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace MtlsPop.Tests.Sending;

public class PoolTests
{
    [Fact]
    public async Task The_pool_keeps_no_more_certificates_than_it_may_and_retires_the_one_unused_for_longest()
    {
        var opened = new ConcurrentDictionary<string, Recorder>();
        using var pool = Pool(opened, capacity: 2);
        var (first, second, third) = (World.NewCertificate(), World.NewCertificate(), World.NewCertificate());

        await SendAsync(pool, first);
        await SendAsync(pool, second);
        await SendAsync(pool, first);
        await SendAsync(pool, third);

        Assert.Equal(2, pool.Count);
        Assert.True(opened[second.Thumbprint].IsDisposed);
        Assert.False(opened[first.Thumbprint].IsDisposed);
    }

    [Fact]
    public async Task A_retired_handler_goes_only_after_its_last_request_has_its_response()
    {
        var opened = new ConcurrentDictionary<string, Recorder>();
        using var pool = Pool(opened);
        var certificate = World.NewCertificate();
        var answer = new TaskCompletionSource();
        var inFlight = SendAsync(pool, certificate, answer.Task);

        pool.Retire(CertificateBinding.Of(certificate, TimeProvider.System), "test");

        var handler = opened[certificate.Thumbprint];
        Assert.Equal(0, pool.Count);
        Assert.False(handler.IsDisposed);
        answer.SetResult();
        await inFlight;
        Assert.True(handler.IsDisposed);
    }

    [Fact]
    public async Task A_response_that_is_still_being_read_survives_the_retirement_of_its_connections()
    {
        await using var world = await World.StartAsync();
        var rest = new TaskCompletionSource();
        world.Resource.Intercepts = async (context, _) =>
        {
            await context.Response.WriteAsync("begun, ");
            await context.Response.Body.FlushAsync();
            await rest.Task;
            await context.Response.WriteAsync("done");
            return true;
        };
        var owner = world.Owner();
        using var client = World.Client(owner);
        using var response = await client.GetAsync(World.Api, HttpCompletionOption.ResponseHeadersRead);

        owner.Pool.Dispose();
        rest.SetResult();

        Assert.Equal("begun, done", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task After_disposal_new_requests_throw_and_those_on_their_way_finish()
    {
        await using var world = await World.StartAsync();
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        world.Resource.Intercepts = async (_, _) => { arrived.TrySetResult(); await answer.Task; return false; };
        var owner = world.Owner();
        using var client = World.Client(owner);
        var inFlight = client.GetStringAsync(World.Api);
        await arrived.Task;

        owner.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetAsync(World.Api));
        answer.SetResult();
        Assert.StartsWith("bound", await inFlight, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposal_leaves_certificates_alone()
    {
        await using var world = await World.StartAsync();
        var certificate = World.NewCertificate();
        var client = world.Client(world.App(certificate));
        await client.GetStringAsync(World.Api);

        client.Dispose();

        Assert.NotEqual(IntPtr.Zero, certificate.Handle);
        Assert.NotNull(certificate.GetECDsaPrivateKey());
    }

    [Fact]
    public async Task A_disposed_object_of_a_certificate_makes_room_for_the_next()
    {
        var opened = new ConcurrentDictionary<string, Recorder>();
        using var pool = Pool(opened);
        var original = World.NewCertificate();
        var first = new X509Certificate2(original);
        await SendAsync(pool, first);
        var handler = opened[original.Thumbprint];

        first.Dispose();
        await SendAsync(pool, new X509Certificate2(original));

        Assert.True(handler.IsDisposed);
        Assert.NotSame(handler, opened[original.Thumbprint]);
    }

    [Fact]
    public async Task Retiring_never_fails_a_request_however_the_two_meet()
    {
        var handlers = new ConcurrentBag<Recorder>();
        using var pool = new MtlsHandlerPool(() => new MtlsPopTransportOptions { MaxPooledBindings = 2 }, ClientServices.Default)
        {
            Open = (_, _) => { var recorder = new Recorder(); handlers.Add(recorder); return recorder; },
        };
        var certificates = Enumerable.Range(0, 3).Select(_ => World.NewCertificate()).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 1250; i++)
            {
                var certificate = certificates[(worker + i) % certificates.Length];
                if (worker == 0)
                {
                    pool.Retire(CertificateBinding.Of(certificate, TimeProvider.System), "test");
                }

                await SendAsync(pool, certificate);
            }
        })));

        pool.Dispose();
        Assert.All(handlers, handler => Assert.True(handler.IsDisposed));
        Assert.DoesNotContain(handlers, handler => handler.WasUsedAfterDisposal);
    }

    private static MtlsHandlerPool Pool(ConcurrentDictionary<string, Recorder> opened, int capacity = 32) =>
        new(() => new MtlsPopTransportOptions { MaxPooledBindings = capacity }, ClientServices.Default)
        {
            Open = (certificate, _) => opened[certificate.Thumbprint] = new Recorder(),
        };

    private static async Task SendAsync(MtlsHandlerPool pool, X509Certificate2 certificate, Task? answer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, World.Api);
        request.Options.Set(Recorder.Answer, answer ?? Task.CompletedTask);
        using var response = await pool.Enter(certificate, CertificateBinding.Of(certificate, TimeProvider.System))
            .SendAndLeaveAsync(request, authorization: null, takesClaims: false, default);
    }

    /// <summary>A handler that records how the pool treats it.</summary>
    private sealed class Recorder : HttpMessageHandler
    {
        public static readonly HttpRequestOptionsKey<Task> Answer = new("answer");

        public bool IsDisposed { get; private set; }

        public bool WasUsedAfterDisposal { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            WasUsedAfterDisposal |= IsDisposed;
            request.Options.TryGetValue(Answer, out var answer);
            await answer!;
            return new HttpResponseMessage(HttpStatusCode.OK);
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
