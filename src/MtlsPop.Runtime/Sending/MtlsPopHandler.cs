using System.Runtime.ExceptionServices;

namespace MtlsPop;

/// <summary>Gives each request a bound token, and answers a claims challenge or a failed TLS session once.</summary>
internal sealed class MtlsPopHandler(BoundClient client) : DelegatingHandler
{
    private bool _isChainBound;

    internal static NotSupportedException SynchronousSend() =>
        new("Bound requests are sent asynchronously only: call SendAsync.");

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => throw SynchronousSend();

    // A token at hand and a good answer cost one small state machine; everything else has methods of its own.
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        RequireBoundChain();
        var options = client.Options;
        Destination.Check(request, options);
        var acquiring = client.Tokens.GetAsync(request.TokenRequest(options), cancellationToken);
        return acquiring.IsCompletedSuccessfully
            ? RecoverAsync(SendWithAsync(acquiring.Result, request, cancellationToken), request, options, cancellationToken)
            : SendWhenAcquiredAsync(acquiring, request, options, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendWhenAcquiredAsync(
        ValueTask<MtlsPopToken> acquiring, HttpRequestMessage request, MtlsPopOptions options, CancellationToken cancellationToken)
    {
        var token = await acquiring.ConfigureAwait(false);
        return await RecoverAsync(
            SendWithAsync(token, request, cancellationToken),
            request,
            options,
            cancellationToken).ConfigureAwait(false);
    }

    private Task<HttpResponseMessage> SendWithAsync(MtlsPopToken token, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = token.Header;
        return base.SendAsync(request, cancellationToken);
    }

    private static MtlsPopToken TokenOf(HttpRequestMessage request) => ((BoundAuthorization)request.Headers.Authorization!).Token;

    private async Task<HttpResponseMessage> RecoverAsync(
        Task<HttpResponseMessage> sending, HttpRequestMessage request, MtlsPopOptions options, CancellationToken cancellationToken)
    {
        await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (sending.Exception?.InnerException is HttpRequestException failure && TlsFault.Of(failure) != TlsFault.None)
        {
            sending = SendAfterTlsFaultAsync(failure, request, options, cancellationToken);
            await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (sending.IsCompletedSuccessfully && options.Retry.HandleClaimsChallenge && DemandedClaims.Of(sending.Result) is { } claims)
        {
            sending = AnswerAsync(claims, sending.Result, request, options, cancellationToken);
        }

        // As a Task, so that the state machine has one awaiter field for all three.
        await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.None);
        return sending.Result;
    }

    private async Task<HttpResponseMessage> AnswerAsync(
        string claims, HttpResponseMessage challenge, HttpRequestMessage request, MtlsPopOptions options,
        CancellationToken cancellationToken)
    {
        using var activity = MtlsPopDiagnostics.Activities.StartActivity("mtlspop.challenge");
        MtlsPopToken? renewed;
        try
        {
            // Also where the request cannot be repeated: the caller's next one will carry the claims.
            renewed = await client.Tokens.RenewForClaimsAsync(request.TokenRequest(options), TokenOf(request), claims, cancellationToken)
                .ConfigureAwait(false);
            var isRepeatable = Replay.HasRepeatableBody(request, options.Retry.MaxReplayContentBytes);
            var outcome =
                renewed is null ? "not repeated, because a token for them was refused just now" :
                isRepeatable ? "repeated" : "not repeated, because its body is streamed or too large";
            Log.ClaimsChallenged(client.Services.Logger, request.RequestUri!.Host, outcome);
            if (renewed is null || !isRepeatable)
            {
                return challenge;
            }
        }
        catch
        {
            challenge.Dispose();
            throw;
        }

        challenge.Dispose();
        client.Services.Metrics.ChallengeRetries.Add(1);
        try
        {
            return await SendWithAsync(renewed, request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (TlsFault.Of(exception) != TlsFault.None)
        {
            await ThrowIfRejectedAsync(renewed, request, exception, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendAfterTlsFaultAsync(
        HttpRequestException failure, HttpRequestMessage request, MtlsPopOptions options, CancellationToken cancellationToken)
    {
        var token = TokenOf(request);
        var fault = TlsFault.Of(failure);
        using var activity = MtlsPopDiagnostics.Activities.StartActivity("mtlspop.tls.fault");
        activity?.SetTag("mtlspop.fault", fault.ToString());
        activity?.SetTag("mtlspop.binding", token.Binding.Prefix);
        client.Services.Metrics.TlsFaults.Add(1, new KeyValuePair<string, object?>("mtlspop.fault", fault.ToString()));
        Log.TlsFailed(client.Services.Logger, request.RequestUri!.Host, token.Binding.Prefix, fault);

        var renewed = options.Retry.ReacquireOnTlsFailure
            ? await client.Tokens.RenewAfterTlsFaultAsync(request.TokenRequest(options), token, cancellationToken).ConfigureAwait(false)
            : null;
        if (renewed is not null || fault == TlsFault.Certain)
        {
            client.Pool.Retire(token.Binding, "tls_fault");
        }

        var mayRepeat = Replay.HasRepeatableBody(request, options.Retry.MaxReplayContentBytes)
            && (fault == TlsFault.Certain || Replay.IsIdempotent(request.Method));
        if (renewed is not null && mayRepeat)
        {
            try
            {
                return await SendWithAsync(renewed, request, cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException again) when (TlsFault.Of(again) != TlsFault.None)
            {
                (failure, token) = (again, renewed);
            }
        }

        await ThrowIfRejectedAsync(token, request, failure, cancellationToken).ConfigureAwait(false);
        ExceptionDispatchInfo.Throw(failure);
        throw failure;
    }

    private async Task ThrowIfRejectedAsync(
        MtlsPopToken token, HttpRequestMessage request, HttpRequestException failure, CancellationToken cancellationToken)
    {
        if (TlsFault.Of(failure) == TlsFault.Certain
            || await client.Refusals.IsRefusedAsync(token, request, cancellationToken).ConfigureAwait(false))
        {
            throw new MtlsPopException(MtlsPopError.CertificateRejected,
                $"{request.RequestUri!.Host} ends the connection when it sees certificate {token.Binding.Prefix}…: "
                + "check that the server trusts its issuer, and that it is not revoked.",
                failure);
        }
    }

    // Any other end of the chain would send the token without its certificate.
    private void RequireBoundChain()
    {
        if (_isChainBound)
        {
            return;
        }

        var inner = InnerHandler;
        while (inner is DelegatingHandler delegating)
        {
            inner = delegating.InnerHandler;
        }

        if (inner is not MtlsPopPrimaryHandler primary || primary.Client != client)
        {
            throw new MtlsPopException(MtlsPopError.UnsafeTransport,
                "The client's primary handler has been replaced and would send bound tokens without their certificate: "
                + "remove ConfigurePrimaryHttpMessageHandler, and configure connections in MtlsPopOptions.Transport.");
        }

        _isChainBound = true;
    }
}
