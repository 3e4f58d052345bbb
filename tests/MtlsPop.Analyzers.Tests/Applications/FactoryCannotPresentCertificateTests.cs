using MtlsPop.Analyzers.Applications;
using MtlsPop.CodeFixes.Applications;

namespace MtlsPop.Analyzers.Tests.Applications;

public sealed class FactoryCannotPresentCertificateTests
{
    private static readonly Verify<ApplicationsAnalyzer, FactoryCannotPresentCertificateFix> Rule = new("MPOP2006");

    [Fact]
    public Task A_factory_that_cannot_present_a_certificate_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        "var app = Builder.{|MPOP2006:WithHttpClientFactory|}(new Plain()).Build();",
        "var app = Builder.{|MPOP2006:WithHttpClientFactory|}(retryOnceOn5xx: false, httpClientFactory: new Plain()).Build();",
        """
        IMsalHttpClientFactory factory = new Plain();
        var app = Builder.{|MPOP2006:WithHttpClientFactory|}(factory).Build();
        """,
        "var app = Builder.{|MPOP2006:WithHttpClientFactory|}(_plain).Build();",
        """
        var builder = Builder;
        if (flag) builder.{|MPOP2006:WithHttpClientFactory|}(new Plain());
        else builder.{|MPOP2006:WithHttpClientFactory|}(_plain);
        var app = builder.Build();
        """));

    [Fact]
    public Task A_managed_identity_needs_one_that_can_too() => Rule.Reports(
        """
        class C
        {
            private readonly IManagedIdentityApplication _app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned)
                .{|MPOP2006:WithHttpClientFactory|}(new Plain())
                .Build();

            Task M() => _app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();
        }

        class Plain : IMsalHttpClientFactory
        {
            public HttpClient GetHttpClient() => new();
        }
        """);

    [Theory]
    [InlineData("var app = Builder.Build();")]
    [InlineData("var app = Builder.WithHttpClientFactory(new Mutual()).Build();")]
    [InlineData("var app = Builder.WithHttpClientFactory(new Derived()).Build();")]
    [InlineData("var app = Builder.WithHttpClientFactory(given).Build();")]
    [InlineData("var app = Builder.WithHttpClientFactory(flag ? new Plain() : given).Build();")]
    [InlineData("var app = Builder.WithHttpClientFactory(new Plain()).WithHttpClientFactory(new Mutual()).Build();")]
    [InlineData("var builder = Builder.WithHttpClientFactory(new Plain()); if (flag) builder.WithHttpClientFactory(new Mutual()); var app = builder.Build();")]
    [InlineData("var builder = Builder.WithHttpClientFactory(new Plain()); configure(builder); var app = builder.Build();")]
    public Task A_factory_that_can_or_may_is_silent(string build) => Rule.IsSilent(InMethod(build));

    [Fact]
    public Task A_request_that_nothing_binds_is_silent() => Rule.IsSilent(
        InMethod("var app = Builder.WithHttpClientFactory(new Plain()).Build();").Replace(".WithMtlsProofOfPossession()", "", StringComparison.Ordinal));

    [Fact]
    public Task Broken_code_is_silent() => Rule.IsSilent(
        InMethod("var app = Builder.WithHttpClientFactory(new Plain()).WithTenantId({|CS0103:unknown|}).Build();"));

    [Fact]
    public Task The_fix_implements_the_interface_on_the_type_in_its_own_document_once() => Rule.Fixes(
        [
            Requests,
            """
            namespace Http;

            // Our clients.
            internal sealed class Plain : IMsalHttpClientFactory
            {
                private static readonly HttpClient _client = new();

                public HttpClient GetHttpClient() => _client; // shared
            }
            """,
        ],
        [
            Requests.Replace("{|MPOP2006:WithHttpClientFactory|}", "WithHttpClientFactory", StringComparison.Ordinal),
            $$"""
            namespace Http;

            // Our clients.
            internal sealed class Plain : IMsalMtlsHttpClientFactory
            {
                private readonly System.Runtime.CompilerServices.ConditionalWeakTable<X509Certificate2, HttpClient> _clientsByCertificate = new();
                private static readonly HttpClient _client = new();

                public HttpClient GetHttpClient() => _client; // shared

                public HttpClient GetHttpClient(X509Certificate2 x509Certificate2) => x509Certificate2 is null
                    ? GetHttpClient()
                    : {{ClientByCertificate}};
            }
            """,
        ]);

    [Fact]
    public Task The_fix_adds_the_using_and_asks_an_explicit_implementation_for_the_plain_client() =>
        (Rule with { Sample = new() { GlobalUsings = "" } }).Fixes(
            """
            using System.Net.Http;
            using Microsoft.Identity.Client;

            class C
            {
                object M() =>
                    ManagedIdentityApplicationBuilder.Create(Microsoft.Identity.Client.AppConfig.ManagedIdentityId.SystemAssigned)
                        .{|MPOP2006:WithHttpClientFactory|}(new Plain())
                        .Build()
                    .AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();

                sealed class Plain : System.IDisposable, IMsalHttpClientFactory
                {
                    HttpClient IMsalHttpClientFactory.GetHttpClient() => new();

                    public void Dispose()
                    {
                    }
                }
            }
            """,
            $$"""
            using System.Net.Http;
            using System.Security.Cryptography.X509Certificates;
            using Microsoft.Identity.Client;

            class C
            {
                object M() =>
                    ManagedIdentityApplicationBuilder.Create(Microsoft.Identity.Client.AppConfig.ManagedIdentityId.SystemAssigned)
                        .WithHttpClientFactory(new Plain())
                        .Build()
                    .AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();

                sealed class Plain : System.IDisposable, IMsalMtlsHttpClientFactory
                {
                    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<X509Certificate2, HttpClient> _clientsByCertificate = new();

                    HttpClient IMsalHttpClientFactory.GetHttpClient() => new();

                    public void Dispose()
                    {
                    }

                    public HttpClient GetHttpClient(X509Certificate2 x509Certificate2) => x509Certificate2 is null
                        ? ((IMsalHttpClientFactory)this).GetHttpClient()
                        : {{ClientByCertificate}};
                }
            }
            """);

    [Theory]
    [InlineData(
        """
        struct Plain : IMsalHttpClientFactory
        {
            public HttpClient GetHttpClient() => new();
        }
        """)]
    [InlineData(
        """
        class Plain : IMsalHttpClientFactory
        {
            public HttpClient GetHttpClient() => new();
            private object GetHttpClient(X509Certificate2 certificate) => certificate;
        }
        """)]
    public Task No_fix_is_offered_where_the_type_cannot_take_it(string type) =>
        Rule.ReportsWithoutFix(Requests.Replace("using Http;", "", StringComparison.Ordinal) + type);

    [Fact]
    public Task Where_the_runtime_is_referenced_its_factory_can_take_the_place_of_the_argument() => ByRuntime.Fixes(
        InMethod("var app = Builder.{|MPOP2006:WithHttpClientFactory|}(/* ours */ new Plain()).Build();"),
        "using MtlsPop;\n\n" + InMethod("var app = Builder.WithHttpClientFactory(/* ours */ new PooledMsalHttpClientFactory()).Build();"));

    [Theory]
    [InlineData("retryOnceOn5xx: false, httpClientFactory: factory", "retryOnceOn5xx: false, httpClientFactory: new PooledMsalHttpClientFactory()")]
    [InlineData("_plain, false", "new PooledMsalHttpClientFactory(), false")]
    public Task The_runtime_s_factory_takes_the_place_of_the_argument_for_it_alone(string before, string after) => ByRuntime.Fixes(
        InMethod($"IMsalHttpClientFactory factory = new Plain(); var app = Builder.{{|MPOP2006:WithHttpClientFactory|}}({before}).Build();"),
        "using MtlsPop;\n\n" + InMethod($"IMsalHttpClientFactory factory = new Plain(); var app = Builder.WithHttpClientFactory({after}).Build();"));

    [Theory]
    [InlineData("4.86.1")]
    [InlineData("4.92.0")]
    public async Task The_runtime_s_factory_takes_the_place_of_a_type_that_cannot_implement_the_interface(string msal)
    {
        var after = "using MtlsPop;\n\n" + Managed("WithHttpClientFactory(new PooledMsalHttpClientFactory())");

        await (ByRuntime with { Sample = ByRuntime.Sample with { Msal = msal } }).Fixes(Managed("{|MPOP2006:WithHttpClientFactory|}(new Plain())"), after);
        await new EveryRule { Sample = ByRuntime.Sample }.IsSilent(after);
    }

    [Fact]
    public Task The_runtime_s_factory_is_named_in_full_beside_another_of_its_name() => ByRuntime.Fixes(
        InMethod("var app = Builder.{|MPOP2006:WithHttpClientFactory|}(new Plain()).Build();") + "class PooledMsalHttpClientFactory;",
        InMethod("var app = Builder.WithHttpClientFactory(new global::MtlsPop.PooledMsalHttpClientFactory()).Build();") + "class PooledMsalHttpClientFactory;");

    [Fact]
    public Task The_runtime_s_factory_is_not_offered_where_the_argument_declares_a_variable() => ByRuntime.ReportsWithoutFix(
        InMethod("var app = Builder.{|MPOP2006:WithHttpClientFactory|}(new Plain() is var plain ? plain : _plain).Build();"));

    private static Verify<ApplicationsAnalyzer, FactoryCannotPresentCertificateFix> ByRuntime =>
        Rule with { Action = "MPOP2006.Runtime", Sample = new() { ReferencesRuntime = true } };

    private static string Managed(string step) =>
        $$"""
        class C
        {
            private readonly IManagedIdentityApplication _app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).{{step}}.Build();

            Task M() => _app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();
        }

        struct Plain : IMsalHttpClientFactory
        {
            public HttpClient GetHttpClient() => new();
        }
        """;

    [Fact]
    public Task An_older_language_and_a_file_with_tabs_get_what_fits_them() =>
        (Rule with { Sample = new() { LanguageVersion = LanguageVersion.CSharp7_3, GlobalUsings = "" } }).Fixes(
            Tabbed("{|MPOP2006:WithHttpClientFactory|}", "IMsalHttpClientFactory", "", ""),
            Tabbed(
                "WithHttpClientFactory",
                "IMsalMtlsHttpClientFactory",
                $$"""
                		private readonly {{Table}} _clientsByCertificate = new {{Table}}();


                """,
                $$"""


                		public HttpClient GetHttpClient(X509Certificate2 x509Certificate2) => x509Certificate2 is null
                			? GetHttpClient()
                			: {{ClientByCertificate}};
                """));

    private const string Table = "ConditionalWeakTable<X509Certificate2, HttpClient>";

    private const string ClientByCertificate =
        "_clientsByCertificate.GetValue(x509Certificate2, certificate => " +
        "new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } }))";

    private static string Tabbed(string call, string contract, string field, string method) =>
        $$"""
        using System.Net.Http;
        using System.Runtime.CompilerServices;
        using System.Security.Cryptography.X509Certificates;
        using System.Threading.Tasks;
        using Microsoft.Identity.Client;

        namespace Contoso
        {
        	class C
        	{
        		Task<AuthenticationResult> M(X509Certificate2 certificate, string[] scopes) => ConfidentialClientApplicationBuilder.Create("id")
        			.WithTenantId("t").WithCertificate(certificate, true)
        			.{{call}}(new Plain()).Build().AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        	}

        	class Plain : {{contract}}
        	{
        {{field}}		public HttpClient GetHttpClient() => new HttpClient();{{method}}
        	}
        }
        """.ReplaceLineEndings("\r\n");

    private const string Requests =
        """
        using Http;

        class C
        {
            async Task M(X509Certificate2 certificate, string[] scopes)
            {
                var one = ConfidentialClientApplicationBuilder.Create("a")
                    .WithTenantId("t")
                    .WithCertificate(certificate, true)
                    .{|MPOP2006:WithHttpClientFactory|}(new Plain())
                    .Build();
                await one.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                var other = ConfidentialClientApplicationBuilder.Create("b")
                    .WithTenantId("t")
                    .WithCertificate(certificate, true)
                    .{|MPOP2006:WithHttpClientFactory|}(new Plain())
                    .Build();
                await other.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }
        }

        """;

    private static string InMethod(string build) =>
        $$"""
        class C
        {
            private static readonly Plain _plain = new();
            private static ConfidentialClientApplicationBuilder Builder => ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t");

            async Task M(string[] scopes, IMsalHttpClientFactory given, Action<ConfidentialClientApplicationBuilder> configure, bool flag)
            {
                {{build}}
                await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }
        }

        class Plain : IMsalHttpClientFactory
        {
            public HttpClient GetHttpClient() => new();
        }

        class Mutual : IMsalMtlsHttpClientFactory
        {
            public HttpClient GetHttpClient() => new();

            public HttpClient GetHttpClient(X509Certificate2 certificate) => new();
        }

        class Derived : Mutual;
        """;
}
