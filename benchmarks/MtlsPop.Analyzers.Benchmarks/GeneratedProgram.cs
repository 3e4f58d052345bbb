using System.Globalization;
using System.Text;

namespace MtlsPop.Analyzers.Benchmarks;

/// <summary>A program of a given size that calls MSAL in a given number of places, in turn right and wrong, among code that does not.</summary>
internal static class GeneratedProgram
{
    private const int FileLength = 500;

    public static IReadOnlyList<string> Files(int lines, int msalMethods)
    {
        var files = new List<string>();
        var count = lines / FileLength;
        for (var file = 0; file < count; file++)
            files.Add(File(file, msalMethods * (file + 1) / count - msalMethods * file / count));
        return files;
    }

    private static string File(int number, int msalMethods)
    {
        var text = new StringBuilder();
        text.AppendLine("using System; using System.Collections.Generic; using System.Linq; using System.Net.Http; using System.Threading; using System.Threading.Tasks;");
        if (msalMethods > 0)
            text.AppendLine("using Microsoft.Identity.Client; using Microsoft.Identity.Client.AppConfig; using System.Net.Http.Headers; using System.Security.Cryptography.X509Certificates;");
        text.AppendLine(CultureInfo.InvariantCulture, $"namespace Generated;\npublic class C{number}");
        text.AppendLine("{");
        if (msalMethods > 0)
            text.AppendLine(Application);
        var length = 12;
        for (var method = 0; method < msalMethods; method++, length += 14)
            text.AppendLine((method % 2 == 0 ? ManagedIdentity : Client).Replace("NUMBER", method.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        for (var method = 0; length < FileLength; method++, length += 12)
            text.AppendLine(Other.Replace("NUMBER", method.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return text.AppendLine("}").ToString();
    }

    private const string Application =
        """
            private readonly IManagedIdentityApplication _machine = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
            private static IConfidentialClientApplication Build(X509Certificate2 certificate) => ConfidentialClientApplicationBuilder.Create("id")
                .WithTenantId("tenant").WithCertificate(certificate).Build();
        """;

    private const string ManagedIdentity =
        """
            public async Task<string> MachineNUMBER(HttpClient client, string resource, CancellationToken token)
            {
                var request = _machine.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession();
                if (resource.Length > 3)
                    request = request.WithForceRefresh(true);
                var result = await request.ExecuteAsync(token);
                var handler = new HttpClientHandler();
                handler.ClientCertificates.Add(result.BindingCertificate);
                using var bound = new HttpClient(handler);
                bound.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
                return await bound.GetStringAsync(resource, token).ConfigureAwait(false);
            }
        """;

    private const string Client =
        """
            public async Task<string> ClientNUMBER(X509Certificate2 certificate, string resource, CancellationToken token)
            {
                var app = Build(certificate);
                var result = await app.AcquireTokenForClient(new[] { resource + "/.default" }).WithMtlsProofOfPossession().ExecuteAsync(token).ConfigureAwait(false);
                if (result.BindingCertificate is null)
                    throw new InvalidOperationException("not bound");
                var handler = new HttpClientHandler { AllowAutoRedirect = false };
                handler.ClientCertificates.Add(result.BindingCertificate);
                using var bound = new HttpClient(handler);
                bound.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("mtls_pop", result.AccessToken);
                return await bound.GetStringAsync(resource, token).ConfigureAwait(false);
            }
        """;

    private const string Other =
        """
            public async Task<IReadOnlyList<string>> OtherNUMBER(IEnumerable<string> names, HttpClient client, int limit, CancellationToken token)
            {
                var found = new List<string>();
                foreach (var name in names.Where(name => name.Length > limit).OrderBy(name => name, StringComparer.Ordinal))
                {
                    var text = await client.GetStringAsync(new Uri("https://example.com/" + name), token).ConfigureAwait(false);
                    found.Add(text.Trim().ToUpperInvariant() + string.Join(",", name.Split(' ').Select(part => part.Substring(0, 1))));
                }

                return found.Count > limit ? found.GetRange(0, limit) : found;
            }
        """;
}
