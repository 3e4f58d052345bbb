// Delegates that store what a captured builder builds: run at once, later, again, and by each other.
internal sealed class Stored
{
    private IConfidentialClientApplication? _app;
    private Func<IConfidentialClientApplication>? _make;
    private Lazy<IConfidentialClientApplication>? _later;

    public event Action? Made;

    public async Task<AuthenticationResult> AcquireAsync(string secret)
    {
        var builder = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("tenant");
        Action store = () => _app = builder.WithClientSecret(secret).Build();
        _make = () => _app ??= builder.WithClientName($"{_app}").Build();
        _later = new(() => _app = _make());
        Made += store;
        Made += () => builder = builder.WithClientVersion($"{builder}");
        await Task.Run(store);
        await Task.Run(() => _app = _later.Value);
        await Task.Factory.StartNew(() => { _app = builder.Build(); store(); Made?.Invoke(); });
        return await _app!.AcquireTokenForClient(["scope/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
    }
}

internal sealed class StoredByTask
{
    private IConfidentialClientApplication? _app;

    public async Task<AuthenticationResult> AcquireAsync(string secret)
    {
        var builder = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("tenant");
        await Task.Run(() => { _app = builder.WithClientSecret(secret).Build(); });
        return await _app!.AcquireTokenForClient(["scope/.default"]).ExecuteAsync();
    }
}

internal sealed class StoredByLater
{
    private IConfidentialClientApplication? _app;

    public Task<AuthenticationResult> AcquireAsync(X509Certificate2 certificate)
    {
        var builder = ConfidentialClientApplicationBuilder.Create("id");
        var later = new Lazy<IConfidentialClientApplication>(() => _app = builder.WithCertificate(certificate).Build());
        _app = later.Value;
        return _app.AcquireTokenForClient(["scope/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
    }
}

internal sealed class StoredByLocalFunction(IManagedIdentityApplication app)
{
    private AcquireTokenForManagedIdentityParameterBuilder? _request;

    public async Task<AuthenticationResult> AcquireAsync()
    {
        var request = app.AcquireTokenForManagedIdentity("r");
        await Task.WhenAll(Task.Run(Store), Task.Run(Store));
        return await _request!.ExecuteAsync();

        void Store() => _request = request.WithMtlsProofOfPossession();
    }
}
