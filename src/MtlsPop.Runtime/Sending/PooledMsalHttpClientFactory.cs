using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>The HTTP factory to give to MSAL: it presents certificates to the token service, which a factory without <see cref="IMsalMtlsHttpClientFactory"/> silently does not.</summary>
/// <remarks>Its clients are shared: MSAL never disposes them, and neither must anyone else. Dispose the factory after the applications that use it.</remarks>
public sealed class PooledMsalHttpClientFactory : IMsalMtlsHttpClientFactory, IDisposable
{
    private const int LongestTokenResponse = 1024 * 1024;

    private readonly ConditionalWeakTable<X509Certificate2, HttpClient> _bound = [];
    private readonly HttpClient _unbound;
    private readonly MtlsHandlerPool _pool;

    /// <summary>Creates the factory.</summary>
    /// <param name="transport">How connections to the token service are made; the defaults will do.</param>
    public PooledMsalHttpClientFactory(MtlsPopTransportOptions? transport = null)
    {
        transport ??= new MtlsPopTransportOptions();
        _pool = new MtlsHandlerPool(() => transport, TimeProvider.System, NullLogger.Instance);
        _unbound = Client(BoundConnections.OpenWithoutCertificate(transport));
    }

    /// <summary>A client without a certificate, for discovery and the like.</summary>
    /// <returns>A shared client.</returns>
    public HttpClient GetHttpClient() => _unbound;

    /// <summary>A client that presents a certificate.</summary>
    /// <param name="x509Certificate2">The certificate, or null for a client without one.</param>
    /// <returns>A shared client.</returns>
    /// <exception cref="MtlsPopException">The certificate cannot be presented.</exception>
    public HttpClient GetHttpClient(X509Certificate2? x509Certificate2)
    {
        if (x509Certificate2 is null)
        {
            return _unbound;
        }

        Binding.Of(x509Certificate2, TimeProvider.System);
        return _bound.GetValue(x509Certificate2, certificate => Client(new Route(certificate, _pool)));
    }

    /// <summary>Ends the connections, once the requests on them have their responses. No certificate is disposed.</summary>
    public void Dispose()
    {
        _pool.Dispose();
        _unbound.Dispose();
    }

    private static HttpClient Client(HttpMessageHandler handler) => new(handler) { MaxResponseContentBufferSize = LongestTokenResponse };

    /// <summary>Sends over the pool, so that the client outlives the connections.</summary>
    private sealed class Route(X509Certificate2 certificate, MtlsHandlerPool pool) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            pool.Enter(certificate, Binding.Of(certificate, TimeProvider.System))
                .SendAndLeaveAsync(request, authorization: null, takesClaims: false, cancellationToken);
    }
}
