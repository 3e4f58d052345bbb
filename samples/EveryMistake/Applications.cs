using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace EveryMistake;

public sealed class Applications(X509Certificate2 certificate)
{
    private static readonly string[] Scopes = ["https://graph.microsoft.com/.default"];

    private readonly IConfidentialClientApplication _withoutChain = ConfidentialClientApplicationBuilder.Create("11111111-1111-1111-1111-111111111111")
        .WithAuthority("https://login.microsoftonline.com/contoso.com")
        .WithCertificate(certificate) // MPOP2001
        .Build();

    private readonly IConfidentialClientApplication _withoutTenant = ConfidentialClientApplicationBuilder.Create("11111111-1111-1111-1111-111111111111")
        .WithAuthority("https://login.microsoftonline.com/organizations") // MPOP2002
        .WithCertificate(certificate, sendX5C: true)
        .Build();

    private readonly IConfidentialClientApplication _inRegion = ConfidentialClientApplicationBuilder.Create("11111111-1111-1111-1111-111111111111")
        .WithAuthority("https://login.microsoftonline.com/contoso.com")
        .WithAzureRegion("east us") // MPOP2003
        .WithCertificate(certificate, sendX5C: true)
        .Build();

    private readonly IConfidentialClientApplication _withSecret = ConfidentialClientApplicationBuilder.Create("11111111-1111-1111-1111-111111111111")
        .WithAuthority("https://login.microsoftonline.com/contoso.com")
        .WithClientSecret(Environment.GetEnvironmentVariable("CONTOSO_SECRET")) // MPOP2005
        .Build();

    private readonly IConfidentialClientApplication _withPlainClients = ConfidentialClientApplicationBuilder.Create("11111111-1111-1111-1111-111111111111")
        .WithAuthority("https://login.microsoftonline.com/contoso.com")
        .WithCertificate(certificate, sendX5C: true)
        .WithHttpClientFactory(new PlainClients()) // MPOP2006
        .Build();

    public async Task<AuthenticationResult> CertificateChainNotSent(CancellationToken cancellationToken) =>
        await _withoutChain.AcquireTokenForClient(Scopes)
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

    public async Task<AuthenticationResult> AuthorityNotTenanted(CancellationToken cancellationToken) =>
        await _withoutTenant.AcquireTokenForClient(Scopes)
            .WithTenantId("contoso.com")
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

    public async Task<AuthenticationResult> RegionMalformed(CancellationToken cancellationToken) =>
        await _inRegion.AcquireTokenForClient(Scopes)
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

    public async Task<AuthenticationResult> CredentialCannotBind(CancellationToken cancellationToken) =>
        await _withSecret.AcquireTokenForClient(Scopes)
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

    public async Task<AuthenticationResult> FactoryCannotPresentCertificate(CancellationToken cancellationToken) =>
        await _withPlainClients.AcquireTokenForClient(Scopes)
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

    private sealed class PlainClients : IMsalHttpClientFactory
    {
        private static readonly HttpClient Client = new();

        public HttpClient GetHttpClient() => Client;
    }
}
