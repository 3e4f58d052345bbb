// One application for each tenant, made by factories: one in a property that keeps it, the others in a dictionary.
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace Contoso.Tenants;

public sealed class TenantTokens(Func<X509Certificate2> certificate)
{
    private const string ClientId = "00000000-0000-0000-0000-000000000001";
    private const string Home = "00000000-0000-0000-0000-000000000002";

    private readonly ConcurrentDictionary<string, Lazy<IConfidentialClientApplication>> _apps = new();
    private IConfidentialClientApplication? _homeApp;

    private IConfidentialClientApplication HomeApp => _homeApp ??= CreateHomeApp();

    public async Task<AuthenticationResult> ForHomeAsync(CancellationToken cancellationToken = default)
    {
        var request = HomeApp.AcquireTokenForClient(new List<string> { "https://storage.azure.com/.default" });
        request.WithMtlsProofOfPossession();
        return await request.ExecuteAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<AuthenticationResult> ForTenantAsync(string tenantId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenantId);
        var app = _apps.GetOrAdd(tenantId, id => new(() => ConfidentialClientApplicationBuilder.Create(ClientId)
            .WithTenantId(id)
            .WithCertificate(certificate(), sendX5C: true)
            .Build()));
        return await app.Value.AcquireTokenForClient(["https://management.azure.com/.default"])
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    private IConfidentialClientApplication CreateHomeApp()
    {
        var builder = ConfidentialClientApplicationBuilder.Create(ClientId);
        builder = builder.WithTenantId(Home);
        builder = builder.WithCertificate(certificate(), new CertificateOptions { SendX5C = true });
        return builder.Build();
    }
}
