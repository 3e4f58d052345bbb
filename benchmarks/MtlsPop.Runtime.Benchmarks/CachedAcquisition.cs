using BenchmarkDotNet.Attributes;
using Microsoft.Identity.Client;

namespace MtlsPop.Benchmarks;

/// <summary>A token that MSAL has in its cache.</summary>
public class CachedAcquisition
{
    private static readonly string[] _scopes = [Loopback.Scope];

    private Loopback _loopback = null!;
    private IConfidentialClientApplication _app = null!;

    [GlobalSetup] // BenchmarkDotNet does not wait for an asynchronous one in process
    public void SetUp() => SetUpAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void CleanUp() => _loopback.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    public Task<AuthenticationResult> RawMsal() => _app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();

    [Benchmark]
    public Task<AuthenticationResult> MtlsPop() => _app.AcquireMtlsPopTokenAsync(_scopes);

    private async Task SetUpAsync()
    {
        _loopback = await Loopback.StartAsync();
        _app = _loopback.App();
        await _app.AcquireMtlsPopTokenAsync(_scopes);
    }
}
