// A worker whose scopes are constants, settings and lists: only those are found fault with that are known to be wrong.
using Microsoft.Identity.Client;

namespace Contoso.Reports;

public sealed class ReportWorker(IConfidentialClientApplication app, IReadOnlyDictionary<string, string> settings)
{
    private const string Resource = "https://service.contoso.com";
    private const string UserScope = "https://graph.microsoft.com/User.Read.All";
    private static readonly string[] _managementScopes = { "https://management.azure.com/.default" };

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await app.AcquireTokenForClient(new[] { UserScope }).ExecuteAsync(stopping); // expect: MPOP1008
            await app.AcquireTokenForClient(["api://reports/access_as_app"]).ExecuteAsync(stopping); // expect: MPOP1008
            await app.AcquireTokenForClient([Resource]).ExecuteAsync(stopping); // expect: MPOP1008
            await app.AcquireTokenForClient(_managementScopes).ExecuteAsync(stopping);
            await app.AcquireTokenForClient(new[] { settings["Scope"] }).ExecuteAsync(stopping);
            await app.AcquireTokenForClient(new List<string> { "https://vault.azure.net//.default" }).ExecuteAsync(stopping);
            await app.AcquireTokenForClient([$"{Resource}/.DEFAULT"]).ExecuteAsync(stopping);
            await app.AcquireTokenForClient(scopes: [string.Concat(Resource, "/", ".default")]).ExecuteAsync(stopping);
            await Task.Delay(TimeSpan.FromMinutes(5), stopping);
        }
    }
}
