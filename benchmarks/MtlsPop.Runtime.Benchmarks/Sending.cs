using System.Net.Http.Headers;
using System.Net.Security;
using BenchmarkDotNet.Attributes;
using Microsoft.Identity.Client;

namespace MtlsPop.Benchmarks;

/// <summary>A whole call over mutual TLS on loopback: as first samples do it, as careful people do it by hand, and with this library.</summary>
public class Sending
{
    private static readonly string[] _scopes = [Loopback.Scope];

    private Loopback _loopback = null!;
    private IConfidentialClientApplication _app = null!;
    private HttpClient _pooled = null!;
    private HttpClient _bound = null!;

    [GlobalSetup] // BenchmarkDotNet does not wait for an asynchronous one in process
    public void SetUp() => SetUpAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void CleanUp() => _loopback.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    public async Task<string> NewHandlerForEachCall()
    {
        var result = await _app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        using var handler = new SocketsHttpHandler();
        _loopback.Network.Configure(handler);
        handler.SslOptions.ClientCertificates = [result.BindingCertificate];
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        return await client.GetStringAsync(Loopback.Api);
    }

    [Benchmark]
    public async Task<string> HandWritten()
    {
        var result = await _app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Loopback.Api);
        request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
        using var response = await _pooled.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    [Benchmark]
    public Task<string> MtlsPop() => _bound.GetStringAsync(Loopback.Api);

    private async Task SetUpAsync()
    {
        _loopback = await Loopback.StartAsync();
        _app = _loopback.App();
        var handler = new SocketsHttpHandler();
        _loopback.Network.Configure(handler);
        handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(_loopback.Certificate, null, offline: true);
        _pooled = new HttpClient(handler);
        _bound = MtlsPopHttpClient.Create(_app, new MtlsPopOptions
        {
            Scope = Loopback.Scope,
            AllowedHosts = { Loopback.ApiHost },
            Transport = { ConfigureHandler = _loopback.Network.Configure },
        });
    }
}
