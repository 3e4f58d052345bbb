using Microsoft.Extensions.Logging;

namespace MtlsPop;

/// <summary>What is logged. No message carries a token, claims, a key or more than the beginning of a certificate's hash.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(101, LogLevel.Information, "Acquirer '{Acquirer}': the certificate has been renewed and is valid until {NotAfter:u}.")]
    public static partial void CertificateRenewed(ILogger logger, string acquirer, DateTime notAfter);

    [LoggerMessage(102, LogLevel.Error, "Acquirer '{Acquirer}': a renewed certificate could not be taken over, "
        + "and the last one stays in use. {Reason}")]
    public static partial void CertificateKept(ILogger logger, string acquirer, string reason);

    [LoggerMessage(103, LogLevel.Information, "Acquirer '{Acquirer}': took over its changed configuration.")]
    public static partial void OptionsTaken(ILogger logger, string acquirer);

    [LoggerMessage(104, LogLevel.Error, "Acquirer '{Acquirer}': the changed configuration cannot work, and the last one stays in use. "
        + "{Reason}")]
    public static partial void OptionsKept(ILogger logger, string acquirer, string reason);

    [LoggerMessage(105, LogLevel.Warning, "Acquirer '{Acquirer}': no token for {Scope} at start ({Error}); "
        + "it will be asked for with the first request.")]
    public static partial void WarmUpFailed(ILogger logger, string acquirer, string scope, string error);

    [LoggerMessage(106, LogLevel.Warning, "Acquirer '{Acquirer}': the shared token cache does not answer ({Error}); "
        + "the token service is asked meanwhile.")]
    public static partial void CacheFailed(ILogger logger, string acquirer, string error);

    [LoggerMessage(107, LogLevel.Information, "Acquirer '{Acquirer}': the shared token cache answers again.")]
    public static partial void CacheAnswers(ILogger logger, string acquirer);
}
