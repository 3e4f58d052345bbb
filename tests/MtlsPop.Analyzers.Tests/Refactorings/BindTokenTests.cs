using System.Diagnostics.CodeAnalysis;
using MtlsPop.CodeFixes.Refactorings;

namespace MtlsPop.Analyzers.Tests.Refactorings;

public sealed class BindTokenTests
{
    private const string BoundRequest =
        "app.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").WithMtlsProofOfPossession().WithAttestationSupport()";

    [Fact]
    public Task A_client_s_token_is_bound_sent_with_its_scheme_and_presented_with_its_certificate() => Binds(
        """
        class Service(X509Certificate2 certificate)
        {
            private static readonly string[] Scopes = ["https://graph.microsoft.com/.default"];

            private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create("client")
                .WithTenantId("tenant")
                .WithCertificate(certificate)
                .Build();

            public async Task<string> GetAsync(CancellationToken cancellationToken)
            {
                // The token for the directory.
                var result = await _app
                    .AcquireToken$$ForClient(Scopes)
                    .ExecuteAsync(cancellationToken)
                    .ConfigureAwait(false);

                using var client = new HttpClient();
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
                return await client.GetStringAsync("https://graph.microsoft.com/v1.0/applications", cancellationToken).ConfigureAwait(false);
            }
        }
        """,
        """
        class Service(X509Certificate2 certificate)
        {
            private static readonly string[] Scopes = ["https://graph.microsoft.com/.default"];

            private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create("client")
                .WithTenantId("tenant")
                .WithCertificate(certificate, sendX5C: true)
                .Build();

            public async Task<string> GetAsync(CancellationToken cancellationToken)
            {
                // The token for the directory.
                var result = await _app
                    .AcquireTokenForClient(Scopes)
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync(cancellationToken)
                    .ConfigureAwait(false);

                if (result.BindingCertificate is null)
                    throw new InvalidOperationException("The token is not bound to a certificate.");
                using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
                return await client.GetStringAsync("https://graph.microsoft.com/v1.0/applications", cancellationToken).ConfigureAwait(false);
            }
        }
        """,
        "Bind this token (mTLS PoP); Send the certificate's chain; Send the token under its own scheme; " +
            "Give the client the binding certificate; Throw when the token is not bound");

    [Fact]
    public Task A_managed_identity_s_token_is_bound_and_attested() => Binds(
        """
        class Service(IManagedIdentityApplication app)
        {
            public async Task<AuthenticationHeaderValue> HeaderAsync(CancellationToken cancellationToken)
            {
                var result = await app.AcquireTokenForManagedIdentity("https://vault.azure.net").$$ExecuteAsync(cancellationToken).ConfigureAwait(false);
                return new AuthenticationHeaderValue("Bearer", result.AccessToken);
            }
        }
        """,
        $$"""
        class Service(IManagedIdentityApplication app)
        {
            public async Task<AuthenticationHeaderValue> HeaderAsync(CancellationToken cancellationToken)
            {
                var result = await {{BoundRequest}}.ExecuteAsync(cancellationToken).ConfigureAwait(false);
                return new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
            }
        }
        """,
        "Bind this token (mTLS PoP) and attest its key; Send the token under its own scheme");

    [Fact]
    public Task The_using_of_attestation_is_added_where_it_is_missing() => Binds(
        """
        using System.Threading.Tasks;
        using Microsoft.Identity.Client;

        class Service(IManagedIdentityApplication app)
        {
            public Task<AuthenticationResult> Acquire() =>
                app.AcquireTokenForManagedIdentity$$("https://vault.azure.net").ExecuteAsync();
        }
        """,
        """
        using System.Threading.Tasks;
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.KeyAttestation;

        class Service(IManagedIdentityApplication app)
        {
            public Task<AuthenticationResult> Acquire() =>
                app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();
        }
        """,
        "Bind this token (mTLS PoP) and attest its key",
        new() { GlobalUsings = "" });

    [Fact]
    public async Task Where_the_runtime_is_referenced_its_call_takes_the_place_of_the_request()
    {
        var bench = await Workbench.OpenAsync(
            new() { ReferencesRuntime = true },
            RuntimeSample("app.AcquireTokenForClient(scopes).ExecuteAsync(cancellationToken)", ""));

        var position = (await bench.TextAsync()).IndexOf("ForClient", StringComparison.Ordinal);
        var bound = await bench.TakeAsync(Assert.Single(await bench.RefactoringsAsync(new BindToken(), position)));

        Assert.Equal(RuntimeSample("app.AcquireMtlsPopTokenAsync(scopes, cancellationToken)", "using MtlsPop;\n\n"), await bound.TextAsync());
        Assert.Empty(await bound.FaultsAsync());
    }

    [Theory]
    [InlineData(
        "app.AcquireTokenForClient(scopes).WithForceRefresh(true).ExecuteAsync(cancellationToken)",
        "app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().WithForceRefresh(true).ExecuteAsync(cancellationToken)")]
    [InlineData(
        "app.AcquireTokenForClient(scopes)/* now */.ExecuteAsync(cancellationToken)",
        "app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession()/* now */.ExecuteAsync(cancellationToken)")]
    public async Task A_request_with_steps_or_comments_of_its_own_stays_MSAL_s(string bearer, string expected)
    {
        var bench = await Workbench.OpenAsync(new() { ReferencesRuntime = true }, RuntimeSample(bearer, ""));

        var position = (await bench.TextAsync()).IndexOf("ForClient", StringComparison.Ordinal);
        var bound = await bench.TakeAsync(Assert.Single(await bench.RefactoringsAsync(new BindToken(), position)));

        Assert.Equal(RuntimeSample(expected, ""), await bound.TextAsync());
    }

    [Theory]
    [InlineData("await app.AcquireTokenFor$$Client(scopes).WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("var request = app.AcquireTokenFor$$Client(scopes); request.WithMtlsProofOfPossession(); await request.ExecuteAsync();")]
    [InlineData("var request = app.AcquireTokenFor$$Client(scopes); if (flag) request.WithMtlsProofOfPossession(); await request.ExecuteAsync();")]
    [InlineData("await machine.AcquireTokenForManagedIdentity$$(\"a\").WithRequestOverMtls().ExecuteAsync();")]
    [InlineData("await app.AcquireTokenOnBehalf$$Of(scopes, new UserAssertion(\"jwt\")).ExecuteAsync();")]
    [InlineData("var request = app.AcquireTokenFor$$Client(scopes); await Task.CompletedTask;")]
    [InlineData("await Task.Yie$$ld();")]
    public Task What_is_no_bearer_request_is_not_offered(string body) => IsNotOffered(Method(body));

    [Theory]
    [InlineData(
        """
        var made = ConfidentialClientApplicationBuilder.Create("client").WithTenantId("tenant").WithClientSecret("secret").Build();
        await made.AcquireTokenFor$$Client(scopes).ExecuteAsync();
        """)]
    [InlineData(
        """
        var made = ConfidentialClientApplicationBuilder
            .Create("client")
            .WithCertificate(new X509Certificate2("file"), true)
            .Build();
        await made.AcquireTokenFor$$Client(scopes).ExecuteAsync();
        """)]
    public Task Where_a_warning_would_be_left_it_is_not_offered(string body) => IsNotOffered(Method(body));

    [Fact]
    public Task Without_the_attestation_package_a_managed_identity_is_not_offered() =>
        IsNotOffered(Method("await machine.AcquireTokenForManagedIdentity$$(\"a\").ExecuteAsync();"), new() { ReferencesKeyAttestation = false });

    [Fact]
    public Task Below_the_floor_it_is_not_offered() =>
        IsNotOffered(Method("await app.AcquireTokenFor$$Client(scopes).ExecuteAsync();"), new() { Msal = "4.80.0" });

    private static string RuntimeSample(string request, string usings) =>
        $$"""
        {{usings}}class Service(IConfidentialClientApplication app, string[] scopes)
        {
            public async Task<string> TokenAsync(CancellationToken cancellationToken) => (await {{request}}.ConfigureAwait(false)).AccessToken;
        }
        """;

    private static string Method(string body) =>
        $$"""
        class C
        {
            async Task M(IConfidentialClientApplication app, IManagedIdentityApplication machine, string[] scopes, bool flag)
            {
                {{body}}
            }
        }
        """;

    private static async Task Binds([StringSyntax("C#-test")] string before, [StringSyntax("C#-test")] string after, string title, Sample? sample = null)
    {
        var bench = await Workbench.OpenAsync(sample ?? new(), before.Replace("$$", "", StringComparison.Ordinal));
        var offered = Assert.Single(await bench.RefactoringsAsync(new BindToken(), before.IndexOf("$$", StringComparison.Ordinal)));
        Assert.Equal(title, offered.Title);

        var bound = await bench.TakeAsync(offered);
        Assert.Equal(after, await bound.TextAsync());
        Assert.Empty(await bound.FaultsAsync());
    }

    private static async Task IsNotOffered([StringSyntax("C#-test")] string source, Sample? sample = null)
    {
        var bench = await Workbench.OpenAsync(sample ?? new(), source.Replace("$$", "", StringComparison.Ordinal));
        Assert.Empty(await bench.RefactoringsAsync(new BindToken(), source.IndexOf("$$", StringComparison.Ordinal)));
    }
}
