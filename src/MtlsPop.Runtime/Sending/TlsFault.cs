using System.Net.Sockets;
using System.Security.Authentication;

namespace MtlsPop;

/// <summary>Whether a failed request points to the client certificate.</summary>
internal enum TlsFault
{
    /// <summary>No.</summary>
    None,

    /// <summary>The connection broke as it does when some servers refuse a certificate, and as it may for other reasons.</summary>
    Suspected,

    /// <summary>The peer ended the TLS session with an alert; what was sent was not processed.</summary>
    Certain,
}

internal static class TlsFaultExtensions
{
    extension(TlsFault)
    {
        // The same refusal has different shapes: TLS 1.2 fails the handshake, TLS 1.3 the first read, and some servers just close.
        public static TlsFault Of(HttpRequestException exception)
        {
            for (var cause = exception.InnerException; cause is not null; cause = cause.InnerException)
            {
                switch (cause)
                {
                    case AuthenticationException { InnerException: null }: // it was us who did not trust the server
                        return TlsFault.None;
                    case AuthenticationException:
                    case IOException { InnerException: not (null or SocketException or IOException) }:
                        return TlsFault.Certain;
                    case SocketException
                    {
                        SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown,
                    }:
                        return TlsFault.Suspected;
                }
            }

            return exception.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.ResponseEnded
                ? TlsFault.Suspected
                : TlsFault.None;
        }
    }
}
