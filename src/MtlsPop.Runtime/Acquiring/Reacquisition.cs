using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>The one second attempt after the token service refused the certificate or the assertion.</summary>
internal static class Reacquisition
{
    // It flows into MSAL's assertion callback, which must not answer from memory what has just been refused.
    private static readonly AsyncLocal<bool> _isUnderWay = new();

    public static bool IsUnderWay => _isUnderWay.Value;

    public static bool Helps(Exception exception) => exception switch
    {
        MsalServiceException service => service.ErrorCode == MsalError.InvalidClient,
        HttpRequestException request => TlsFault.Of(request) != TlsFault.None,
        _ => false,
    };

    public static async Task<T> RunAsync<T>(Func<Task<T>> acquire)
    {
        _isUnderWay.Value = true; // undone by the return from this async method
        return await acquire().ConfigureAwait(false);
    }
}
