using System.Net;
using System.Net.Http.Headers;
using BenchmarkDotNet.Attributes;

namespace MtlsPop.Benchmarks;

/// <summary>The time of the handlers and the pool: answered at once, so that no thread is waited for.</summary>
public class HandlerTime() : HandlerOverhead(answersLater: false);

/// <summary>The memory of the handlers and the pool: answered later, as a network does, so that no state machine is spared.</summary>
public class HandlerMemory() : HandlerOverhead(answersLater: true);

/// <summary>What the handlers and the pool cost above a client with a fixed header; nothing leaves the process.</summary>
public abstract class HandlerOverhead(bool answersLater)
{
    private Loopback _loopback = null!;
    private HttpClient _plain = null!;
    private HttpClient _bound = null!;

    [GlobalSetup] // BenchmarkDotNet does not wait for an asynchronous one in process
    public void SetUp() => SetUpAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void CleanUp() => _loopback.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    public Task<HttpResponseMessage> PlainClient() => _plain.GetAsync(Loopback.Api, HttpCompletionOption.ResponseHeadersRead);

    [Benchmark]
    public Task<HttpResponseMessage> MtlsPop() => _bound.GetAsync(Loopback.Api, HttpCompletionOption.ResponseHeadersRead);

    private async Task SetUpAsync()
    {
        _loopback = await Loopback.StartAsync();
        var app = _loopback.App();
        var result = await app.AcquireMtlsPopTokenAsync([Loopback.Scope]);
        _plain = new HttpClient(new NoNetwork(answersLater));
        _plain.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("mtls_pop", result.AccessToken);

        var options = new MtlsPopOptions { Scope = Loopback.Scope, AllowedHosts = { Loopback.ApiHost } };
        var client = new BoundClient(MtlsPopTokenAcquirer.Create(app), () => options, ClientServices.Default)
        {
            Pool = new MtlsHandlerPool(() => options.Transport, ClientServices.Default) { Open = (_, _) => new NoNetwork(answersLater) },
        };
        _bound = new HttpClient(new MtlsPopHandler(client) { InnerHandler = new MtlsPopPrimaryHandler(client) });
    }

    private sealed class NoNetwork(bool answersLater) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (answersLater)
            {
                await Task.Yield();
            }

            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}
