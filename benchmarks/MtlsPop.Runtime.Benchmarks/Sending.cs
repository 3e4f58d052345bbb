using System.Net.Http.Headers;

namespace MtlsPop.Benchmarks;

/// <summary>A whole call over mutual TLS on loopback, beside one that is written by hand.</summary>
internal static class Sending
{
    private static readonly string[] _scopes = [Loopback.Scope];

    /// <summary>Beside a client that remembers its token as ours does.</summary>
    public static Task<Comparison> BesideRememberingAsync(int threads) => BesideAsync(remembers: true, threads);

    /// <summary>Beside a client that asks MSAL for each call, as most do.</summary>
    public static Task<Comparison> BesideAskingEachTimeAsync() => BesideAsync(remembers: false, threads: 1);

    /// <summary>Beside a new handler for each call, as first samples have it.</summary>
    public static async Task<Comparison> BesideNewHandlersAsync()
    {
        await using var loopback = await Loopback.StartAsync();
        var app = loopback.App();
        using var ours = loopback.Client(app);
        return await new Measurement(
            baseline: async () =>
            {
                var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
                using var handler = new SocketsHttpHandler();
                loopback.Network.Configure(handler);
                handler.SslOptions.ClientCertificates = [result.BindingCertificate];
                using var client = new HttpClient(handler);
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
                await client.GetStringAsync(Loopback.Api);
            },
            ours: () => ours.GetStringAsync(Loopback.Api)) { Waits = true }.RunAsync();
    }

    private static async Task<Comparison> BesideAsync(bool remembers, int threads)
    {
        await using var loopback = await Loopback.StartAsync();
        var app = loopback.App();
        using var handWritten = new HttpClient(new HandWritten(loopback, app, remembers));
        using var ours = loopback.Client(app);
        return await new Measurement(
            baseline: () => handWritten.GetStringAsync(Loopback.Api),
            ours: () => ours.GetStringAsync(Loopback.Api)) { Waits = true, Threads = threads }.RunAsync();
    }
}
