// A confidential client with a certificate of subject name and issuer, kept in a field.
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Graph;

public interface ITokens
{
    Task<AuthenticationResult> GetAsync(CancellationToken cancellationToken = default);
}

public sealed class GraphTokens : ITokens
{
    private static readonly string[] _scopes = ["https://graph.microsoft.com/.default"];

    private readonly IConfidentialClientApplication _app;

    public GraphTokens(string clientId, string tenantId, X509Certificate2 certificate)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(tenantId);
        ArgumentNullException.ThrowIfNull(certificate);

        _app = ConfidentialClientApplicationBuilder
            .Create(clientId)
            .WithAuthority(AzureCloudInstance.AzurePublic, tenantId)
            .WithCertificate(certificate, sendX5C: true)
            .WithAzureRegion("westus3")
            .Build();
    }

    public async Task<AuthenticationResult> GetAsync(CancellationToken cancellationToken = default)
    {
        return await _app.AcquireTokenForClient(_scopes)
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
    }
}
