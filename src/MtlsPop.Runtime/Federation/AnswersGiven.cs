namespace MtlsPop;

/// <summary>Which first leg each of the latest requests was given.</summary>
/// <remarks>
/// MSAL asks for the assertion twice in one request. It presents the certificate of the first answer and sends the assertion of the second,
/// so both must come from the same first leg even where a renewal falls between them. The correlation ID tells which questions belong together.
/// </remarks>
internal sealed class AnswersGiven
{
    private static readonly TimeSpan _longestRequest = TimeSpan.FromMinutes(2);

    private readonly Answer[] _latest = new Answer[1024];
    private int _next;

    public void Add(in Question question, FirstLegResult given, DateTimeOffset now)
    {
        lock (_latest)
        {
            _latest[_next] = new Answer(question, given, now);
            _next = (_next + 1) % _latest.Length;
        }
    }

    public FirstLegResult? Find(in Question question, DateTimeOffset now)
    {
        lock (_latest)
        {
            for (var back = 1; back <= _latest.Length; back++)
            {
                ref readonly var answer = ref _latest[(_next - back + _latest.Length) % _latest.Length];
                if (answer.Given is null || now - answer.At > _longestRequest)
                {
                    return null;
                }

                if (answer.Question == question)
                {
                    return answer.Given;
                }
            }

            return null;
        }
    }

    /// <summary>Forgets what was answered to a question, because it has been refused.</summary>
    public void Forget(in Question question)
    {
        lock (_latest)
        {
            for (var i = 0; i < _latest.Length; i++)
            {
                if (_latest[i].Question == question)
                {
                    _latest[i] = _latest[i] with { Question = new Question(Guid.Empty, null, _latest) }; // which nobody asks
                }
            }
        }
    }

    /// <summary>One request to MSAL, as its assertion callback sees it.</summary>
    internal readonly record struct Question(Guid CorrelationId, string? Claims, object? Refusal);

    private readonly record struct Answer(Question Question, FirstLegResult? Given, DateTimeOffset At);
}
