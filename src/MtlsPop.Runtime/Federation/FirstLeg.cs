using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>
/// Answers MSAL's assertion callback with a bound token of the first leg, acquired inside the callback and kept until it is due for
/// refresh.
/// </summary>
internal sealed class FirstLeg(IMtlsPopTokenAcquirer acquirer, string? exchangeScope, TimeProvider clock)
{
    // A request that began before a renewal may ask for its second assertion this long after it.
    private static readonly TimeSpan _renewalGrace = TimeSpan.FromMinutes(2);

    private readonly AssertionReplayCache _answers = new();
    private volatile FirstLegResult? _current;

    public Task<ClientSignedAssertion> GetAssertionAsync(AssertionRequestOptions options, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var request = new AssertionRequest(options.CorrelationId, options.Claims, Reacquisition.Current);
        var isOrdinary = request is { Claims: null, Refusal: null };
        var current = isOrdinary && _current is { } remembered && remembered.IsFresh(clock) ? remembered : null;

        var mayContinueAnother = current is null || current.ReplacedAnotherWithin(_renewalGrace, now);
        if (mayContinueAnother && _answers.Find(request, now) is { } same && same.IsUsable(clock))
        {
            return same.Assertion;
        }

        if (request.Refusal is not null)
        {
            // The next request of a batch with one correlation ID would be given the refused assertion.
            _answers.Forget(request with { Refusal = null });
        }

        if (current is null)
        {
            return AcquireAsync(options, request, cancellationToken);
        }

        _answers.Add(request, current, now);
        return current.Assertion;
    }

    private async Task<ClientSignedAssertion> AcquireAsync(
        AssertionRequestOptions options, AssertionRequest request, CancellationToken cancellationToken)
    {
        var token = await acquirer.AcquireAsync(
            new MtlsPopTokenRequest(exchangeScope ?? $"{TokenExchange.GetAudience(new Uri(options.TokenEndpoint))}/.default")
            {
                Claims = options.Claims,
                ForceRefresh = request.Refusal is not null,
                CorrelationId = options.CorrelationId == Guid.Empty ? null : options.CorrelationId,
            },
            cancellationToken).ConfigureAwait(false);

        var acquired = Remember(token);
        _answers.Add(request, acquired, clock.GetUtcNow());
        return await acquired.Assertion.ConfigureAwait(false);
    }

    // Two may be acquired at the same time. The later one replaces the other, with which requests may have begun.
    private FirstLegResult Remember(MtlsPopToken token)
    {
        lock (_answers)
        {
            return _current = new FirstLegResult(token, clock.GetUtcNow(), replacesAnother: _current is not null);
        }
    }
}
