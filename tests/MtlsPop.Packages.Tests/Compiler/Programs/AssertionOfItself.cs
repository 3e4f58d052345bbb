// An application whose assertion comes out of the application.
internal sealed class Ouroboros
{
    private readonly IConfidentialClientApplication _kept;

    public Ouroboros()
    {
        IConfidentialClientApplication app = null!;
        app = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("tenant")
            .WithClientAssertion(async (AssertionRequestOptions _, CancellationToken cancellationToken) =>
            {
                var first = await app
                    .AcquireTokenForClient(["api://AzureADTokenExchange/.default"])
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync(cancellationToken);
                var second = await _kept!.AcquireTokenForClient([first.AccessToken]).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
                return new ClientSignedAssertion { Assertion = second.AccessToken, TokenBindingCertificate = first.BindingCertificate };
            })
            .Build();
        _kept = app;
    }

    public Task<AuthenticationResult> AcquireAsync() => _kept.AcquireTokenForClient(["scope/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
}
