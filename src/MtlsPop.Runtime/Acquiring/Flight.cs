using System.Diagnostics.CodeAnalysis;
using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>One acquisition that any number of callers wait for: they share its outcome, and it is cancelled when the last of them has left.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without timer or link holds nothing to dispose of, and the last caller may leave at any time.")]
internal sealed class Flight
{
    private readonly TaskCompletionSource<AuthenticationResult> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandoned = new();
    private int _waiting;
    private bool _isAbandoned;

    /// <summary>Adds a caller, unless everyone has left already and the acquisition is being cancelled.</summary>
    public bool TryJoin()
    {
        lock (_outcome)
        {
            _waiting += _isAbandoned ? 0 : 1;
            return !_isAbandoned;
        }
    }

    public async Task FlyAsync(Func<CancellationToken, Task<AuthenticationResult>> acquire)
    {
        try
        {
            _outcome.SetResult(await acquire(_abandoned.Token).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            _outcome.SetException(exception);
            _ = _outcome.Task.Exception; // observed, also when nobody waits any more
        }
    }

    public async Task<AuthenticationResult> WaitAsync(CancellationToken cancellationToken)
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
