// Applications that look as if they were built on each call, and are kept: in a dictionary, by an exchange, under a check, or with a cache that is shared.
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Tenants;

internal sealed class TenantTokens(string clientId, X509Certificate2 certificate)
{
    private static readonly string[] _scopes = ["https://vault.azure.net/.default"];
    private static IConfidentialClientApplication? _shared;

    private readonly ConcurrentDictionary<string, IConfidentialClientApplication> _apps = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IConfidentialClientApplication> _more = [];

    public Task<AuthenticationResult> ByFactory(string tenant, CancellationToken cancellationToken) =>
        _apps.GetOrAdd(tenant, Create).AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);

    public Task<AuthenticationResult> ByLookup(string tenant, CancellationToken cancellationToken)
    {
        if (!_more.TryGetValue(tenant, out var app))
        {
            app = ConfidentialClientApplicationBuilder.Create(clientId).WithTenantId(tenant).WithCertificate(certificate, sendX5C: true).Build();
            _more[tenant] = app;
        }

        return app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
    }

    public Task<AuthenticationResult> ByExchange(CancellationToken cancellationToken)
    {
        var app = ConfidentialClientApplicationBuilder.Create(clientId).WithTenantId("contoso.com").WithCertificate(certificate, sendX5C: true).Build();
        app = Interlocked.CompareExchange(ref _shared, app, null) ?? app;
        return app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
    }

    public Task<AuthenticationResult> BySharedCache(string tenant, CancellationToken cancellationToken)
    {
        var app = ConfidentialClientApplicationBuilder.Create(clientId)
            .WithTenantId(tenant)
            .WithCertificate(certificate, sendX5C: true)
            .WithCacheOptions(CacheOptions.EnableSharedCacheOptions)
            .Build();
        return app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
    }

    public Task<AuthenticationResult> BySerializedCache(string tenant, CancellationToken cancellationToken)
    {
        var app = ConfidentialClientApplicationBuilder.Create(clientId).WithTenantId(tenant).WithCertificate(certificate, sendX5C: true).Build();
        app.AppTokenCache.SetBeforeAccess(access => access.TokenCache.DeserializeMsalV3(File.ReadAllBytes(tenant)));
        return app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
    }

    public Task<AuthenticationResult> NotKept(string tenant, CancellationToken cancellationToken)
    {
        var app = ConfidentialClientApplicationBuilder.Create(clientId) // expect: MPOP1006
            .WithTenantId(tenant)
            .WithCertificate(certificate, sendX5C: true)
            .Build();
        return app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
    }

    private IConfidentialClientApplication Create(string tenant) =>
        ConfidentialClientApplicationBuilder.Create(clientId).WithTenantId(tenant).WithCertificate(certificate, sendX5C: true).Build();
}
