// An application that retry loops build into fields, from what the fields held before.
internal sealed class Retried : IMsalHttpClientFactory
{
    private IConfidentialClientApplication? _app;
    private IMsalHttpClientFactory? _factory;
    private object? _state;

    public Retried(X509Certificate2 certificate, IMsalHttpClientFactory? factory)
    {
        var left = 5;
        while (_app is null)
        {
            try
            {
                _factory = factory ?? _factory ?? new Retried(certificate, _factory);
                using var source = new CancellationTokenSource(left);
                _state = (_state, _app, _factory);
                _app = ConfidentialClientApplicationBuilder.Create($"{_app?.AppConfig.ClientId}")
                    .WithCertificate(certificate, true)
                    .WithHttpClientFactory(_factory ?? this)
                    .Build();
            }
            catch (MsalException) when (left-- > 0)
            {
                _app = _app ?? (IConfidentialClientApplication?)_state;
                continue;
            }
            finally
            {
                _state = new object?[] { _state, _app };
            }
        }

        for (; ; )
        {
            lock (this)
            {
                try { _app = Again(_app); break; }
                catch { _app = null; }
            }
        }
    }

    public HttpClient GetHttpClient() => _factory?.GetHttpClient() ?? new HttpClient();

    public Task<AuthenticationResult> AcquireAsync() => _app!.AcquireTokenForClient(["scope/.default"]).WithMtlsProofOfPossession().ExecuteAsync();

    private IConfidentialClientApplication Again(IConfidentialClientApplication? app) =>
        ConfidentialClientApplicationBuilder.Create("id")
            .WithHttpClientFactory(_factory ?? (IMsalHttpClientFactory)this)
            .WithClientName($"{app}{_state}")
            .Build();
}

internal sealed class RetriedPlainly
{
    private readonly IConfidentialClientApplication _app;

    public RetriedPlainly(IMsalHttpClientFactory? factory, X509Certificate2 certificate)
    {
        do
        {
            try
            {
                _app = ConfidentialClientApplicationBuilder.Create("id").WithHttpClientFactory(factory ?? new Plain()).WithCertificate(certificate).Build();
            }
            catch (MsalClientException)
            {
            }
        }
        while (_app is null);
    }

    public Task<AuthenticationResult> AcquireAsync() => _app.AcquireTokenForClient(["scope/.default"]).WithMtlsProofOfPossession().ExecuteAsync();

    private sealed class Plain : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => new();
    }
}

internal sealed class RetriedRequest(IManagedIdentityApplication app)
{
    private AcquireTokenForManagedIdentityParameterBuilder? _request;

    public async Task<AuthenticationResult> AcquireAsync(string? resource, object? state)
    {
        for (var left = 3; ; left--)
        {
            try
            {
                _request = app.AcquireTokenForManagedIdentity(resource ?? new string('r', left)).WithClaims($"{state ?? new object()}");
                return await _request.WithMtlsProofOfPossession().ExecuteAsync();
            }
            catch (MsalServiceException) when (left > 0)
            {
            }
        }
    }
}
