namespace MtlsPop;

/// <summary>
/// The end of the chain: sends a request over the connections of the certificate that its token is bound to, or not at all.
/// </summary>
internal sealed class MtlsPopPrimaryHandler(BoundClient client) : HttpMessageHandler
{
    public BoundClient Client => client;

    /// <summary>
    /// Whether the client's connections end with this handler. A factory's handlers come and go while the connections stay.
    /// </summary>
    public bool DisposesClient { get; init; }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw MtlsPopHandler.SynchronousSend();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (BoundAuthorization.Of(request) is not { Token: var token } authorization)
        {
            throw new MtlsPopException(MtlsPopError.UnsafeTransport,
                "A request reached the wire without the bound token it was given, so it was not sent: "
                + "handlers between must leave the Authorization header alone.");
        }

        // Again, because handlers between may have changed what was checked.
        var options = client.Options;
        Destination.Check(request, options);
        token.Binding.CheckAgain(token.BindingCertificate, client.Services.Clock);
        DelayedCertificate.Announce(request, options.Transport);
        return client.Pool.Enter(token.BindingCertificate, token.Binding)
            .SendAndLeaveAsync(request, authorization, options.Retry.HandleClaimsChallenge, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && DisposesClient)
        {
            client.Dispose();
        }

        base.Dispose(disposing);
    }
}
