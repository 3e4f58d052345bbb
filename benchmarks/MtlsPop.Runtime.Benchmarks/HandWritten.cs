using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace MtlsPop.Benchmarks;

/// <summary>What a careful program writes itself: a handler for each certificate, and, if it remembers, the result until it is due for refresh. It checks nothing.</summary>
internal sealed class HandWritten(Loopback loopback, IConfidentialClientApplication app, bool remembers) : HttpMessageHandler
{
    private static readonly string[] _scopes = [Loopback.Scope];

    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _connections = new();
    private Pair? _current;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var pair = remembers && _current is { } current && DateTimeOffset.UtcNow < current.FreshUntil
            ? current
            : _current = Of(await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken));
        request.Headers.Authorization = pair.Header;
        return await pair.Connections.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var connections in _connections.Values)
        {
            connections.Dispose();
        }

        base.Dispose(disposing);
    }

    private Pair Of(AuthenticationResult result) => new(
        new AuthenticationHeaderValue(result.TokenType, result.AccessToken),
        _connections.GetOrAdd(result.BindingCertificate.Thumbprint, _ => Open(result.BindingCertificate)),
        result.ExpiresOn.AddMinutes(-5));

    private HttpMessageInvoker Open(X509Certificate2 certificate)
    {
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 64, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }; // as ours by default
        loopback.Network.Configure(handler);
        handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        return new HttpMessageInvoker(handler);
    }

    private sealed record Pair(AuthenticationHeaderValue Header, HttpMessageInvoker Connections, DateTimeOffset FreshUntil);
}
