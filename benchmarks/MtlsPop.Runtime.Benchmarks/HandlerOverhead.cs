using System.Net;
using System.Net.Http.Headers;

namespace MtlsPop.Benchmarks;

/// <summary>What the handlers and the pool cost above a client with a fixed header; nothing leaves the process.</summary>
internal static class HandlerOverhead
{
    /// <param name="answersLater">Whether an answer comes later, as a network's does, so that no state machine is spared.</param>
    public static async Task<Comparison> MeasureAsync(bool answersLater)
    {
        await using var loopback = await Loopback.StartAsync();
        var app = loopback.App();
        var result = await app.AcquireMtlsPopTokenAsync([Loopback.Scope]);
        using var plain = new HttpClient(new NoNetwork(answersLater));
        plain.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("mtls_pop", result.AccessToken);

        var options = new MtlsPopOptions { Scope = Loopback.Scope, AllowedHosts = { Loopback.ApiHost } };
        var client = new BoundClient(MtlsPopTokenAcquirer.Create(app), () => options, ClientServices.Default)
        {
            Pool = new MtlsHandlerPool(() => options.Transport, ClientServices.Default) { Open = (_, _) => new NoNetwork(answersLater) },
        };
        using var bound = new HttpClient(new MtlsPopHandler(client) { InnerHandler = new MtlsPopPrimaryHandler(client) { DisposesClient = true } });
        return await new Measurement(
            baseline: () => plain.GetAsync(Loopback.Api, HttpCompletionOption.ResponseHeadersRead),
            ours: () => bound.GetAsync(Loopback.Api, HttpCompletionOption.ResponseHeadersRead)).RunAsync();
    }

    private sealed class NoNetwork(bool answersLater) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _ = request.RequestUri!.IdnHost; // any handler that connects has to know it
            if (answersLater)
            {
                await Task.Yield();
            }

            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}
