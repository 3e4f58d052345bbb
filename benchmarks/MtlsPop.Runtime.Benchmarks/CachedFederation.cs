using Microsoft.Identity.Client;

namespace MtlsPop.Benchmarks;

/// <summary>A token of a second leg, with both legs in MSAL's caches.</summary>
internal static class CachedFederation
{
    private static readonly string[] _scopes = [Loopback.Scope];
    private static readonly string[] _exchangeScopes = ["api://AzureADTokenExchange/.default"];

    public static async Task<Comparison> MeasureAsync()
    {
        await using var loopback = await Loopback.StartAsync();
        var firstLeg = loopback.App();
        var handWritten = loopback.SecondLeg().WithClientAssertion(async (_, cancelled) =>
        {
            var result = await firstLeg.AcquireTokenForClient(_exchangeScopes).WithMtlsProofOfPossession().ExecuteAsync(cancelled);
            return new ClientSignedAssertion { Assertion = result.AccessToken, TokenBindingCertificate = result.BindingCertificate };
        }).Build();
        var remembered = loopback.SecondLeg().WithBoundClientAssertion(firstLeg).Build();
        return await new Measurement(
            baseline: () => handWritten.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(),
            ours: () => remembered.AcquireMtlsPopTokenAsync(_scopes)).RunAsync();
    }
}
