using System.Diagnostics;
using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>
/// Asks MSAL for bound tokens: checked, one request at a time for each token, with one second attempt where that can help.
/// </summary>
internal sealed class TokenAcquirer : IMtlsPopTokenAcquirer
{
    private const int MostTracks = 1024;

    private readonly string _source;
    private readonly Func<MtlsPopTokenRequest, CancellationToken, Task<AuthenticationResult>> _execute;
    private readonly TimeProvider _clock;
    private readonly BoundedMap<Key, TokenTrack> _tracks;

    // Null: those of the process.
    private readonly RuntimeMetrics? _metrics;

    /// <summary>Acquires by one means.</summary>
    /// <param name="source">What kind of application this is, for metrics.</param>
    /// <param name="execute">One request to MSAL.</param>
    /// <param name="clock">The time.</param>
    public TokenAcquirer(
        string source, Func<MtlsPopTokenRequest, CancellationToken, Task<AuthenticationResult>> execute, TimeProvider clock)
    {
        (_source, _execute, _clock) = (source, execute, clock);
        _tracks = new(MostTracks, _ => new TokenTrack(clock), static track => track.IsInFlight);
    }

    private TokenAcquirer(TokenAcquirer other, RuntimeMetrics metrics)
    {
        (_source, _execute, _clock, _tracks) = (other._source, other._execute, other._clock, other._tracks);
        _metrics = metrics;
    }

    internal int TrackCount => _tracks.Count;

    private RuntimeMetrics Metrics => _metrics ?? RuntimeMetrics.Shared;

    /// <summary>The same acquirer, with all that it knows, for a client that measures with a meter of its own.</summary>
    public TokenAcquirer MeasuredWith(RuntimeMetrics metrics) => new(this, metrics);

    public async ValueTask<MtlsPopToken> AcquireAsync(MtlsPopTokenRequest request, CancellationToken cancellationToken = default) =>
        MtlsPopToken.FromResult(await AcquireResultAsync(request, cancellationToken).ConfigureAwait(false), _clock);

    public Task<AuthenticationResult> AcquireResultAsync(MtlsPopTokenRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();

        var key = new Key(request.Scope, request.TenantId);
        var track = _tracks[key];
        if (request.ForceRefresh || request.Claims is not null)
        {
            return RenewAsync(request, track, cancellationToken);
        }

        if (track.IsWarm)
        {
            return FromWarmCacheAsync(request, track, cancellationToken);
        }

        return track.Held is { } held
            ? Task.FromResult(held)
            : track.JoinAsync(ColdAsync, cancellationToken);

        async Task<AuthenticationResult> ColdAsync(CancellationToken abandoned)
        {
            try
            {
                return await AcquireOrReacquireAsync(request, abandoned).ConfigureAwait(false);
            }
            catch when (track.IsUnknown)
            {
                _tracks.Remove(key, track); // a tenant or scope that may not even exist
                throw;
            }
        }
    }

    private Task<AuthenticationResult> FromWarmCacheAsync(
        MtlsPopTokenRequest request, TokenTrack track, CancellationToken cancellationToken)
    {
        var asked = _execute(request, cancellationToken);
        return asked.IsCompletedSuccessfully ? Checked(asked) : OtherwiseAsync();

        // The cache was not warm after all: a certificate that rotated, or a cache that was cleared.
        async Task<AuthenticationResult> OtherwiseAsync()
        {
            try
            {
                var result = await asked.ConfigureAwait(false);
                Check(result);
                track.Learn(result);
                return result;
            }
            catch (Exception exception) when (Reacquisition.Helps(exception))
            {
                return await RenewAsync(request with { ForceRefresh = true }, track, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task<AuthenticationResult> Checked(Task<AuthenticationResult> asked)
    {
        Check(asked.Result);
        return asked;
    }

    /// <summary>A request that passes MSAL's cache by; equal ones share a flight, and nothing of it stays but the token.</summary>
    private Task<AuthenticationResult> RenewAsync(MtlsPopTokenRequest request, TokenTrack ordinary, CancellationToken cancellationToken)
    {
        var key = new Key(request.Scope, request.TenantId, request.Claims, request.ForceRefresh);
        var track = _tracks[key];
        return track.JoinAsync(RenewAndForgetAsync, cancellationToken);

        async Task<AuthenticationResult> RenewAndForgetAsync(CancellationToken abandoned)
        {
            try
            {
                var result = await AcquireOrReacquireAsync(request, abandoned).ConfigureAwait(false);
                ordinary.Learn(result);
                return result;
            }
            finally
            {
                _tracks.Remove(key, track);
            }
        }
    }

    private async Task<AuthenticationResult> AcquireOrReacquireAsync(MtlsPopTokenRequest request, CancellationToken cancellationToken)
    {
        using var activity = MtlsPopDiagnostics.Activities.StartActivity("mtlspop.acquire");
        activity?.SetTag("mtlspop.source", _source);
        var started = Stopwatch.GetTimestamp();
        var outcome = "";
        try
        {
            AuthenticationResult result;
            try
            {
                result = await _execute(request, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (Reacquisition.Helps(exception))
            {
                activity?.SetTag("mtlspop.retry.reason", exception is MsalException msal ? msal.ErrorCode : "tls");
                result = await Reacquisition.RunAsync(() => _execute(request with { ForceRefresh = true }, cancellationToken))
                    .ConfigureAwait(false);
            }

            var binding = Check(result);
            activity?.SetTag("mtlspop.binding", binding.Prefix);
            outcome = SourceOf(result);
            return result;
        }
        catch (Exception exception)
        {
            outcome = exception switch
            {
                MtlsPopException refused => refused.Error.ToString(),
                MsalException msal => msal.ErrorCode,
                _ => exception.GetType().Name,
            };
            activity?.SetStatus(ActivityStatusCode.Error, outcome);
            Metrics.TokensAcquired.Add(1, new("mtlspop.source", _source), new("mtlspop.result", outcome));
            throw;
        }
        finally
        {
            Metrics.AcquireDuration.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                new("mtlspop.source", _source),
                new KeyValuePair<string, object?>("mtlspop.result", outcome));
        }
    }

    private static string SourceOf(AuthenticationResult result) =>
        result.AuthenticationResultMetadata?.TokenSource is TokenSource.Cache ? "cache" : "identity_provider";

    private CertificateBinding Check(AuthenticationResult result)
    {
        var binding = MtlsPopToken.Check(result, _clock);
        if (Metrics.TokensAcquired.Enabled)
        {
            Metrics.TokensAcquired.Add(1, new("mtlspop.source", _source), new("mtlspop.result", SourceOf(result)));
        }

        return binding;
    }

    private readonly record struct Key(string Scope, string? TenantId, string? Claims = null, bool ForceRefresh = false);
}
