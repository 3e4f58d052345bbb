// A user's token and the application's own, side by side or by the kind of caller: neither request is the other's fallback.
using Microsoft.Identity.Client;

namespace Contoso.Callers;

public enum Caller
{
    User,
    Application,
}

public sealed class Tokens(IConfidentialClientApplication app, IPublicClientApplication desktop)
{
    private static readonly string[] _scopes = ["https://graph.microsoft.com/.default"];

    public async Task<string[]> BothAsync(IAccount account)
    {
        var user = await desktop.AcquireTokenSilent(["User.Read"], account).ExecuteAsync();
        var own = await app.AcquireTokenForClient(_scopes).ExecuteAsync();
        return [user.AccessToken, own.AccessToken];
    }

    public async Task<string> ForAsync(IAccount? account)
    {
        if (account is not null)
            return (await app.AcquireTokenSilent(["User.Read"], account).ExecuteAsync()).AccessToken;

        return (await app.AcquireTokenForClient(_scopes).ExecuteAsync()).AccessToken;
    }

    public Task<AuthenticationResult> ForAsync(Caller caller, IAccount account) => caller switch
    {
        Caller.User => app.AcquireTokenSilent(["User.Read"], account).ExecuteAsync(),
        Caller.Application => app.AcquireTokenForClient(_scopes).ExecuteAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(caller)),
    };
}
