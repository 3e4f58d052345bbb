// Every right way to give an application its tenant, from a factory that many fields use; a bearer application beside them needs none.
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace Contoso.Authorities;

internal sealed class Tokens(X509Certificate2 certificate, string secret)
{
    private const string Login = "https://login.microsoftonline.com";
    private const string Tenant = "00000000-0000-0000-0000-000000000002";
    private static readonly Guid _tenant = new(Tenant);
    private static readonly string[] _scopes = ["https://graph.microsoft.com/.default"];

    private readonly IConfidentialClientApplication _text = Start(certificate).WithAuthority($"{Login}/{Tenant}").Build();
    private readonly IConfidentialClientApplication _uri = Start(certificate).WithAuthority(new Uri(Login + "/" + Tenant)).Build();
    private readonly IConfidentialClientApplication _pair = Start(certificate).WithAuthority(Login, _tenant).Build();
    private readonly IConfidentialClientApplication _cloud = Start(certificate).WithAuthority(AzureCloudInstance.AzureChina, _tenant).Build();
    private readonly IConfidentialClientApplication _audience = Start(certificate)
        .WithAuthority(AadAuthorityAudience.AzureAdMyOrg)
        .WithTenantId(Tenant)
        .Build();
    private readonly IConfidentialClientApplication _late = Start(certificate).WithAuthority(Login + "/common/").WithTenantId(tenantId: "contoso.com").Build();
    private readonly IConfidentialClientApplication _named = Start(certificate).WithAuthority(Login, "commoners.onmicrosoft.com").Build();

    private readonly IConfidentialClientApplication _bearer = ConfidentialClientApplicationBuilder.Create(Tenant)
        .WithAuthority(Login + "/organizations")
        .WithClientSecret(secret)
        .WithAzureRegion("east us")
        .Build();

    public async Task<int> AllAsync(CancellationToken cancellationToken)
    {
        var bearer = await _bearer.AcquireTokenForClient(_scopes).WithTenantId(Tenant).ExecuteAsync(cancellationToken).ConfigureAwait(false);
        var text = await _text.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        var uri = await _uri.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        var pair = await _pair.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        var cloud = await _cloud.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        var audience = await _audience.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        var late = await _late.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        var named = await _named.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        return new[] { bearer, text, uri, pair, cloud, audience, late, named }.Sum(result => result.AccessToken.Length);
    }

    private static ConfidentialClientApplicationBuilder Start(X509Certificate2 certificate) => ConfidentialClientApplicationBuilder.Create(Tenant)
        .WithCertificate(certificate: certificate, certificateOptions: new() { SendX5C = true, AssociateTokensWithCertificate = true });
}
