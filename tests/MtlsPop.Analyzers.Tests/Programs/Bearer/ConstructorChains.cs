// An authenticator whose constructors build the application for each other, retries that wait, and a resource from which a scope's end is cut off.
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace Contoso.Bots;

public class Authenticator
{
    private readonly IConfidentialClientApplication _app;
    private readonly string _scope;

    public Authenticator(IConfidentialClientApplication app, string? scope = null)
    {
        _app = app ?? throw new ArgumentNullException(nameof(app));
        _scope = scope ?? "https://api.contoso.com/.default";
    }

    public Authenticator(string id, string password, string? authority = null, string? scope = null)
        : this(
            ConfidentialClientApplicationBuilder.Create(id)
                .WithAuthority(new Uri(authority ?? "https://login.microsoftonline.com/contoso.com"), true)
                .WithClientSecret(password)
                .Build(),
            scope)
    {
    }

    public Authenticator(string id, X509Certificate2 certificate, bool sendChain)
        : this(ConfidentialClientApplicationBuilder.Create(id).WithCertificate(certificate, sendChain).Build())
    {
    }

    public async Task<string> TokenAsync(bool force = false)
    {
        var result = await _app.AcquireTokenForClient(new[] { _scope }).WithForceRefresh(force).ExecuteAsync().ConfigureAwait(false);
        return "Bearer " + result.AccessToken;
    }
}

public class IdentityAuthenticator(string resource, string identity)
{
    private readonly IManagedIdentityApplication _app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(identity)).Build();

    public async Task<string> TokenAsync()
    {
        const string End = "/.default";
        var audience = resource.EndsWith(End, StringComparison.OrdinalIgnoreCase) ? resource[..^End.Length] : resource;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await _app.AcquireTokenForManagedIdentity(audience).ExecuteAsync().ConfigureAwait(false)).AccessToken;
            }
            catch (MsalServiceException exception) when (exception.IsRetryable && attempt < 3)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt));
            }
        }
    }
}
