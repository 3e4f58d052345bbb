using System.Net;
using System.Net.Http.Headers;

namespace MtlsPop;

/// <summary>
/// The end of an Azure pipeline: exchanges the reference in a request for its token, and sends it over connections of that token's
/// certificate.
/// </summary>
internal sealed class TokenRoute : HttpMessageHandler
{
    private readonly TokenReferences _references;
    private readonly MtlsPopOptions _options;
    private readonly MtlsPopConnections _connections;
    private readonly HttpMessageInvoker _withoutToken;

    public TokenRoute(TokenReferences references, MtlsPopOptions options)
    {
        _references = references;
        _options = options;
        _connections = new MtlsPopConnections(options.Transport);
        _withoutToken = new HttpMessageInvoker(BoundConnections.OpenWithoutCertificate(options.Transport));
    }

    // Azure's synchronous methods end here. Acquiring and sending are asynchronous only, so the thread waits.
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Destination.Check(request, _options);
        return request.Headers.NonValidated.TryGetValues("Authorization", out var values)
            ? SendBoundAsync(ReferenceIn(values), request, cancellationToken)
            : _withoutToken.SendAsync(request, cancellationToken); // some clients ask the server first what token it wants
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _connections.Dispose();
            _withoutToken.Dispose();
        }

        base.Dispose(disposing);
    }

    private TokenReference ReferenceIn(HeaderStringValues values) =>
        AuthenticationHeaderValue.TryParse(values.ToString(), out var authorization)
            && _references.Find(authorization.Parameter ?? "") is { } reference
            ? reference
            : throw new MtlsPopException(MtlsPopError.UnsafeTransport,
                "The request's Authorization header did not come from the credential that this transport belongs to, so it was not sent: "
                + "give the client that credential, and leave the header alone.");

    private async Task<HttpResponseMessage> SendBoundAsync(
        TokenReference reference, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await reference.PairAsync(cancellationToken).ConfigureAwait(false);
        var held = request.Headers.Authorization;
        request.Headers.Authorization = token.CreateAuthorizationHeader();
        try
        {
            using var invoker = new HttpMessageInvoker(_connections.CreateHandler(token));
            return UnderBearer(await invoker.SendAsync(request, cancellationToken).ConfigureAwait(false));
        }
        catch (HttpRequestException exception) when (TlsFault.Of(exception) != TlsFault.None)
        {
            reference.Refuse(token);
            throw;
        }
        finally
        {
            request.Headers.Authorization = held;
        }
    }

    // Azure.Core answers claims challenges, and replays bodies for it, but knows them under one scheme only.
    private static HttpResponseMessage UnderBearer(HttpResponseMessage response)
    {
        if (response.StatusCode is HttpStatusCode.Unauthorized)
        {
            var challenges = response.Headers.WwwAuthenticate;
            foreach (var challenge in challenges
            .Where(static challenge => MtlsPopToken.Scheme.Equals(challenge.Scheme, StringComparison.OrdinalIgnoreCase))
            .ToArray())
            {
                challenges.Remove(challenge);
                challenges.Add(new AuthenticationHeaderValue("Bearer", challenge.Parameter));
            }
        }

        return response;
    }
}
