// A service that asks for its own token as one asks for a user's. In the second method the token is a user's, and asking silently is right.
using Microsoft.Identity.Client;

namespace Contoso.Legacy;

#pragma warning disable CS0618
public sealed class TokenService(IConfidentialClientApplication app)
{
    private readonly string[] _scopes = new[] { "https://graph.microsoft.com/.default" };

    public async Task<string> GetTokenAsync()
    {
        AuthenticationResult? result = null;
        var accounts = await app.GetAccountsAsync();
        try
        {
            result = await app.AcquireTokenSilent(_scopes, accounts.FirstOrDefault()).ExecuteAsync(); // expect: MPOP1007
        }
        catch (MsalUiRequiredException)
        {
            result = await app.AcquireTokenForClient(_scopes).ExecuteAsync();
        }

        return result.AccessToken;
    }

    public async Task<string> GetUserTokenAsync(string userToken, IAccount account)
    {
        try
        {
            return (await app.AcquireTokenSilent(["User.Read"], account).ExecuteAsync()).AccessToken;
        }
        catch (MsalUiRequiredException)
        {
            return (await app.AcquireTokenOnBehalfOf(["User.Read"], new UserAssertion(userToken)).ExecuteAsync()).AccessToken;
        }
    }
}
