// A daemon whose application is built in a method that Main calls once, with a secret or with a certificate whose chain a bearer request need not send.
// output: exe
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Daemon;

internal sealed record Settings(string ClientId, string Authority, string? Secret, string? CertificateName);

internal static class Program
{
    private static IConfidentialClientApplication? _app;

    private static void Main(string[] args)
    {
        try
        {
            var authority = $"https://login.microsoftonline.com/{args[1]}";
            RunAsync(new Settings(args[0], authority, args.ElementAtOrDefault(2), args.ElementAtOrDefault(3))).GetAwaiter().GetResult();
        }
        catch (MsalServiceException exception) when (exception.Message.Contains("AADSTS70011"))
        {
            Console.Error.WriteLine("The scope is not supported.");
        }
    }

    private static async Task RunAsync(Settings settings)
    {
        var builder = ConfidentialClientApplicationBuilder.Create(settings.ClientId).WithAuthority(new Uri(settings.Authority));
        _app = settings.Secret is null
            ? builder.WithCertificate(Find(settings.CertificateName!)).Build()
            : builder.WithClientSecret(settings.Secret).Build();

        AuthenticationResult result = await _app.AcquireTokenForClient(new[] { "https://graph.microsoft.com/.default" }).ExecuteAsync();
        var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bearer", result.AccessToken);
        Console.WriteLine(await client.GetStringAsync("https://graph.microsoft.com/v1.0/users"));
    }

    private static X509Certificate2 Find(string name)
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadOnly);
        return store.Certificates.Find(X509FindType.FindBySubjectDistinguishedName, name, validOnly: false)
            .OrderByDescending(certificate => certificate.NotBefore)
            .First();
    }
}
