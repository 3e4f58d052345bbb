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
    public Task<MtlsPopToken> RenewForClaimsAsync(
        MtlsPopOptions options, MtlsPopToken refused, string claims, CancellationToken cancellationToken)
    {
        var slot = SlotOf(options);
        return slot.ForClaims.JoinAsync(
            async abandoned => slot.Current is { } current && current.AccessToken != refused.AccessToken // another request has answered it already
                ? current
                : await AcquireAsync(slot, Request(options) with { Claims = claims }, abandoned).ConfigureAwait(false),
            cancellationToken);
    }

    /// <summary>The pair to try after TLS failed, or null where asking again would change nothing or has just been done.</summary>
    public Task<MtlsPopToken?> RenewAfterTlsFaultAsync(MtlsPopOptions options, MtlsPopToken refused, CancellationToken cancellationToken)
    {
        var slot = SlotOf(options);
        return slot.AfterTlsFault.JoinAsync(RenewAsync, cancellationToken);

        async Task<MtlsPopToken?> RenewAsync(CancellationToken abandoned)
        {
            if (slot.Current is { } current && IsOther(current))
            {
                return current;
            }

            var now = clock.GetUtcNow();
            if (slot.Renewed is { } last && last.Binding.IsSame(refused.Binding) && now - last.At < _cooldown)
            {
                return null;
            }

            slot.Renewed = (refused.Binding, now);
            var renewed = await AcquireAsync(slot, Request(options) with { ForceRefresh = true }, abandoned).ConfigureAwait(false);
            return IsOther(renewed) ? renewed : null;
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
        public volatile MtlsPopToken? Current;

        /// <summary>What was last acquired anew after a TLS fault; only one flight at a time looks at it.</summary>
        public (Binding Binding, DateTimeOffset At)? Renewed;

        public SingleFlight<MtlsPopToken> ForClaims { get; } = new();

        public SingleFlight<MtlsPopToken?> AfterTlsFault { get; } = new();
    }
}
