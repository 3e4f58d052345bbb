// A credential in the style of a cloud SDK: an application for each tenant, lazily made, and requests put together by what the caller gave.
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Credentials;

public readonly record struct TokenContext(string[] Scopes, string? TenantId = null, string? Claims = null);

public abstract class Credential
{
    public abstract ValueTask<(string Token, DateTimeOffset ExpiresOn)> GetTokenAsync(TokenContext context, CancellationToken cancellationToken);
}

public sealed class CertificateCredential(string clientId, X509Certificate2 certificate, bool sendChain) : Credential
{
    private readonly ConcurrentDictionary<string, Lazy<IConfidentialClientApplication>> _apps = new();

    public override async ValueTask<(string Token, DateTimeOffset ExpiresOn)> GetTokenAsync(TokenContext context, CancellationToken cancellationToken)
    {
        var app = _apps.GetOrAdd(context.TenantId ?? "organizations", tenant => new Lazy<IConfidentialClientApplication>(() => Create(tenant))).Value;
        var request = app.AcquireTokenForClient(context.Scopes).WithSendX5C(sendChain);
        if (!string.IsNullOrEmpty(context.Claims))
            request.WithClaims(context.Claims);
        if (context.TenantId is { Length: > 0 } tenant)
            request = request.WithTenantId(tenant);

        var result = await request.ExecuteAsync(cancellationToken).ConfigureAwait(false);
        return (result.AccessToken, result.ExpiresOn);
    }

    private IConfidentialClientApplication Create(string tenant)
    {
        var builder = ConfidentialClientApplicationBuilder.Create(clientId).WithAuthority(new Uri(new Uri("https://login.microsoftonline.com/"), tenant));
        builder.WithCertificate(certificate, sendChain);
        return builder.Build();
    }
}
