using Microsoft.Extensions.Logging;

namespace MtlsPop;

/// <summary>
/// The pairs that a client sends with, kept until they are due for refresh or have been refused. MSAL is asked only then.
/// </summary>
internal sealed class BoundTokenSource(IMtlsPopTokenAcquirer acquirer, TimeProvider clock, ILogger logger)
{
    private const int MostSlots = 1024;

    /// <summary>How long it is useless to ask again for what has just failed.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly BoundedMap<(string Scope, string? TenantId, string? Claims), TokenSlot> _slots =
        new(MostSlots, static _ => new TokenSlot(), static _ => false);

    private volatile Usual? _usual;

    public ValueTask<MtlsPopToken> GetAsync(MtlsPopTokenRequest request, CancellationToken cancellationToken)
    {
        var slot = SlotOf(request);
        return slot.Current is { } current && current.IsFresh(clock)
            ? ValueTask.FromResult(current)
            : RefreshAsync(slot, request, cancellationToken);
    }

    /// <summary>
    /// The pair to answer a claims challenge with, or null where the one that has just been acquired for these claims was refused.
    /// </summary>
    public async Task<MtlsPopToken?> RenewForClaimsAsync(
        MtlsPopTokenRequest request, MtlsPopToken refused, string claims, CancellationToken cancellationToken)
    {
        var demanding = request with { Claims = claims };
        var slot = SlotOf(demanding);
        var answer = await slot.ForClaims.JoinAsync(AnswerAsync, cancellationToken).ConfigureAwait(false);
        if (answer is null || IsRefused(answer))
        {
            return null;
        }

        if (request.Claims is null)
        {
            SlotOf(request).Current = answer; // so that the next request has the claims
        }

        return answer;

        async Task<MtlsPopToken?> AnswerAsync(CancellationToken abandoned)
        {
            if (slot.Current is { } current && !IsRefused(current) && current.IsFresh(clock))
            {
                return current; // another request has answered it already
            }

            var now = clock.GetUtcNow();
            if (slot.Current is not null && now - slot.AskedForClaims < _patience)
            {
                return null;
            }

            slot.AskedForClaims = now;
            return slot.Current = await acquirer.AcquireAsync(demanding, abandoned).ConfigureAwait(false);
        }

        bool IsRefused(MtlsPopToken token) => token.AccessToken == refused.AccessToken;
    }

    /// <summary>The pair to try after TLS failed, or null where there is no other certificate.</summary>
    public Task<MtlsPopToken?> RenewAfterTlsFaultAsync(
        MtlsPopTokenRequest request, MtlsPopToken refused, CancellationToken cancellationToken)
    {
        var slot = SlotOf(request);
        var renewal = slot.AfterTlsFault[refused.Binding];
        return renewal.Flight.JoinAsync(RenewAsync, cancellationToken);

        async Task<MtlsPopToken?> RenewAsync(CancellationToken abandoned)
        {
            if (slot.Current is { } current && IsOther(current))
            {
                return current;
            }

            var now = clock.GetUtcNow();
            if (now - renewal.Forced < _patience)
            {
                // From the cache: the program may have renewed the certificate meanwhile.
                var cached = await acquirer.AcquireAsync(request, abandoned).ConfigureAwait(false);
                slot.Current = cached;
                return cached.Binding.Equals(refused.Binding) ? null : cached;
            }

            renewal.Forced = now;
            var renewed = await acquirer.AcquireAsync(request with { ForceRefresh = true }, abandoned).ConfigureAwait(false);
            slot.Current = renewed;
            return IsOther(renewed) ? renewed : null;
        }

        bool IsOther(MtlsPopToken token) => !ReferenceEquals(token.BindingCertificate, refused.BindingCertificate);
    }

    // When a refresh is due, one caller asks and the others go on with the held token. If the token service does not answer, so does it.
    private async ValueTask<MtlsPopToken> RefreshAsync(TokenSlot slot, MtlsPopTokenRequest request, CancellationToken cancellationToken)
    {
        var held = slot.Current is { } current && current.IsUsable(clock) ? current : null;
        if (held is not null && !slot.TryBeginRefresh(clock.GetUtcNow()))
        {
            return held;
        }

        var askAgainAt = DateTimeOffset.MinValue;
        try
        {
            var token = await acquirer.AcquireAsync(request, cancellationToken).ConfigureAwait(false);
            slot.Current = token;
            return token;
        }
        catch (Exception exception) when (held is not null && held.IsUsable(clock) && Outage.Is(exception, cancellationToken))
        {
            askAgainAt = clock.GetUtcNow() + _patience;
            Log.TokenHeld(logger, held.ExpiresOn, exception.GetType().Name);
            return held;
        }
        finally
        {
            if (held is not null)
            {
                slot.EndRefresh(askAgainAt);
            }
        }
    }

    private TokenSlot SlotOf(MtlsPopTokenRequest request)
    {
        if (_usual is { } usual && ReferenceEquals(usual.Request, request))
        {
            return usual.Slot;
        }

        var slot = _slots[(request.Scope, request.TenantId, request.Claims)];
        if (request is { Claims: null, CorrelationId: null })
        {
            _usual = new Usual(request, slot);
        }

        return slot;
    }

    /// <summary>The request that most others repeat, and its slot.</summary>
    private sealed record Usual(MtlsPopTokenRequest Request, TokenSlot Slot);
}
