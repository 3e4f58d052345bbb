// Helpers that hand a builder and an application round a ring, directly and as delegates.
internal sealed class Ring
{
    private readonly IConfidentialClientApplication _app;

    public Ring(X509Certificate2 certificate) => _app = First(ConfidentialClientApplicationBuilder.Create("id"), certificate, 3).Build();

    public Task<AuthenticationResult> AcquireAsync() => Ping(_app.AcquireTokenForClient(["scope/.default"]), Pong, 3);

    private ConfidentialClientApplicationBuilder First(ConfidentialClientApplicationBuilder builder, X509Certificate2 certificate, int left) =>
        left == 0 ? builder : Second(builder.WithCertificate(certificate), certificate, left - 1);

    private ConfidentialClientApplicationBuilder Second(ConfidentialClientApplicationBuilder builder, X509Certificate2 certificate, int left) =>
        left == 0 ? Third(builder, certificate, 1) : First(Second(builder.WithTenantId("tenant"), certificate, left - 1), certificate, left - 1);

    private ConfidentialClientApplicationBuilder Third(ConfidentialClientApplicationBuilder builder, X509Certificate2 certificate, int left) =>
        First(Second(Third(builder, certificate, left), certificate, left), certificate, left).WithClientName($"{_app}");

    private async Task<AuthenticationResult> Ping(
        AcquireTokenForClientParameterBuilder request, Func<AcquireTokenForClientParameterBuilder, int, Task<AuthenticationResult>> next, int left) =>
        left == 0 ? await request.ExecuteAsync() : await next(request.WithMtlsProofOfPossession(), left - 1);

    private Task<AuthenticationResult> Pong(AcquireTokenForClientParameterBuilder request, int left) => Ping(request.WithForceRefresh(true), Pong, left);
}
