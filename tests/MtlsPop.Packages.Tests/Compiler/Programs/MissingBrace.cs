// What a missing brace makes: members become local functions, and whatever follows lands elsewhere.
// output: exe
// errors: CS1022 CS1513 CS8803
internal sealed class Machine(IManagedIdentityApplication app)
{
    public async Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            return await Request().ExecuteAsync(cancellationToken);
    }

    private AcquireTokenForManagedIdentityParameterBuilder Request() => app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession();

    private static string Thumbprint(AuthenticationResult result) { return result.BindingCertificate.Thumbprint; }
}
}

static string Outside(AuthenticationResult result) => Machine.Thumbprint(result) + Outside(result);

internal sealed class After
{
    public string Use(AuthenticationResult result) => Outside(result) + Request();
}
