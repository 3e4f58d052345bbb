// Parameters without names and types.
public sealed class Variadic
{
    private readonly IManagedIdentityApplication _app;

    public Variadic(IManagedIdentityApplication app, __arglist) => _app = app;

    public Task<AuthenticationResult> FirstAsync(__arglist) =>
        _app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();

    public Task<AuthenticationResult> SecondAsync(string resource, CancellationToken cancellationToken, __arglist)
    {
        var more = new ArgIterator(__arglist);
        if (more.GetRemainingCount() > 0)
            return SecondAsync(resource, cancellationToken, __arglist(resource, 1));
        return new Variadic(_app, __arglist(_app, this)).FirstAsync(__arglist());
    }
}

public sealed class VariadicToo(IConfidentialClientApplication app, __arglist)
{
    public Task<AuthenticationResult> AcquireAsync(IEnumerable<string> scopes, __arglist) =>
        app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();

    public static Task<AuthenticationResult> OfAsync(__arglist) => new VariadicToo(null!, __arglist()).AcquireAsync([], __arglist());
}
