// Top-level statements that sign a user in by a code on another device, with a local function.
// output: exe
using System.Net.Http.Headers;
using Microsoft.Identity.Client;

var app = PublicClientApplicationBuilder.Create(args.Length > 0 ? args[0] : "00000000-0000-0000-0000-000000000001")
    .WithAuthority("https://login.microsoftonline.com/common")
    .WithDefaultRedirectUri()
    .Build();

string[] scopes = ["User.Read", "Mail.Read"];
var accounts = await app.GetAccountsAsync();
AuthenticationResult result;
try
{
    result = await app.AcquireTokenSilent(scopes, accounts.FirstOrDefault()).ExecuteAsync();
}
catch (MsalUiRequiredException)
{
    result = await ByDeviceCodeAsync();
}

using var client = new HttpClient();
client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
Console.WriteLine(await client.GetStringAsync("https://graph.microsoft.com/v1.0/me"));

Task<AuthenticationResult> ByDeviceCodeAsync() => app.AcquireTokenWithDeviceCode(scopes, code =>
{
    Console.WriteLine(code.Message);
    return Task.CompletedTask;
}).ExecuteAsync();
