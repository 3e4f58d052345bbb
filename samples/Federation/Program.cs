// A Windows virtual machine acts as an application registration of any tenant that trusts its managed identity: two legs, both bound to the same certificate.
using System.Net.Http.Headers;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.KeyAttestation;

if (args is not [var tenant, var clientId, var resource, var address])
{
    Console.Error.WriteLine("Usage: Federation TENANT CLIENT-ID RESOURCE ADDRESS");
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

var machine = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

// The second leg asks for the first leg's token whenever it needs one, so that a renewed certificate comes with a token of its own.
var app = ConfidentialClientApplicationBuilder.Create(clientId)
    .WithAuthority(AzureCloudInstance.AzurePublic, tenant)
    .WithClientAssertion(async (_, cancellationToken) =>
    {
        var leg1 = await machine.AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        return new ClientSignedAssertion
        {
            Assertion = leg1.AccessToken,
            TokenBindingCertificate = leg1.BindingCertificate
                ?? throw new InvalidOperationException("The first leg's token came back without its certificate, so it was not exchanged."),
        };
    })
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
