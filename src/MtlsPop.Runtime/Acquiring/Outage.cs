using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>Whether the token service could not be reached or could not answer, which says nothing about the token that is there.</summary>
internal static class Outage
{
    public static bool Is(Exception exception, CancellationToken cancelledByCaller) => exception switch
    {
        OperationCanceledException => !cancelledByCaller.IsCancellationRequested, // a timeout
        MsalServiceException service => service.IsRetryable || service.StatusCode is >= 500 or 429 or 408,
        MsalException msal => msal.IsRetryable,
        HttpRequestException or TimeoutException or IOException => true,
        _ => false,
    };
}
