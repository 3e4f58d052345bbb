namespace MtlsPop.Benchmarks;

/// <summary>A token that MSAL has in its cache.</summary>
internal static class CachedAcquisition
{
    private static readonly string[] _scopes = [Loopback.Scope];

    public static async Task<Comparison> MeasureAsync()
    {
        await using var loopback = await Loopback.StartAsync();
        var app = loopback.App();
        await app.AcquireMtlsPopTokenAsync(_scopes);
        return await new Measurement(
            baseline: () => app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(),
            ours: () => app.AcquireMtlsPopTokenAsync(_scopes)).RunAsync();
    }
}
