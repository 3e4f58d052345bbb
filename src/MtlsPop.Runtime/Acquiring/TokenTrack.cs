using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>What is known of one token of one application: whether MSAL surely has it cached, and who is fetching it if not.</summary>
/// <remarks>
/// MSAL sends a request for each caller that finds its cache cold, and for each that finds a token due for refresh. So callers go to MSAL
/// freely only while its cache is surely warm. On a cold cache they share one flight; when a refresh is due one of them asks MSAL,
/// and the others are served the last good pair for a short while.
/// </remarks>
internal sealed class TokenTrack(TimeProvider clock)
{
    // MSAL spreads its refreshes by up to five minutes either way, both when it reports the time and when it acts on it.
    private static readonly TimeSpan _refreshSpread = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _holdWhileRefreshing = TimeSpan.FromSeconds(30);

    private readonly SingleFlight<AuthenticationResult> _flight = new();
    private volatile Known? _known;

    public bool IsWarm => _known is { } known && clock.GetUtcNow() < known.WarmUntil;

    public bool IsInFlight => _flight.IsUnderWay;

    /// <summary>Whether nothing was ever acquired.</summary>
    public bool IsUnknown => _known is null;

    /// <summary>The last good pair, while MSAL renews it.</summary>
    public AuthenticationResult? Held =>
        _known is { } known && clock.GetUtcNow() < known.HeldUntil && known.Binding.IsPresentable(known.Result.BindingCertificate, clock)
            ? known.Result
            : null;

    public Task<AuthenticationResult> JoinAsync(
        Func<CancellationToken, Task<AuthenticationResult>> acquire,
        CancellationToken cancellationToken) =>
        _flight.JoinAsync(
            async abandoned =>
            {
                var result = await acquire(abandoned).ConfigureAwait(false);
                Learn(result);
                return result;
            },
            cancellationToken);

    /// <summary>Takes note of a pair that MSAL now has in its cache.</summary>
    public void Learn(AuthenticationResult result)
    {
        var now = clock.GetUtcNow();
        var expires = MtlsPopToken.EndOfFreshness(result.ExpiresOn, refreshOn: null);
        var refresh = result.AuthenticationResultMetadata?.RefreshOn - _refreshSpread;
        _known = new Known(
            result,
            CertificateBinding.Of(result.BindingCertificate, clock),
            WarmUntil: refresh < expires ? refresh.Value : expires,
            HeldUntil: now + _holdWhileRefreshing < expires ? now + _holdWhileRefreshing : expires);
    }

    private sealed record Known(
        AuthenticationResult Result,
        CertificateBinding Binding,
        DateTimeOffset WarmUntil,
        DateTimeOffset HeldUntil);
}
