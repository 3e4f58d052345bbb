using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;

namespace MtlsPop;

/// <summary>Looks for a token in this process, then among what the replicas share, and only then asks MSAL.</summary>
/// <remarks>
/// MSAL's own serialization is not used: it writes the tokens of all certificates and tenants as one value, which replicas would overwrite
/// for each other.
/// Here each token lies by itself, under a key that holds the hash of its certificate.
/// </remarks>
/// <param name="inner">Asks MSAL.</param>
/// <param name="application">What tells this application from others in the cache.</param>
/// <param name="certificate">The certificate that a token acquired now would be bound to.</param>
/// <param name="cache">The shared cache.</param>
/// <param name="clock">The time.</param>
internal sealed class SharedTokenAcquirer(
    IMtlsPopTokenAcquirer inner, string application, Func<CancellationToken, Task<X509Certificate2>> certificate, SharedTokenCache cache,
    TimeProvider clock)
    : IMtlsPopTokenAcquirer
{
    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    public async ValueTask<MtlsPopToken> AcquireAsync(MtlsPopTokenRequest request, CancellationToken cancellationToken = default)
    {
        if (request.ForceRefresh || request.Claims is not null)
        {
            return await AcquireAndShareAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var presented = await certificate(cancellationToken).ConfigureAwait(false);
        var binding = CertificateBinding.Of(presented, clock);
        var key = SharedToken.KeyOf(application, request, binding);
        var slot = SlotOf(key);
        if (slot.Current is { } current && current.IsFresh(clock) && (slot.IsShared || !cache.MayBeAsked))
        {
            cache.Served("memory");
            return current;
        }

        return await slot.Flight.JoinAsync(abandoned => FindAsync(key, slot, request, presented, binding, abandoned), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<MtlsPopToken> FindAsync(
        string key, Slot slot, MtlsPopTokenRequest request, X509Certificate2 presented, CertificateBinding binding,
        CancellationToken cancellationToken)
    {
        if (slot.Current is { } current && current.IsFresh(clock))
        {
            // Acquired while the cache was down: the replicas get it now.
            slot.IsShared = slot.IsShared || await cache.WriteAsync(key, current, cancellationToken).ConfigureAwait(false);
            return current;
        }

        if (await cache.ReadAsync(key, cancellationToken).ConfigureAwait(false) is { } written)
        {
            var shared = SharedToken.Read(written, presented, binding, request.Scope, clock);
            cache.Served(shared is null ? "unusable" : shared.IsFresh(clock) ? "hit" : "stale");
            if (shared is not null)
            {
                (slot.Current, slot.IsShared) = (shared, true);
            }

            if (shared?.IsFresh(clock) == true)
            {
                return shared;
            }
        }
        else if (cache.MayBeAsked)
        {
            cache.Served("miss");
        }

        try
        {
            return await AcquireAndShareAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (MtlsPopException or OperationCanceledException) && StillGood(slot) is not null)
        {
            return StillGood(slot)!; // due for renewal, but good until it expires
        }
    }

    private MtlsPopToken? StillGood(Slot slot) =>
        slot.Current is { } current
            && clock.GetUtcNow() < current.ExpiresOn
            && current.Binding.IsPresentable(current.BindingCertificate, clock)
                ? current
                : null;

    // The token may be bound to another certificate than the one that was looked for: it lies where that one's belong.
    private async Task<MtlsPopToken> AcquireAndShareAsync(MtlsPopTokenRequest request, CancellationToken cancellationToken)
    {
        var token = await inner.AcquireAsync(request, cancellationToken).ConfigureAwait(false);
        var key = SharedToken.KeyOf(application, request, token.Binding);
        var slot = SlotOf(key);
        slot.IsShared = await cache.WriteAsync(key, token, cancellationToken).ConfigureAwait(false);
        slot.Current = token;
        return token;
    }

    private Slot SlotOf(string key)
    {
        if (!_slots.TryGetValue(key, out var slot))
        {
            while (_slots.Count >= cache.MaxTokensInMemory && _slots.MinBy(static other => other.Value.LastUsed) is { Key: { } unused })
            {
                _slots.TryRemove(unused, out _);
            }

            slot = _slots.GetOrAdd(key, static _ => new Slot());
        }

        slot.LastUsed = clock.GetTimestamp();
        return slot;
    }

    private sealed class Slot
    {
        public volatile MtlsPopToken? Current;

        public volatile bool IsShared;

        public long LastUsed { get; set; }

        public SingleFlight<MtlsPopToken> Flight { get; } = new();
    }
}
