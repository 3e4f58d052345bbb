// A file whose first member has lost its class: the class below names it.
// output: exe
// errors: CS8801
static string Describe(AuthenticationResult result, object? more) => $"{result}{more}";

internal sealed class Describing(IConfidentialClientApplication app)
{
    public string Told(AuthenticationResult result)
    {
        app.AcquireTokenForClient(["scope/.default"]).WithMtlsProofOfPossession();
        return Describe(result, result.BindingCertificate);
    }

    public async Task<string> AcquireAsync()
    {
        var acquired = await app.AcquireTokenForClient(["scope/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
        return Describe(acquired, null) + Told(acquired);
    }
}

internal sealed class Passing
{
    public void Pass(IManagedIdentityApplication app, AuthenticationResult passed)
    {
        app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession();
        Describe(passed, app);
    }
}
