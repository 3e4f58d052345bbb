// A confidential client whose certificate and region come from settings, built when first asked for.
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

public sealed record Settings(string ClientId, string Authority, string? Region);

public sealed class Graph(Settings settings, X509Certificate2 certificate)
{
    private IConfidentialClientApplication? _app;

    private IConfidentialClientApplication App => _app ??= Build();

    private IConfidentialClientApplication Build()
    {
        var builder = ConfidentialClientApplicationBuilder.Create(settings.ClientId).WithAuthority(settings.Authority);
        if (settings.Region is { Length: > 0 } region)
            builder = builder.WithAzureRegion(region);
        builder.WithCertificate(certificate, sendX5C: true);
        return builder.Build();
    }

    public async Task<(string Header, X509Certificate2 Certificate)> AcquireAsync(bool force, CancellationToken cancellationToken)
    {
        var request = App.AcquireTokenForClient(["https://graph.microsoft.com/.default"]).WithMtlsProofOfPossession();
        if (force)
            request.WithForceRefresh(true);
        var result = await request.ExecuteAsync(cancellationToken).ConfigureAwait(false);
        return (result.CreateAuthorizationHeader(), result.BindingCertificate ?? throw new InvalidOperationException("not bound"));
    }
}
