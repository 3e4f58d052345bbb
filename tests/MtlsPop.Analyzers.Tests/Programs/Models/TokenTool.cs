// A command-line tool in top-level statements, whose request is put together step by step in a local.
// output: exe
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.KeyAttestation;

if (!OperatingSystem.IsWindows())
{
    Console.Error.WriteLine("A managed identity's token can be bound on Windows only.");
    return 1;
}

var resource = args is [var first, ..] ? first : "https://graph.microsoft.com";
var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
var request = app.AcquireTokenForManagedIdentity(resource);
request = request.WithMtlsProofOfPossession(new PoPOptions { MinStrength = MtlsBindingStrength.KeyGuard });
request = request.WithAttestationSupport();
if (args.Contains("--fresh"))
{
    request = request.WithForceRefresh(true);
}

try
{
    var result = await request.ExecuteAsync();
    Console.WriteLine($"{result.TokenType} until {result.ExpiresOn:u}");
    if (result.BindingCertificate is not { } certificate)
    {
        return 3;
    }

    Console.WriteLine(certificate.Thumbprint);
    return 0;
}
catch (MsalException exception)
{
    Console.Error.WriteLine(exception.ErrorCode);
    return 2;
}
