// A desktop program that signs a user in, silently if it can, and keeps its tokens in a file: older C#, without nullable annotations.
#nullable disable
using System.Net.Http.Headers;
using Microsoft.Identity.Client;

namespace Contoso.Desktop
{
    internal static class TokenFile
    {
        private static readonly object _gate = new object();

        public static void Keep(ITokenCache cache)
        {
            cache.SetBeforeAccess(Read);
            cache.SetAfterAccess(Write);
        }

        private static void Read(TokenCacheNotificationArgs args)
        {
            lock (_gate)
            {
                args.TokenCache.DeserializeMsalV3(File.Exists("tokens.bin") ? File.ReadAllBytes("tokens.bin") : null);
            }
        }

        private static void Write(TokenCacheNotificationArgs args)
        {
            if (!args.HasStateChanged)
                return;

            lock (_gate)
            {
                File.WriteAllBytes("tokens.bin", args.TokenCache.SerializeMsalV3());
            }
        }
    }

    public class MainWindow
    {
        private static readonly IPublicClientApplication _app = CreateApplication();
        private readonly string[] _scopes = new string[] { "user.read" };

        private static IPublicClientApplication CreateApplication()
        {
            var app = PublicClientApplicationBuilder.Create("00000000-0000-0000-0000-000000000001")
                .WithAuthority("https://login.microsoftonline.com/common")
                .WithDefaultRedirectUri()
                .Build();
            TokenFile.Keep(app.UserTokenCache);
            return app;
        }

        public async void OnSignIn(object sender, EventArgs args)
        {
            AuthenticationResult result = null;
            var account = (await _app.GetAccountsAsync()).FirstOrDefault() ?? PublicClientApplication.OperatingSystemAccount;
            try
            {
                result = await _app.AcquireTokenSilent(_scopes, account).ExecuteAsync();
            }
            catch (MsalUiRequiredException)
            {
                result = await _app.AcquireTokenInteractive(_scopes).WithAccount(account).WithPrompt(Prompt.SelectAccount).ExecuteAsync();
            }

            var client = new HttpClient();
            var request = new HttpRequestMessage(HttpMethod.Get, "https://graph.microsoft.com/v1.0/me");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
            Console.WriteLine(await (await client.SendAsync(request)).Content.ReadAsStringAsync());
        }
    }
}
