using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>The one second attempt after the token service refused the certificate or the assertion.</summary>
internal static class Reacquisition
{
    // It flows into MSAL's assertion callback, which must not answer from memory what has just been refused.
    private static readonly AsyncLocal<object?> _current = new();

    /// <summary>
    /// The attempt that this code runs in, if any. Each is an object of its own: what the one before it was given may be what was refused.
    /// </summary>
    public static object? Current => _current.Value;

    public static bool Helps(Exception exception) => exception switch
    {
        MsalServiceException service => service.ErrorCode == MsalError.InvalidClient,
        HttpRequestException request => TlsFault.Of(request) != TlsFault.None,
        _ => false,
    };

    public static async Task<T> RunAsync<T>(Func<Task<T>> acquire)
    {
        _current.Value = new object(); // ends with this method: what an async method sets, its caller does not see
        return await acquire().ConfigureAwait(false);
    }
}
