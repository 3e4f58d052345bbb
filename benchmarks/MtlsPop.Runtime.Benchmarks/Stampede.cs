using Microsoft.Identity.Client;

namespace MtlsPop.Benchmarks;

/// <summary>How many token requests a thousand callers of a cold cache make.</summary>
internal static class Stampede
{
    private static readonly string[] _scopes = [Loopback.Scope];

    public static async Task<(int RawMsal, int MtlsPop)> CountAsync() =>
        (await CountAsync(static app => app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync()),
         await CountAsync(static app => app.AcquireMtlsPopTokenAsync(_scopes)));

    private static async Task<int> CountAsync(Func<IConfidentialClientApplication, Task<AuthenticationResult>> acquire)
    {
        await using var loopback = await Loopback.StartAsync();
        loopback.Sts.Delay = static _ => Task.Delay(100);
        var app = loopback.App();
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => acquire(app))));
        return loopback.Sts.Seen.Count;
    }
}
