using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Options;

namespace MtlsPop;

/// <summary>Gives Azure SDK clients bound tokens, together with the transport that sends each one under its own certificate.</summary>
/// <remarks>
/// What the clients get in place of a token is a reference that only <see cref="Transport"/> can exchange, on the way to an allowed host.
/// So no policy, log or other transport ever holds the token, and a client that is given the credential without the transport is refused by
/// the server.
/// Keep one credential for each identity, and dispose it after the clients.
/// </remarks>
public sealed class MtlsPopCredential : TokenCredential, IDisposable
{
    private readonly TokenReferences _references;
    private readonly string[] _allowedTenants;
    private readonly TokenRoute _route;

    /// <summary>Creates the credential.</summary>
    /// <param name="acquirer">Acquires the tokens.</param>
    /// <param name="options">Where tokens may be sent, and how.</param>
    /// <exception cref="OptionsValidationException">The hosts or the transport options cannot work.</exception>
    public MtlsPopCredential(IMtlsPopTokenAcquirer acquirer, MtlsPopCredentialOptions options)
        : this(acquirer, options, TimeProvider.System)
    {
    }

    internal MtlsPopCredential(IMtlsPopTokenAcquirer acquirer, MtlsPopCredentialOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(acquirer);
        ArgumentNullException.ThrowIfNull(options);
        var sending = MtlsPopOptionsValidator.Freeze(options.Sending);
        _allowedTenants = [.. options.AllowedTenants];
        var metrics = sending.Transport.Services(typeof(MtlsPopCredential).FullName!).Metrics;
        _references = new TokenReferences(acquirer.MeasuredWith(metrics), clock);
        _route = new TokenRoute(_references, sending);
        Transport = new HttpClientTransport(new HttpClient(_route) { Timeout = Timeout.InfiniteTimeSpan }); // the pipeline has its own
    }

    /// <summary>The transport to give to the clients that are given this credential.</summary>
    public HttpPipelineTransport Transport { get; }

    /// <summary>Acquires a token and returns a reference to it.</summary>
    /// <param name="requestContext">What the client asks for.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    /// <returns>The reference, with the lifetime of the token.</returns>
    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var reference = _references.To(new MtlsPopTokenRequest(string.Join(' ', requestContext.Scopes))
        {
            TenantId = requestContext.TenantId is { } tenant && _allowedTenants.Contains(tenant, StringComparer.OrdinalIgnoreCase)
                ? tenant
                : null,
            Claims = requestContext.Claims,
        });
        var token = await reference.AcquireAsync(cancellationToken).ConfigureAwait(false);
        return new AccessToken(reference.Text, token.ExpiresOn, token.RefreshOn);
    }

    /// <summary>
    /// Acquires a token and returns a reference to it, blocking the thread meanwhile: synchronous methods of Azure clients need it.
    /// </summary>
    /// <param name="requestContext">What the client asks for.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    /// <returns>The reference, with the lifetime of the token.</returns>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        GetTokenAsync(requestContext, cancellationToken).AsTask().GetAwaiter().GetResult();

    /// <summary>Ends the connections, once the requests on them have their responses. No certificate is disposed.</summary>
    public void Dispose() => _route.Dispose();
}
