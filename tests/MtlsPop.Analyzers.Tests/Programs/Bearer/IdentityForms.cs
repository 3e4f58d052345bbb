// Managed identities for bearer tokens: lazily kept, built on each call because their cache is static, asked what they could bind, and over mTLS.
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace Contoso.Databases;

public static class DatabaseTokens
{
    private static readonly Lazy<IManagedIdentityApplication> _app = new(() =>
        ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build());

    public static async Task<string> KeptAsync(string resource, CancellationToken cancellationToken) =>
        (await _app.Value.AcquireTokenForManagedIdentity(resource).ExecuteAsync(cancellationToken)).AccessToken;

    public static async Task<string> PerCallAsync(string id)
    {
        var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedResourceId(id)).Build();
        var result = await app.AcquireTokenForManagedIdentity("https://database.windows.net/").ExecuteAsync();
        return result.CreateAuthorizationHeader();
    }

    public static async Task<bool> CanBindAsync(CancellationToken cancellationToken)
    {
        var app = (ManagedIdentityApplication)ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
        var capabilities = await app.GetManagedIdentityCapabilitiesAsync(cancellationToken);
        return capabilities.IsMtlsPopSupportedByHost && capabilities.MaxSupportedBindingStrength == MtlsBindingStrength.KeyGuard;
    }

    public static async Task<string> OverMtlsAsync(IManagedIdentityApplication app, HttpClient client)
    {
        var result = await app.AcquireTokenForManagedIdentity("https://database.windows.net/").WithRequestOverMtls().ExecuteAsync();
        if (result.TokenType != "Bearer")
            throw new InvalidOperationException(result.TokenType);

        client.DefaultRequestHeaders.Authorization = new("Bearer", result.AccessToken);
        return await client.GetStringAsync("http://legacy.contoso.com");
    }
}
