// Scopes that come to their end in a roundabout way, or from where they cannot be known; and authorities whose scopes are their own.
using Microsoft.Identity.Client;

namespace Contoso.Scopes;

public static class Known
{
    public const string Graph = "https://graph.microsoft.com";
    public static readonly IReadOnlyList<string> List = [Graph + "/.default"];

    public static string Resource { get; set; } = Graph;
}

public sealed class Tokens(IConfidentialClientApplication app)
{
    private static readonly IConfidentialClientApplication _onPremises = ConfidentialClientApplicationBuilder.Create("id")
        .WithClientSecret("secret")
        .WithAdfsAuthority("https://fs.contoso.com/adfs")
        .Build();
    private static readonly IConfidentialClientApplication _foreign = ConfidentialClientApplicationBuilder.Create("id")
        .WithClientSecret("secret")
        .WithOidcAuthority("https://login.contoso.com")
        .Build();

    public async Task AllAsync(string resource, bool flag)
    {
        await app.AcquireTokenForClient(Known.List).ExecuteAsync();
        await app.AcquireTokenForClient([.. Known.List]).ExecuteAsync();
        await app.AcquireTokenForClient([Known.Resource]).ExecuteAsync();
        await app.AcquireTokenForClient(new[] { resource.TrimEnd('/') + "/.default" }).ExecuteAsync();
        await app.AcquireTokenForClient(new[] { Known.Graph }.Select(name => name + "/.default")).ExecuteAsync();
        await app.AcquireTokenForClient(flag ? ["api://a/.default"] : new[] { "api://b/.default" }).ExecuteAsync();
        await app.AcquireTokenForClient("https://vault.azure.net/.default".Split(' ')).ExecuteAsync();

        var scope = "https://vault.azure.net";
        if (!scope.EndsWith("/.default"))
            scope += "/.default";
        await app.AcquireTokenForClient([scope]).ExecuteAsync();

        string[] scopes = ["https://vault.azure.net"];
        scopes[0] += "/.default";
        await app.AcquireTokenForClient(scopes).ExecuteAsync();

        await _onPremises.AcquireTokenForClient(["https://fs.contoso.com/api/read"]).ExecuteAsync();
        await _foreign.AcquireTokenForClient(["api"]).ExecuteAsync();
    }
}
