// A service with a certificate that its tenant trusts by subject name and issuer (SN/I) calls a resource with a token that is bound to that certificate.
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

if (args is not [var tenant, var clientId, var pfx, var resource, var address])
{
    Console.Error.WriteLine("Usage: ConfidentialClient TENANT CLIENT-ID PFX-FILE RESOURCE ADDRESS");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

using var credential = X509CertificateLoader.LoadPkcs12FromFile(pfx, password: null);

var app = ConfidentialClientApplicationBuilder.Create(clientId)
    .WithAuthority(AzureCloudInstance.AzurePublic, tenant)
    .WithCertificate(credential, sendX5C: true)
    .Build();

string[] scopes = [$"{resource}/.default"];
var result = await app.AcquireTokenForClient(scopes)
    .WithMtlsProofOfPossession()
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
