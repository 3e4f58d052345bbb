// Helpers that each call the next one twice.
internal sealed class Doubled(IManagedIdentityApplication app)
{
    private AcquireTokenForManagedIdentityParameterBuilder? _last;

    public Task<AuthenticationResult> AcquireAsync() => A(A(null)).ExecuteAsync();

    private AcquireTokenForManagedIdentityParameterBuilder A(AcquireTokenForManagedIdentityParameterBuilder? r) => B(B(r));

    private AcquireTokenForManagedIdentityParameterBuilder B(AcquireTokenForManagedIdentityParameterBuilder? r) => C(C(r));

    private AcquireTokenForManagedIdentityParameterBuilder C(AcquireTokenForManagedIdentityParameterBuilder? r) => D(D(r));

    private AcquireTokenForManagedIdentityParameterBuilder D(AcquireTokenForManagedIdentityParameterBuilder? r) => E(E(r));

    private AcquireTokenForManagedIdentityParameterBuilder E(AcquireTokenForManagedIdentityParameterBuilder? r) => F(F(r));

    private AcquireTokenForManagedIdentityParameterBuilder F(AcquireTokenForManagedIdentityParameterBuilder? r) => G(G(r));

    private AcquireTokenForManagedIdentityParameterBuilder G(AcquireTokenForManagedIdentityParameterBuilder? r) => H(H(r));

    private AcquireTokenForManagedIdentityParameterBuilder H(AcquireTokenForManagedIdentityParameterBuilder? r) =>
        _last = (r ?? _last ?? app.AcquireTokenForManagedIdentity("r")).WithMtlsProofOfPossession();
}
