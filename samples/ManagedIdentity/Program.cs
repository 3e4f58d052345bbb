// A Windows virtual machine calls a resource as itself. Its token is bound to a key that cannot leave the machine, and the key is attested.
using System.Net.Http.Headers;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.KeyAttestation;

if (args is not [var resource, var address])
{
    Console.Error.WriteLine("Usage: ManagedIdentity RESOURCE ADDRESS, such as https://vault.azure.net https://contoso.vault.azure.net/secrets");
    return 2;
}

if (!OperatingSystem.IsWindows())
{
    Console.Error.WriteLine("A managed identity binds tokens on Windows only: run this on an Azure virtual machine with Credential Guard.");
    return 1;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

var result = await app.AcquireTokenForManagedIdentity(resource)
    .WithMtlsProofOfPossession()
    .WithAttestationSupport()
    .ExecuteAsync(stop.Token)
    .ConfigureAwait(false);

var certificate = result.BindingCertificate
    ?? throw new InvalidOperationException("The token came back without its certificate, so it was not sent.");

using var handler = new HttpClientHandler();
handler.ClientCertificates.Add(certificate);
using var client = new HttpClient(handler);
client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);

using var response = await client.GetAsync(new Uri(address), stop.Token).ConfigureAwait(false);
Console.WriteLine($"{(int)response.StatusCode} {response.StatusCode}");
return response.IsSuccessStatusCode ? 0 : 1;
