// A provider of tokens for a framework: applications kept behind a semaphore, tokens asked for anew when the certificate was refused, caches of its host.
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Framework;

public interface ITokenCacheProvider
{
    void Attach(ITokenCache cache);
}

public sealed record ApplicationOptions(string ClientId, string? Secret, string Authority, X509Certificate2? Certificate, bool SendChain);

public sealed class TokenAcquisition(ITokenCacheProvider caches, Func<HttpClient> clients)
{
    private readonly ConcurrentDictionary<string, IConfidentialClientApplication?> _apps = new();
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async Task<AuthenticationResult> ForApplicationAsync(string scope, ApplicationOptions options, string? tenant = null, bool force = false)
    {
        if (!scope.EndsWith("/.default", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("The scope must end with /.default.", nameof(scope));

        var app = await GetOrBuildAsync(options);
        var request = app.AcquireTokenForClient(new[] { scope }.Except(["offline_access"])).WithSendX5C(options.SendChain).WithForceRefresh(force);
        if (tenant is not null)
            request.WithTenantId(tenant);
        try
        {
            return await request.ExecuteAsync();
        }
        catch (MsalServiceException exception) when (exception.ErrorCode == "invalid_client")
        {
            _apps.TryRemove(options.ClientId, out _);
            return await ForApplicationAsync(scope, options, tenant, force);
        }
    }

    private async Task<IConfidentialClientApplication> GetOrBuildAsync(ApplicationOptions options)
    {
        if (_apps.TryGetValue(options.ClientId, out var app) && app != null)
            return app;

        await _gate.WaitAsync();
        try
        {
            var builder = ConfidentialClientApplicationBuilder
                .CreateWithApplicationOptions(new ConfidentialClientApplicationOptions { ClientId = options.ClientId, ClientSecret = options.Secret })
                .WithHttpClientFactory(new Clients(clients))
                .WithAuthority(options.Authority);
            if (options.Certificate is not null)
                builder.WithCertificate(options.Certificate);
            app = builder.Build();
            caches.Attach(app.AppTokenCache);
            return _apps[options.ClientId] = app;
        }
        finally
        {
            _gate.Release();
        }
    }

    private sealed class Clients(Func<HttpClient> clients) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => clients();
    }
}
