// The credential is a setting: one of several, of which not each is wrong.
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Settings;

internal enum CredentialKind
{
    Certificate,
    Secret,
    Assertion,
}

internal sealed record Settings(string ClientId, string TenantId, CredentialKind Kind, string? Secret, bool SendChain, string? Region);

internal sealed class ByExpression(Settings settings, Func<X509Certificate2> load)
{
    private readonly Lazy<IConfidentialClientApplication> _app = new(() => Create(settings, load));

    public Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken) =>
        _app.Value.AcquireTokenForClient(["https://graph.microsoft.com/.default"]).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);

    private static IConfidentialClientApplication Create(Settings settings, Func<X509Certificate2> load)
    {
        var builder = ConfidentialClientApplicationBuilder.Create(settings.ClientId).WithTenantId(settings.TenantId);
        builder = settings.Kind switch
        {
            CredentialKind.Certificate => builder.WithCertificate(load(), sendX5C: true),
            CredentialKind.Secret => builder.WithClientSecret(settings.Secret),
            CredentialKind.Assertion => builder.WithClientAssertion((AssertionRequestOptions _) => File.ReadAllTextAsync("/var/run/token")),
            _ => throw new InvalidOperationException($"{settings.Kind} is not a kind of credential."),
        };
        return builder.Build();
    }
}

internal sealed class ByStatement
{
    private readonly IConfidentialClientApplication _app;

    public ByStatement(Settings settings, X509Certificate2 certificate)
    {
        var builder = ConfidentialClientApplicationBuilder.Create(settings.ClientId).WithTenantId(settings.TenantId);
        switch (settings.Kind)
        {
            case CredentialKind.Secret:
                builder.WithClientSecret(settings.Secret);
                break;
            case CredentialKind.Certificate when settings.SendChain:
                builder.WithCertificate(certificate, true);
                break;
            case CredentialKind.Certificate:
                builder.WithCertificate(certificate);
                break;
            default:
                throw new NotSupportedException();
        }

        if (!string.IsNullOrEmpty(settings.Region))
            builder.WithAzureRegion(settings.Region);
        _app = builder.Build();
    }

    public Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken) =>
        _app.AcquireTokenForClient(["https://graph.microsoft.com/.default"]).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
}
