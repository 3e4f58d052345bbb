using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>
/// The HTTP factory to give to MSAL: it presents certificates to the token service, which a factory without
/// <see cref="IMsalMtlsHttpClientFactory"/> silently does not.
/// </summary>
/// <remarks>
/// Its clients are shared: MSAL never disposes them, and neither must anyone else. Dispose the factory after the applications that use it.
/// </remarks>
public sealed class PooledMsalHttpClientFactory : IMsalMtlsHttpClientFactory, IDisposable
{
    private const int LongestTokenResponse = 1024 * 1024;

    private readonly ConditionalWeakTable<X509Certificate2, HttpClient> _bound = [];
    private readonly HttpClient _unbound;
    private readonly MtlsHandlerPool _pool;
    private readonly TimeProvider _clock;

    /// <summary>Creates the factory.</summary>
    public PooledMsalHttpClientFactory()
        : this(new MtlsPopTransportOptions())
    {
    }

    /// <summary>Creates the factory.</summary>
    /// <param name="transport">How connections to the token service are made.</param>
    /// <exception cref="OptionsValidationException">The options cannot work.</exception>
    public PooledMsalHttpClientFactory(MtlsPopTransportOptions transport)
        : this(transport, host: null)
    {
    }

    internal PooledMsalHttpClientFactory(MtlsPopTransportOptions transport, IServiceProvider? host)
    {
        ArgumentNullException.ThrowIfNull(transport);
        var frozen = MtlsPopOptionsValidator.Freeze(transport);
        var services = frozen.Services(typeof(PooledMsalHttpClientFactory).FullName!, host);
        _clock = services.Clock;
        _pool = new MtlsHandlerPool(() => frozen, services);
        _unbound = Client(BoundConnections.OpenWithoutCertificate(frozen));
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

        CertificateBinding.Of(x509Certificate2, _clock);
        return _bound.GetValue(x509Certificate2, certificate => Client(new Route(certificate, _pool, _clock)));
    }

    /// <summary>Ends the connections, once the requests on them have their responses. No certificate is disposed.</summary>
    public void Dispose()
    {
        _pool.Dispose();
        _unbound.Dispose();
    }

    private static HttpClient Client(HttpMessageHandler handler) => new(handler) { MaxResponseContentBufferSize = LongestTokenResponse };

    /// <summary>Sends over the pool, so that the client outlives the connections.</summary>
    private sealed class Route(X509Certificate2 certificate, MtlsHandlerPool pool, TimeProvider clock) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            pool.Enter(certificate, CertificateBinding.Of(certificate, clock))
                .SendAndLeaveAsync(request, authorization: null, takesClaims: false, cancellationToken);
    }
}
