// Applications that are built on each call and lose nothing: their cache is shared or serialized, here or by a helper, or somebody else keeps them.
using Microsoft.Identity.Client;

namespace Contoso.Sites;

public interface IKeeper
{
    void Keep(object value);
}

public sealed class SiteTokens(string clientId, string secret)
{
    private static readonly string[] _scopes = ["https://contoso.sharepoint.com/.default"];

    public async Task<AuthenticationResult> SharedAsync()
    {
        var app = ConfidentialClientApplicationBuilder.Create(clientId)
            .WithClientSecret(secret)
            .WithCacheOptions(new CacheOptions { UseSharedCache = true })
            .Build();
        return await app.AcquireTokenForClient(_scopes).ExecuteAsync();
    }

    public async Task<AuthenticationResult> SerializedAsync(Func<string, Task<byte[]>> load)
    {
        var app = ConfidentialClientApplicationBuilder.Create(clientId).WithClientSecret(secret).Build();
        app.AppTokenCache.SetBeforeAccessAsync(async access => access.TokenCache.DeserializeMsalV3(await load(access.SuggestedCacheKey)));
        return await app.AcquireTokenForClient(_scopes).ExecuteAsync();
    }

    public async Task<AuthenticationResult> SerializedByAHelperAsync()
    {
        var app = ConfidentialClientApplicationBuilder.Create(clientId).WithClientSecret(secret).Build();
        Attach(app);
        return await app.AcquireTokenForClient(_scopes).ExecuteAsync();
    }

    public async Task<AuthenticationResult> KeptElsewhereAsync(IKeeper keeper)
    {
        var app = ConfidentialClientApplicationBuilder.Create(clientId).WithClientSecret(secret).Build();
        keeper.Keep(app);
        return await app.AcquireTokenForClient(_scopes).ExecuteAsync();
    }

    public Func<Task<AuthenticationResult>> KeptByADelegate()
    {
        var app = ConfidentialClientApplicationBuilder.Create(clientId).WithClientSecret(secret).Build();
        return () => app.AcquireTokenForClient(_scopes).ExecuteAsync();
    }

    public async Task<AuthenticationResult> LostAsync()
    {
        var app = ConfidentialClientApplicationBuilder.Create(clientId).WithClientSecret(secret).Build(); // expect: MPOP1006
        return await app.AcquireTokenForClient(_scopes).ExecuteAsync();
    }

    private static void Attach(IConfidentialClientApplication app) => app.AppTokenCache.SetBeforeAccess(_ => { });
}
