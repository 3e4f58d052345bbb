// The binding certificate is MSAL's: it is not to be disposed, nor its key taken away. Copies of its public part, and certificates of one's own, are.
// output: exe
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

internal sealed class Keys(IConfidentialClientApplication app)
{
    private static readonly string[] _scopes = ["https://graph.microsoft.com/.default"];

    private static void Main()
    {
    }

    public async Task DisposedAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        using (X509Certificate2? certificate = result.BindingCertificate) // expect: MPOP3005
        {
            Console.WriteLine(certificate?.Thumbprint);
        }
    }

    public async Task DisposedInTheEndAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        var certificate = result.BindingCertificate ?? throw new InvalidOperationException("The token is not bound.");
        try
        {
            Console.WriteLine(certificate.Thumbprint);
        }
        finally
        {
            certificate.Dispose(); // expect: MPOP3005
        }
    }

    public async Task ExportedAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        if (result is not { BindingCertificate: { } certificate })
            return;

        File.WriteAllBytes("key.pfx", certificate.Export(X509ContentType.Pfx, "password")); // expect: MPOP3006
        File.WriteAllBytes("public.cer", certificate.Export(X509ContentType.Cert));
        File.WriteAllText("public.pem", certificate.ExportCertificatePem());
        using RSA key = certificate.GetRSAPrivateKey()!;
        Console.WriteLine(key.SignData(certificate.RawData, HashAlgorithmName.SHA256, RSASignaturePadding.Pss).Length);
        Console.WriteLine(key.ExportPkcs8PrivateKey().Length); // expect: MPOP3006
    }

    public async Task OwnAsync()
    {
        var result = await app.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync();
        ArgumentNullException.ThrowIfNull(result.BindingCertificate);
        using var copy = new X509Certificate2(result.BindingCertificate.RawData);
        using var own = new X509Certificate2("own.pfx");
        File.WriteAllBytes("own-again.pfx", own.Export(X509ContentType.Pkcs12));
        Console.WriteLine(copy.Thumbprint == own.Thumbprint);
    }
}
