using Microsoft.Identity.Client;

namespace EveryMistake;

public sealed class Conventions(IConfidentialClientApplication app)
{
    private static readonly string[] Scopes = ["https://graph.microsoft.com/.default"];

    public async Task<AuthenticationResult> ConfigureAwaitMissing(CancellationToken cancellationToken) =>
        await app.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken); // MPOP5001

    public async Task<AuthenticationResult> CancellationNotPassed(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await app.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync().ConfigureAwait(false); // MPOP5002
    }

    public async Task<AuthenticationResult> CancellationNotOffered() => // MPOP5003
        await app.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync().ConfigureAwait(false);

    public async Task<AuthenticationResult> InputNotValidated(Uri resource, CancellationToken cancellationToken) => // MPOP5004
        await app.AcquireTokenForClient([$"{resource.Scheme}://{resource.Host}/.default"])
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

    public async Task<string> DirectFlowMisnamed(CancellationToken cancellationToken)
    {
        var leg1 = await app.AcquireTokenForClient(Scopes) // MPOP5007
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        return leg1.CreateAuthorizationHeader();
    }
}

public sealed class DisposalNotChecked : IDisposable
{
    private readonly HttpClient _client;

    internal DisposalNotChecked(AuthenticationResult result)
    {
        var certificate = result.BindingCertificate ?? throw new InvalidOperationException("The token is not bound.");
        _client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } });
    }

    public void Cancel() => _client.CancelPendingRequests(); // MPOP5005

    public void Dispose() => _client.Dispose();
}

public sealed class OwnedClientNotDisposed // MPOP5006
{
    private readonly HttpClient _client;

    internal OwnedClientNotDisposed(AuthenticationResult result)
    {
        var certificate = result.BindingCertificate ?? throw new InvalidOperationException("The token is not bound.");
        _client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } });
    }

    public void Cancel() => _client.CancelPendingRequests();
}
