using System.Security.Cryptography;

namespace MtlsPop;

/// <summary>Stands for the current token of one request, and is worth nothing to anyone but the transport.</summary>
internal sealed class TokenReference(MtlsPopTokenRequest request, IMtlsPopTokenAcquirer acquirer, TimeProvider clock)
{
    private static readonly TimeSpan _cooldown = TimeSpan.FromSeconds(30);

    private volatile MtlsPopToken? _current;
    private volatile MtlsPopToken? _refused;
    private long _forced;

    public string Text { get; } = $"mtlspop-reference-{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}";

    public MtlsPopTokenRequest Request => request;

    public long LastUsed { get; private set; } = clock.GetTimestamp();

    public async ValueTask<MtlsPopToken> AcquireAsync(CancellationToken cancellationToken) =>
        _current = await acquirer.AcquireAsync(request, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// The pair to send now: that of the last acquisition, unless a server refused its certificate or it can no longer be presented.
    /// </summary>
    public ValueTask<MtlsPopToken> PairAsync(CancellationToken cancellationToken)
    {
        LastUsed = clock.GetTimestamp();
        return _current is { } current && current != _refused && current.Binding.IsPresentable(current.BindingCertificate, clock)
            ? ValueTask.FromResult(current)
            : ReplaceAsync(cancellationToken);
    }

    /// <summary>Takes note that TLS failed with a pair, so that the pipeline's next attempt asks for another.</summary>
    public void Refuse(MtlsPopToken pair) => _refused = pair;

    // MSAL's cache is passed by at most once in a cooldown. In between it is asked, since the program may have renewed the certificate.
    private async ValueTask<MtlsPopToken> ReplaceAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetTimestamp();
        var last = Interlocked.Read(ref _forced);
        var mayForce = (last == 0 || clock.GetElapsedTime(last, now) >= _cooldown)
            && Interlocked.CompareExchange(ref _forced, now, last) == last;
        var replacement = await acquirer.AcquireAsync(request with { ForceRefresh = mayForce }, cancellationToken).ConfigureAwait(false);
        return _current = replacement;
    }
}
