// The same tool without the checks, or with ones that do not hold: as a tuple, in a loop, by a local function, and with the compiler's warning silenced.
// output: exe
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

internal static class Program
{
    private static readonly X509Certificate2 _certificate = new("client.pfx");
    private static readonly string[] _scopes = ["https://graph.microsoft.com/.default"];

    private static readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create("00000000-0000-0000-0000-000000000001")
        .WithAuthority("https://login.microsoftonline.com/contoso.onmicrosoft.com")
        .WithCertificate(_certificate, sendX5C: true)
        .Build();

    private static async Task Main()
    {
        await InAHandlerAsync();
        await InATupleAsync();
        await InALoopAsync();
        await InALocalFunctionAsync();
        await SilencedAsync();
    }

    private static async Task InAHandlerAsync()
    {
        var result = await _app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        var handler = new HttpClientHandler();
        handler.ClientCertificates.Add(result.BindingCertificate); // expect: MPOP3001
        Console.WriteLine(result.BindingCertificate.Thumbprint);
    }

    private static async Task InATupleAsync()
    {
        var result = await _app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        var (token, certificate) = (result.AccessToken, result.BindingCertificate);
        Console.WriteLine(certificate.Thumbprint + token.Length); // expect: MPOP3001
    }

    private static async Task InALoopAsync()
    {
        var result = await _app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        foreach (var extension in result.BindingCertificate.Extensions) // expect: MPOP3001
            Console.WriteLine(extension.Oid);
    }

    private static async Task InALocalFunctionAsync()
    {
        var result = await _app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        if (result.BindingCertificate == null)
            Console.WriteLine("The token is not bound.");
        Print(result.BindingCertificate); // expect: MPOP3001

        static void Print(X509Certificate2 certificate) => Console.WriteLine(certificate.Subject);
    }

    private static async Task SilencedAsync()
    {
        var result = await _app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        Console.WriteLine(result.BindingCertificate!.Subject); // expect: MPOP3001
    }
}
