// Requests that are finished elsewhere: by an extension, a list of steps, a local function, a tuple, a reference, a delegate or an object that keeps them.
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.KeyAttestation;

namespace Contoso.Identity;

internal static class Requests
{
    public static AcquireTokenForManagedIdentityParameterBuilder Bound(this AcquireTokenForManagedIdentityParameterBuilder request) =>
        request.WithMtlsProofOfPossession();

    public static Task<AuthenticationResult> ByExtension(IManagedIdentityApplication app, CancellationToken cancellationToken) =>
        app.AcquireTokenForManagedIdentity("https://vault.azure.net").Bound().WithAttestationSupport().ExecuteAsync(cancellationToken);

    public static Task<AuthenticationResult> BySteps(IManagedIdentityApplication app, CancellationToken cancellationToken)
    {
        var request = app.AcquireTokenForManagedIdentity("https://vault.azure.net");
        foreach (var step in new Func<AcquireTokenForManagedIdentityParameterBuilder, AcquireTokenForManagedIdentityParameterBuilder>[]
        {
            builder => builder.WithMtlsProofOfPossession(),
            builder => builder.WithAttestationSupport(),
        })
        {
            request = step(request);
        }

        return request.ExecuteAsync(cancellationToken);
    }

    public static Task<AuthenticationResult> ByLocalFunction(IManagedIdentityApplication app, CancellationToken cancellationToken)
    {
        var request = app.AcquireTokenForManagedIdentity("https://vault.azure.net");
        Attest();
        return request.WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);

        void Attest() => request.WithAttestationSupport();
    }

    public static Task<AuthenticationResult> ByTuple(IManagedIdentityApplication app, CancellationToken cancellationToken)
    {
        var pair = (Request: app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession(), Attempts: 1);
        pair.Request.WithAttestationSupport();
        return pair.Request.ExecuteAsync(cancellationToken);
    }

    public static Task<AuthenticationResult> ByReference(IManagedIdentityApplication app, CancellationToken cancellationToken)
    {
        var request = app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession();
        ref var alias = ref request;
        alias = alias.WithAttestationSupport();
        return request.ExecuteAsync(cancellationToken);
    }

    public static Task<AuthenticationResult> ByDelegate(IManagedIdentityApplication app, CancellationToken cancellationToken)
    {
        Func<AcquireTokenForManagedIdentityParameterBuilder, AcquireTokenForManagedIdentityParameterBuilder> attest =
            ManagedIdentityAttestationExtensions.WithAttestationSupport;
        return attest(app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession()).ExecuteAsync(cancellationToken);
    }

    public static Task<AuthenticationResult> ByKeeper(IManagedIdentityApplication app, CancellationToken cancellationToken)
    {
        var keeper = new Keeper { Request = app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession() };
        keeper.Finish();
        return keeper.Request.ExecuteAsync(cancellationToken);
    }

    private sealed class Keeper
    {
        public required AcquireTokenForManagedIdentityParameterBuilder Request { get; set; }

        public void Finish() => Request.WithAttestationSupport();
    }
}
