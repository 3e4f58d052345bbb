using System.Diagnostics.CodeAnalysis;

namespace MtlsPop;

/// <summary>
/// One call in progress that any number of callers wait for: they share its outcome, and it is cancelled when the last of them has left.
/// </summary>
[SuppressMessage(
    "Design", "CA1001",
    Justification = "A source without timer or link holds nothing to dispose of, and the last caller may leave at any time.")]
internal sealed class Flight<T>
{
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandoned = new();
    private int _waiting;
    private bool _isAbandoned;

    /// <summary>Adds a caller, unless everyone has left already and the call is being cancelled.</summary>
    public bool TryJoin()
    {
        lock (_outcome)
        {
            _waiting += _isAbandoned ? 0 : 1;
            return !_isAbandoned;
        }
    }

    public async Task RunAsync(Func<CancellationToken, Task<T>> call, Action complete)
    {
        try
        {
            var result = await call(_abandoned.Token).ConfigureAwait(false);
            complete();
            _outcome.SetResult(result);
        }
        catch (Exception exception)
        {
            complete();
            _outcome.SetException(exception);
            _ = _outcome.Task.Exception; // so that it is not reported as unobserved when all callers have left
        }
    }

    public async Task<T> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _outcome.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        lock (_outcome)
        {
            _isAbandoned = --_waiting == 0 && !_outcome.Task.IsCompleted;
        }

        if (_isAbandoned)
        {
            _abandoned.Cancel();
        }
    }
}

/// <summary>Lets one call at a time be in progress; who comes meanwhile joins it.</summary>
internal sealed class SingleFlight<T>
{
    private readonly object _gate = new();
    private Flight<T>? _current;

    public bool IsUnderWay => Volatile.Read(ref _current) is not null;

    public Task<T> JoinAsync(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        Flight<T> flight;
        lock (_gate)
        {
            if (_current is { } current && current.TryJoin())
            {
                return current.WaitAsync(cancellationToken);
            }

            _current = flight = new Flight<T>();
            flight.TryJoin();
        }

        _ = flight.RunAsync(call, () => Complete(flight));
        return flight.WaitAsync(cancellationToken);
    }

    private void Complete(Flight<T> flight)
    {
        lock (_gate)
        {
            _current = _current == flight ? null : _current;
        }
    }
}
