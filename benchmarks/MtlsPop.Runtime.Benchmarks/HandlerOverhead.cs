using System.Net;
using System.Net.Http.Headers;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;

namespace MtlsPop.Benchmarks;

/// <summary>What the handlers and the pool cost above a client with a fixed header; nothing leaves the process.</summary>
public class HandlerOverhead
{
    private Loopback _loopback = null!;
    private HttpClient _plain = null!;
    private HttpClient _bound = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _loopback = await Loopback.StartAsync();
        var app = _loopback.App();
        var result = await app.AcquireMtlsPopTokenAsync([Loopback.Scope]);
        _plain = new HttpClient(new NoNetwork());
        _plain.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("mtls_pop", result.AccessToken);

        var options = new MtlsPopOptions { Scope = Loopback.Scope, AllowedHosts = { Loopback.ApiHost } };
        var client = new BoundClient(MtlsPopTokenAcquirer.Create(app), () => options, TimeProvider.System, NullLogger.Instance)
        {
            Pool = new MtlsHandlerPool(() => options.Transport, TimeProvider.System, NullLogger.Instance) { Open = (_, _) => new NoNetwork() },
        };
        _bound = new HttpClient(new MtlsPopHandler(client) { InnerHandler = new MtlsPopPrimaryHandler(client) });
    }

    [GlobalCleanup]
    public ValueTask CleanUpAsync() => _loopback.DisposeAsync();

    [Benchmark(Baseline = true)]
    public Task<HttpResponseMessage> PlainClient() => _plain.GetAsync(Loopback.Api, HttpCompletionOption.ResponseHeadersRead);

    [Benchmark]
    public Task<HttpResponseMessage> MtlsPop() => _bound.GetAsync(Loopback.Api, HttpCompletionOption.ResponseHeadersRead);

    /// <summary>Answers later, as a network does, so that no state machine is spared.</summary>
    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}
