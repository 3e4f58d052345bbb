// Requests that are surely not attested on some path: in a switch, from a helper, in a stream, and beside one that is bound and bearer at once.
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.KeyAttestation;

namespace Contoso.Identity;

internal static class Requests
{
    public static async Task InASwitch(IManagedIdentityApplication app, bool attest, CancellationToken cancellationToken)
    {
        var request = app.AcquireTokenForManagedIdentity("https://vault.azure.net");
        request = attest switch
        {
            true => request.WithMtlsProofOfPossession().WithAttestationSupport(),
            false => request.WithMtlsProofOfPossession(), // expect: MPOP1001
        };
        await request.ExecuteAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async Task FromAHelper(IManagedIdentityApplication app, CancellationToken cancellationToken)
    {
        var (request, _) = Make(app);
        await request.ExecuteAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async Task InAStream(IManagedIdentityApplication app, IAsyncEnumerable<string> resources, CancellationToken cancellationToken)
    {
        await foreach (var resource in resources.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (app is { } known && known.AcquireTokenForManagedIdentity(resource) is var request)
                await request.WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false); // expect: MPOP1001
        }
    }

    public static Task<AuthenticationResult> Both(IManagedIdentityApplication app, bool overTls, CancellationToken cancellationToken)
    {
        var request = app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().WithAttestationSupport();
        if (overTls)
            request = request.WithRequestOverMtls(); // expect: MPOP1003
        return request.ExecuteAsync(cancellationToken);
    }

    public static Task<AuthenticationResult> Neither(IManagedIdentityApplication app, CancellationToken cancellationToken) =>
        app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithAttestationSupport().ExecuteAsync(cancellationToken); // expect: MPOP1002

    private static (AcquireTokenForManagedIdentityParameterBuilder Request, int Attempts) Make(IManagedIdentityApplication app) =>
        (app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession(), 1); // expect: MPOP1001
}
