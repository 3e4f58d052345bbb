using BenchmarkDotNet.Attributes;
using Microsoft.Identity.Client;

namespace MtlsPop.Benchmarks;

/// <summary>A token of a second leg, with both legs in MSAL's caches.</summary>
public class CachedFederation
{
    private static readonly string[] _scopes = [Loopback.Scope];
    private static readonly string[] _exchangeScopes = ["api://AzureADTokenExchange/.default"];

    private Loopback _loopback = null!;
    private IConfidentialClientApplication _handWritten = null!;
    private IConfidentialClientApplication _remembered = null!;

    [GlobalSetup] // BenchmarkDotNet does not wait for an asynchronous one in process
    public void SetUp() => SetUpAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void CleanUp() => _loopback.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    public Task<AuthenticationResult> RawMsal() => _handWritten.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();

    [Benchmark]
    public Task<AuthenticationResult> MtlsPop() => _remembered.AcquireMtlsPopTokenAsync(_scopes);

    private async Task SetUpAsync()
    {
        _loopback = await Loopback.StartAsync();
        var firstLeg = _loopback.App();
        _handWritten = _loopback.SecondLeg().WithClientAssertion(async (_, cancelled) =>
        {
            var result = await firstLeg.AcquireTokenForClient(_exchangeScopes).WithMtlsProofOfPossession().ExecuteAsync(cancelled);
            return new ClientSignedAssertion { Assertion = result.AccessToken, TokenBindingCertificate = result.BindingCertificate };
        }).Build();
        _remembered = _loopback.SecondLeg().WithBoundClientAssertion(firstLeg).Build();
        await RawMsal();
        await MtlsPop();
    }
}
