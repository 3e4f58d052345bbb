using Microsoft.Extensions.Logging;

namespace MtlsPop;

/// <summary>What is logged. No message carries a token, an assertion, claims or more than the beginning of a certificate's hash.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Opened connections for binding certificate {Binding}.")]
    public static partial void HandlerCreated(ILogger logger, string binding);

    [LoggerMessage(2, LogLevel.Debug, "Retired the connections of binding certificate {Binding}: {Reason}.")]
    public static partial void HandlerRetired(ILogger logger, string binding, string reason);

    [LoggerMessage(3, LogLevel.Information, "{Host} demanded claims; the request is {Outcome}.")]
    public static partial void ClaimsChallenged(ILogger logger, string host, string outcome);

    [LoggerMessage(4, LogLevel.Warning, "The TLS session with {Host} failed with binding certificate {Binding} ({Fault}); "
        + "acquiring again.")]
    public static partial void TlsFailed(ILogger logger, string host, string binding, TlsFault fault);

    [LoggerMessage(5, LogLevel.Error, "The changed options of the client '{Client}' cannot work, so it goes on with the last good ones.")]
    public static partial void OptionsRejected(ILogger logger, string client, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "The token service gives no new token ({Reason}); going on with the one that expires at {Expiry}.")]
    public static partial void TokenHeld(ILogger logger, DateTimeOffset expiry, string reason);
}
