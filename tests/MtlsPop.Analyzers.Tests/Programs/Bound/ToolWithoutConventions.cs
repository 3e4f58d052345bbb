// A tool that binds its tokens and is no library: who awaits there, may await in its own context, and needs no cancellation.
// output: exe
using System.Net.Http.Headers;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.KeyAttestation;

var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
var result = await app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();
if (result.BindingCertificate is null)
{
    Console.Error.WriteLine("The token is not bound.");
    return 1;
}

using var handler = new SocketsHttpHandler();
handler.SslOptions.ClientCertificates = [result.BindingCertificate];
using var client = new HttpClient(handler);
client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
foreach (var name in args)
    Console.WriteLine(await client.GetStringAsync($"https://contoso.vault.azure.net/secrets/{name}"));
return 0;
