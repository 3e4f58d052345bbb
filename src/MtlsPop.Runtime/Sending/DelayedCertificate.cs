using System.Net;

namespace MtlsPop;

/// <summary>What tells a server that asks for the certificate only after it has seen the request that there is one.</summary>
internal static class DelayedCertificate
{
    private const string Header = "x-ms-tokenboundauth";

    public static void Announce(HttpRequestMessage request, MtlsPopTransportOptions transport)
    {
        if (!transport.SupportsDelayedClientCertificate)
        {
            return;
        }

        request.Headers.Remove(Header);
        request.Headers.Add(Header, "true");
        request.Version = HttpVersion.Version11; // a server cannot ask for a certificate within HTTP/2
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
    }
}
