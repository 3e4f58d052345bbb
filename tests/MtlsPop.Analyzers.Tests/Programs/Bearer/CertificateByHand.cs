// A certificate that signs for bearer tokens and is presented, exported and disposed by hand: it is the program's own, and so is the plain HTTP.
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Certificates;

public sealed class CertificateClient : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly IConfidentialClientApplication _app;
    private readonly HttpClient _client;

    public CertificateClient(string clientId)
    {
        _certificate = new X509Certificate2("client.pfx");
        _app = ConfidentialClientApplicationBuilder.Create(clientId).WithCertificate(_certificate).WithAzureRegion("east us").Build();
        var handler = new HttpClientHandler();
        handler.ClientCertificates.Add(_certificate);
        _client = new HttpClient(handler);
    }

    public async Task<string> GetAsync()
    {
        var result = await _app.AcquireTokenForClient(new[] { "https://graph.microsoft.com/.default" }).ExecuteAsync();
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        using (var key = _certificate.GetRSAPrivateKey())
            Console.WriteLine(key!.SignData(new byte[] { 1 }, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).Length);
        File.WriteAllBytes("copy.pfx", _certificate.Export(X509ContentType.Pfx, "password"));
        return await _client.GetStringAsync("http://printer.contoso.com/");
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _client.Dispose();
    }
}
