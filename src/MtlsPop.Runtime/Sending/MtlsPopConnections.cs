using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>
/// Connections, one set for each certificate, under the clients that it makes for single tokens. Keep one for the program, and a client for
/// no longer than its token.
/// </summary>
public sealed class MtlsPopConnections : IDisposable
{
    private readonly MtlsPopTransportOptions _transport;
    private readonly ClientServices _services;
    private readonly MtlsHandlerPool _pool;

    /// <summary>Opens nothing yet: connections are made by the requests.</summary>
    public MtlsPopConnections()
        : this(new MtlsPopTransportOptions())
    {
    }

    /// <summary>Opens nothing yet: connections are made by the requests.</summary>
    /// <param name="transport">How connections are made.</param>
    /// <exception cref="OptionsValidationException">The options cannot work.</exception>
    public MtlsPopConnections(MtlsPopTransportOptions transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _transport = MtlsPopOptionsValidator.Freeze(transport);
        _services = _transport.Services(typeof(MtlsPopConnections).FullName!);
        _pool = new MtlsHandlerPool(() => _transport, _services);
    }

    /// <summary>Makes a client that sends one token, over connections of the certificate that the token is bound to.</summary>
    /// <param name="result">The result of a request with <c>WithMtlsProofOfPossession()</c>.</param>
    /// <returns>
    /// The client. It sends the token with each request, and to https addresses only. Disposing it leaves the connections open for the
    /// next.
    /// </returns>
    /// <exception cref="MtlsPopException">The token is not bound, has expired, or its certificate cannot be presented.</exception>
    /// <exception cref="ObjectDisposedException">The connections have been ended.</exception>
    public HttpClient CreateClient(AuthenticationResult result) => CreateClient(MtlsPopToken.FromResult(result, _services.Clock));

    /// <summary>Makes a client that sends one token, over connections of the certificate that the token is bound to.</summary>
    /// <param name="token">The token of an acquirer.</param>
    /// <returns>
    /// The client. It sends the token with each request, and to https addresses only. Disposing it leaves the connections open for the
    /// next.
    /// </returns>
    /// <exception cref="MtlsPopException">The token has expired, or its certificate cannot be presented.</exception>
    /// <exception cref="ObjectDisposedException">The connections have been ended.</exception>
    public HttpClient CreateClient(MtlsPopToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        ObjectDisposedException.ThrowIf(_pool.IsDisposed, this);
        CertificateBinding.Of(token.BindingCertificate, _services.Clock);
        if (token.ExpiresOn <= _services.Clock.GetUtcNow())
        {
            throw new MtlsPopException(
                MtlsPopError.TokenExpired,
                $"The token expired at {token.ExpiresOn:u}: acquire one for each client, and keep no client for longer than its token.");
        }

        return new HttpClient(CreateHandler(token));
    }

    /// <summary>The end of a chain of handlers that sends one token.</summary>
    internal HttpMessageHandler CreateHandler(MtlsPopToken token) => new Route(token, _transport, _services.Clock, _pool);

    /// <summary>Ends the connections, once the requests on them have their responses. No certificate is disposed.</summary>
    public void Dispose() => _pool.Dispose();

    /// <summary>Sends one token over the pool, so that the connections outlive the client.</summary>
    private sealed class Route(MtlsPopToken token, MtlsPopTransportOptions transport, TimeProvider clock, MtlsHandlerPool pool)
        : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw MtlsPopHandler.SynchronousSend();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Destination.RequireHttps(request);
            if (CarriesOther(request))
            {
                throw new MtlsPopException(MtlsPopError.UnsafeTransport,
                    "The request's Authorization header is not the bound token that this client was made for, so it was not sent: "
                    + "leave the header alone, or make a client for the other token.");
            }

            token.Binding.CheckAgain(token.BindingCertificate, clock);
            DelayedCertificate.Announce(request, transport);
            return pool.Enter(token.BindingCertificate, token.Binding)
                .SendAndLeaveAsync(request, token.Header, takesClaims: false, cancellationToken);
        }

        // Code that used to stamp the token itself may go on to do so.
        private bool CarriesOther(HttpRequestMessage request) =>
            request.Headers.NonValidated.TryGetValues("Authorization", out var values)
            && !(AuthenticationHeaderValue.TryParse(values.ToString(), out var authorization)
                && (token.Header.OnTheWire.Equals(authorization) || token.Header.Equals(authorization)));
    }
}
