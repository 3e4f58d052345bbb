// Attestation under a condition is a choice, whoever decides it; attestation that another caller adds is none.
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.KeyAttestation;

namespace Contoso.Attestation;

internal sealed class Chosen(IManagedIdentityApplication app)
{
    public Task<AuthenticationResult> With(CancellationToken cancellationToken) => AcquireAsync(true, cancellationToken);

    public Task<AuthenticationResult> Without(CancellationToken cancellationToken) => AcquireAsync(false, cancellationToken);

    public Task<AuthenticationResult> Attested(CancellationToken cancellationToken) => Bound().WithAttestationSupport().ExecuteAsync(cancellationToken);

    private Task<AuthenticationResult> AcquireAsync(bool attest, CancellationToken cancellationToken)
    {
        var request = app.AcquireTokenForManagedIdentity("api://queue").WithMtlsProofOfPossession();
        if (attest)
            request = request.WithAttestationSupport();
        return request.ExecuteAsync(cancellationToken);
    }

    private AcquireTokenForManagedIdentityParameterBuilder Bound() => app.AcquireTokenForManagedIdentity("api://queue").WithMtlsProofOfPossession();
}

internal sealed class Forgotten(IManagedIdentityApplication app)
{
    public Task<AuthenticationResult> Attested(CancellationToken cancellationToken) =>
        app.AcquireTokenForManagedIdentity("api://queue").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync(cancellationToken);

    public Task<AuthenticationResult> NotAttested(bool bind, CancellationToken cancellationToken)
    {
        var request = app.AcquireTokenForManagedIdentity("api://queue");
        if (bind)
            request = request.WithMtlsProofOfPossession(); // expect: MPOP1001
        return request.ExecuteAsync(cancellationToken);
    }
}
