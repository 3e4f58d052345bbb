namespace MtlsPop;

/// <summary>The first leg's result that each of the latest assertion requests was answered with.</summary>
/// <remarks>
/// MSAL asks for the assertion twice in one request. It presents the certificate of the first answer and sends the assertion of the second,
/// so both must come from the same first leg even where a renewal falls between them.
/// The correlation ID tells which calls belong together.
/// </remarks>
internal sealed class AssertionReplayCache
{
    private static readonly TimeSpan _longestRequest = TimeSpan.FromMinutes(2);

    private readonly Entry[] _latest = new Entry[1024];
    private int _next;

    public void Add(in AssertionRequest request, FirstLegResult answer, DateTimeOffset now)
    {
        lock (_latest)
        {
            _latest[_next] = new Entry(request, answer, now);
            _next = (_next + 1) % _latest.Length;
        }
    }

    public FirstLegResult? Find(in AssertionRequest request, DateTimeOffset now)
    {
        lock (_latest)
        {
            for (var back = 1; back <= _latest.Length; back++)
            {
                ref readonly var entry = ref _latest[(_next - back + _latest.Length) % _latest.Length];
                if (entry.Answer is null || now - entry.At > _longestRequest)
                {
                    return null;
                }

                if (entry.Request == request)
                {
                    return entry.Answer;
                }
            }

            return null;
        }
    }

    /// <summary>Forgets the answer to a request, because the token service refused it.</summary>
    public void Forget(in AssertionRequest request)
    {
        lock (_latest)
        {
            for (var i = 0; i < _latest.Length; i++)
            {
                if (_latest[i].Request == request)
                {
                    // Equal to no request of MSAL's, whose refusals are other objects.
                    _latest[i] = _latest[i] with { Request = new AssertionRequest(Guid.Empty, null, _latest) };
                }
            }
        }
    }

    private readonly record struct Entry(AssertionRequest Request, FirstLegResult? Answer, DateTimeOffset At);
}

/// <summary>One request to MSAL, as its assertion callback sees it.</summary>
internal readonly record struct AssertionRequest(Guid CorrelationId, string? Claims, object? Refusal);
