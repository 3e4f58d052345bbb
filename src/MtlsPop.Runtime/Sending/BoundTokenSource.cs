using System.Collections.Concurrent;

namespace MtlsPop;

/// <summary>The pair that a client sends with, kept until it is due for refresh or has been refused. MSAL is asked only then.</summary>
internal sealed class BoundTokenSource(IMtlsPopTokenAcquirer acquirer, TimeProvider clock)
{
    private static readonly TimeSpan _cooldown = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string Scope, string? TenantId), Slot> _slots = new();

    public ValueTask<MtlsPopToken> GetAsync(MtlsPopOptions options, CancellationToken cancellationToken)
    {
        var slot = SlotOf(options);
        return slot.Current is { } current && current.IsFresh(clock)
            ? ValueTask.FromResult(current)
            : AcquireAsync(slot, Request(options), cancellationToken);
    }

    /// <summary>The pair to answer a claims challenge with.</summary>
    public ValueTask<MtlsPopToken> RenewForClaimsAsync(
        MtlsPopOptions options, MtlsPopToken refused, string claims, CancellationToken cancellationToken)
    {
        var slot = SlotOf(options);
        return slot.Current is { } current && current.AccessToken != refused.AccessToken // another request has answered it already
            ? ValueTask.FromResult(current)
            : AcquireAsync(slot, Request(options) with { Claims = claims }, cancellationToken);
    }

    /// <summary>The pair to try after TLS failed, or null where asking again would change nothing or has just been done.</summary>
    public async ValueTask<MtlsPopToken?> RenewAfterTlsFaultAsync(
        MtlsPopOptions options, MtlsPopToken refused, CancellationToken cancellationToken)
    {
        var slot = SlotOf(options);
        if (slot.Current is { } current && IsOther(current))
        {
            return current;
        }

        if (!slot.TryBeginRenewal(refused.Binding, clock, _cooldown))
        {
            return null;
        }

        try
        {
            var renewed = await AcquireAsync(slot, Request(options) with { ForceRefresh = true }, cancellationToken).ConfigureAwait(false);
            return IsOther(renewed) ? renewed : null;
        }
        finally
        {
            slot.EndRenewal();
        }

        bool IsOther(MtlsPopToken token) => !ReferenceEquals(token.BindingCertificate, refused.BindingCertificate);
    }

    private async ValueTask<MtlsPopToken> AcquireAsync(Slot slot, MtlsPopTokenRequest request, CancellationToken cancellationToken)
    {
        var token = await acquirer.AcquireAsync(request, cancellationToken).ConfigureAwait(false);
        slot.Current = token;
        return token;
    }

    private static MtlsPopTokenRequest Request(MtlsPopOptions options) => new(options.Scope!) { TenantId = options.TenantId };

    private Slot SlotOf(MtlsPopOptions options) => _slots.GetOrAdd((options.Scope!, options.TenantId), static _ => new Slot());

    private sealed class Slot
    {
        private readonly object _gate = new();
        private Binding? _renewed;
        private DateTimeOffset _renewedAt;
        private int _renewals;

        public volatile MtlsPopToken? Current;

        /// <summary>Begins or joins a renewal, but begins none for a certificate that one was begun for within the cooldown.</summary>
        public bool TryBeginRenewal(Binding binding, TimeProvider clock, TimeSpan cooldown)
        {
            lock (_gate)
            {
                var now = clock.GetUtcNow();
                var isRecent = _renewed is not null && _renewed.Sha256.AsSpan().SequenceEqual(binding.Sha256) && now - _renewedAt < cooldown;
                if (isRecent && _renewals == 0)
                {
                    return false;
                }

                if (!isRecent)
                {
                    _renewed = binding;
                    _renewedAt = now;
                }

                _renewals++;
                return true;
            }
        }

        public void EndRenewal()
        {
            lock (_gate)
            {
                _renewals--;
            }
        }
    }
}
