using System.Diagnostics.CodeAnalysis;
using MtlsPop.CodeFixes.Repairs;

namespace MtlsPop.Analyzers.Tests.Repairs;

public sealed class CompilerErrorFixTests
{
    private static readonly Sample Bare = new()
    {
        GlobalUsings = """
            global using System;
            global using System.Security.Cryptography.X509Certificates;
            global using System.Threading;
            global using System.Threading.Tasks;
            """,
    };

    [Fact]
    public Task An_argument_in_the_case_of_the_documentation_gets_that_of_the_parameter() => Repairs(
        """
        using Microsoft.Identity.Client;

        static class Service
        {
            static readonly string[] Scopes = new[] { "https://vault.azure.net/.default" };

            static Task<AuthenticationResult> Acquire(X509Certificate2 certificate)
            {
                var app = ConfidentialClientApplicationBuilder.Create("client")
                    .WithTenantId("tenant")
                    .WithCertificate(certificate, /* SN/I */ {|CS1739:sendX5c|}: true)
                    .Build();
                return app.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """,
        """
        using Microsoft.Identity.Client;

        static class Service
        {
            static readonly string[] Scopes = new[] { "https://vault.azure.net/.default" };

            static Task<AuthenticationResult> Acquire(X509Certificate2 certificate)
            {
                var app = ConfidentialClientApplicationBuilder.Create("client")
                    .WithTenantId("tenant")
                    .WithCertificate(certificate, /* SN/I */ sendX5C: true)
                    .Build();
                return app.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """);

    [Fact]
    public Task Every_misspelled_argument_of_a_document_is_renamed_at_once() => Repairs(
        """
        using Microsoft.Identity.Client;

        static class Service
        {
            static void Build(X509Certificate2 certificate)
            {
                ConfidentialClientApplicationBuilder.Create("a").WithCertificate(certificate, {|CS1739:sendX5c|}: true).Build();
                ConfidentialClientApplicationBuilder.Create("b").WithCertificate({|CS1739:Certificate|}: certificate).Build();
                ConfidentialClientApplicationBuilder.Create("c").WithCertificate(certificate, {|CS1739:SendX5C|}: true).Build();
            }
        }
        """,
        """
        using Microsoft.Identity.Client;

        static class Service
        {
            static void Build(X509Certificate2 certificate)
            {
                ConfidentialClientApplicationBuilder.Create("a").WithCertificate(certificate, sendX5C: true).Build();
                ConfidentialClientApplicationBuilder.Create("b").WithCertificate(certificate: certificate).Build();
                ConfidentialClientApplicationBuilder.Create("c").WithCertificate(certificate, sendX5C: true).Build();
            }
        }
        """);

    [Theory]
    [InlineData("var app = ManagedIdentityApplicationBuilder.Create({|CS0103:ManagedIdentityId|}.SystemAssigned).Build();")]
    [InlineData("var options = new {|CS0246:CertificateOptions|} { SendX5C = true };")]
    [InlineData("{|CS0246:CertificateOptions|} options = null!;")]
    [InlineData("var options = new {|CS0246:PoPOptions|}();")]
    [InlineData("var strength = {|CS0103:MtlsBindingStrength|}.KeyGuard;")]
    public Task A_type_of_another_namespace_gets_its_using(string body) => Repairs(
        $$"""
        using Microsoft.Identity.Client;

        class Service
        {
            void Run()
            {
                {{body}}
            }
        }
        """,
        $$"""
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.AppConfig;

        class Service
        {
            void Run()
            {
                {{WithoutMarkup(body)}}
            }
        }
        """);

    [Fact]
    public Task The_types_of_an_assertion_get_the_using_of_MSAL_itself() => Repairs(
        """
        using Microsoft.Identity.Client.AppConfig;

        class Service
        {
            Task<{|CS0246:ClientSignedAssertion|}> Assert({|CS0246:AssertionRequestOptions|} options, X509Certificate2 certificate) =>
                Task.FromResult(new {|CS0246:ClientSignedAssertion|} { Assertion = "jwt", TokenBindingCertificate = certificate });
        }
        """,
        """
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.AppConfig;

        class Service
        {
            Task<ClientSignedAssertion> Assert(AssertionRequestOptions options, X509Certificate2 certificate) =>
                Task.FromResult(new ClientSignedAssertion { Assertion = "jwt", TokenBindingCertificate = certificate });
        }
        """);

    [Fact]
    public Task A_type_that_this_MSAL_does_not_have_is_left_alone() => IsLeftAlone(
        """
        using Microsoft.Identity.Client;

        class Service
        {
            object Options() => new {|CS0246:PoPOptions|}();
        }
        """,
        Bare with { Msal = "4.84.2" });

    [Fact]
    public Task A_type_of_the_same_name_elsewhere_in_the_code_needs_no_using() => Bare.RunAsync<CompilerErrorFix>(
        [],
        """
        using Microsoft.Identity.Client;

        class PoPOptions;

        class Service
        {
            object Options() => new PoPOptions();
        }
        """);

    [Fact]
    public Task The_attestation_step_gets_its_using() => Repairs(
        """
        using Microsoft.Identity.Client;

        class Service
        {
            Task<AuthenticationResult> Acquire(IManagedIdentityApplication app) => app
                .AcquireTokenForManagedIdentity("https://vault.azure.net")
                .WithMtlsProofOfPossession()
                .{|CS1061:WithAttestationSupport|}()
                .ExecuteAsync();
        }
        """,
        """
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.KeyAttestation;

        class Service
        {
            Task<AuthenticationResult> Acquire(IManagedIdentityApplication app) => app
                .AcquireTokenForManagedIdentity("https://vault.azure.net")
                .WithMtlsProofOfPossession()
                .WithAttestationSupport()
                .ExecuteAsync();
        }
        """);

    [Fact]
    public Task The_attestation_step_is_left_alone_where_its_package_is_missing() => IsLeftAlone(
        """
        using Microsoft.Identity.Client;

        class Service
        {
            object Acquire(IManagedIdentityApplication app) => app
                .AcquireTokenForManagedIdentity("https://vault.azure.net")
                .{|CS1061:WithAttestationSupport|}();
        }
        """,
        Bare with { ReferencesKeyAttestation = false });

    [Theory]
    [InlineData("_ => Task.FromResult(certificate)", "CS1660")]
    [InlineData("async options => await LoadAsync(options)", "CS1660")]
    [InlineData("LoadAsync", "CS1503")]
    public Task A_certificate_callback_gets_its_using_and_the_options_that_its_overload_demands(string callback, string error) => Repairs(
        CertificateCallback("using Microsoft.Identity.Client;", error == "CS1660" ? Lambda(callback) : $"{{|{error}:{callback}|}}"),
        CertificateCallback(
            "using Microsoft.Identity.Client;\nusing Microsoft.Identity.Client.AppConfig;\nusing Microsoft.Identity.Client.Extensibility;",
            $"{callback}, new CertificateOptions {{ SendX5C = true }}"));

    [Fact]
    public Task A_certificate_callback_with_options_gets_only_its_using() => Repairs(
        CertificateCallback("using Microsoft.Identity.Client;", "{|CS1503:LoadAsync|}, certificateOptions: null"),
        CertificateCallback("using Microsoft.Identity.Client;\nusing Microsoft.Identity.Client.Extensibility;", "LoadAsync, certificateOptions: null"));

    [Fact]
    public Task A_certificate_callback_on_an_MSAL_without_options_gets_only_its_using() => Repairs(
        CertificateCallback("using Microsoft.Identity.Client;", "{|CS1503:LoadAsync|}"),
        CertificateCallback("using Microsoft.Identity.Client;\nusing Microsoft.Identity.Client.Extensibility;", "LoadAsync"),
        Bare with { Msal = "4.80.0" });

    [Fact]
    public Task A_certificate_callback_is_left_alone_in_a_language_that_cannot_set_the_options() => IsLeftAlone(
        """
        using System.Security.Cryptography.X509Certificates;
        using System.Threading.Tasks;
        using Microsoft.Identity.Client;

        class Service
        {
            object Build() => ConfidentialClientApplicationBuilder.Create("client").WithCertificate({|CS1503:LoadAsync|}).Build();

            static Task<X509Certificate2> LoadAsync(AssertionRequestOptions options) => null;
        }
        """,
        Bare with { LanguageVersion = LanguageVersion.CSharp7_3, GlobalUsings = "" });

    [Theory]
    [InlineData("{|CS1503:() => certificate|}")]
    [InlineData("{|CS1503:\"thumbprint\"|}")]
    public Task What_no_overload_takes_is_left_alone(string argument) => IsLeftAlone(
        CertificateCallback(
            "using Microsoft.Identity.Client;",
            argument.Contains("=>", StringComparison.Ordinal) ? Lambda("() => certificate") : argument),
        Bare);

    [Fact]
    public Task A_step_on_the_builder_moves_to_the_requests_of_its_application() => Repairs(
        """
        using Microsoft.Identity.Client;

        class Service(X509Certificate2 certificate, string[] scopes)
        {
            private readonly IConfidentialClientApplication _app = {|CS1929:ConfidentialClientApplicationBuilder
                .Create("client")
                .WithTenantId("tenant")|}
                .WithMtlsProofOfPossession() // bound
                .WithCertificate(certificate, sendX5C: true)
                .Build();

            public Task<AuthenticationResult> First() => _app
                .AcquireTokenForClient(scopes)
                .ExecuteAsync();

            public Task<AuthenticationResult> Second() => this._app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();

            class Nested
            {
                Task<AuthenticationResult> Third(Service service, string[] scopes) =>
                    service._app.AcquireTokenForClient(scopes).WithForceRefresh(true).ExecuteAsync();
            }
        }
        """,
        """
        using Microsoft.Identity.Client;

        class Service(X509Certificate2 certificate, string[] scopes)
        {
            private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder
                .Create("client")
                .WithTenantId("tenant") // bound
                .WithCertificate(certificate, sendX5C: true)
                .Build();

            public Task<AuthenticationResult> First() => _app
                .AcquireTokenForClient(scopes)
                .WithMtlsProofOfPossession()
                .ExecuteAsync();

            public Task<AuthenticationResult> Second() => this._app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();

            class Nested
            {
                Task<AuthenticationResult> Third(Service service, string[] scopes) =>
                    service._app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().WithForceRefresh(true).ExecuteAsync();
            }
        }
        """);

    [Theory]
    [InlineData("var app = {|CS1929:Builder()|}.WithMtlsProofOfPossession().Build(); await app.AcquireTokenForClient(Scopes).ExecuteAsync();",
        "var app = Builder().Build(); await app.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData(
        """
        var builder = {|CS1929:Builder()|}.WithMtlsProofOfPossession(); var app = builder.{|CS1061:Build|}();
        await app.AcquireTokenForClient(Scopes).ExecuteAsync();
        """,
        """
        var builder = Builder(); var app = builder.Build();
        await app.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync();
        """)]
    [InlineData("await {|CS1929:Builder()|}.WithMtlsProofOfPossession().Build().AcquireTokenForClient(Scopes).ExecuteAsync();",
        "await Builder().Build().AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("await {|CS1929:Builder().Build()|}.WithMtlsProofOfPossession().AcquireTokenForClient(Scopes).ExecuteAsync();",
        "await Builder().Build().AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData(
        """
        IConfidentialClientApplication app; app = {|CS1929:Builder()|}.WithMtlsProofOfPossession().Build();
        await app.AcquireTokenForClient(Scopes).ExecuteAsync();
        await app.AcquireTokenForClient(Scopes).ExecuteAsync();
        """,
        """
        IConfidentialClientApplication app; app = Builder().Build();
        await app.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync();
        await app.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync();
        """)]
    [InlineData(
        """
        IConfidentialClientApplication App() { return {|CS1929:Builder()|}.WithMtlsProofOfPossession().Build(); }
        await App().AcquireTokenForClient(Scopes).ExecuteAsync();
        """,
        """
        IConfidentialClientApplication App() { return Builder().Build(); }
        await App().AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync();
        """)]
    public Task It_follows_the_application(string before, string after) => Repairs(OnApplication(before), OnApplication(after));

    [Theory]
    [InlineData("var app = {|CS1929:Builder()|}.WithMtlsProofOfPossession().Build(); await Task.CompletedTask;")]
    [InlineData("Use({|CS1929:Builder()|}.WithMtlsProofOfPossession().Build()); await Task.CompletedTask;")]
    [InlineData("await {|CS1929:Builder().Build().AcquireTokenOnBehalfOf(Scopes, new UserAssertion(\"jwt\"))|}.WithMtlsProofOfPossession().ExecuteAsync();")]
    public Task A_step_whose_request_is_elsewhere_is_left_alone(string body) => IsLeftAlone(OnApplication(body), Bare);

    [Fact]
    public Task Both_steps_move_from_the_builder_of_a_managed_identity() => Repairs(
        """
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.AppConfig;

        class Service
        {
            static IManagedIdentityApplication App { get; } =
                ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).{|CS1061:WithAttestationSupport|}().Build();

            Task<AuthenticationResult> Acquire() =>
                App.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        }
        """,
        """
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.AppConfig;
        using Microsoft.Identity.Client.KeyAttestation;

        class Service
        {
            static IManagedIdentityApplication App { get; } =
                ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

            Task<AuthenticationResult> Acquire() =>
                App.AcquireTokenForManagedIdentity("https://vault.azure.net").WithAttestationSupport().WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Fact]
    public Task A_step_that_this_MSAL_does_not_have_stays() => IsLeftAlone(
        """
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.AppConfig;

        class Service
        {
            object Acquire() => ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).{|CS1061:WithMtlsProofOfPossession|}().Build()
                .AcquireTokenForManagedIdentity("https://vault.azure.net").ExecuteAsync();
        }
        """,
        Bare with { Msal = "4.80.0" });

    private static string CertificateCallback(string usings, string arguments) =>
        $$"""
        {{usings}}

        class Service(X509Certificate2 certificate)
        {
            IConfidentialClientApplication Build() => ConfidentialClientApplicationBuilder.Create("client")
                .WithTenantId("tenant")
                .WithCertificate({{arguments}})
                .Build();

            Task<X509Certificate2> LoadAsync(AssertionRequestOptions options) => Task.FromResult(certificate);
        }
        """;

    private static string OnApplication(string body) =>
        $$"""
        using Microsoft.Identity.Client;

        class Service
        {
            static readonly string[] Scopes = new[] { "https://vault.azure.net/.default" };

            async Task M(X509Certificate2 certificate)
            {
                {{body}}
            }

            static void Use(object value) { }

            static ConfidentialClientApplicationBuilder Builder() => ConfidentialClientApplicationBuilder.Create("client");
        }
        """;

    private static string Lambda(string lambda) => lambda.Replace("=>", "{|CS1660:=>|}", StringComparison.Ordinal);

    private static string WithoutMarkup(string marked) => System.Text.RegularExpressions.Regex.Replace(marked, @"\{\|\w+:(.*?)\|\}", "$1");

    private static Task Repairs([StringSyntax("C#-test")] string before, [StringSyntax("C#-test")] string after, Sample? sample = null) =>
        (sample ?? Bare).RunAsync<CompilerErrorFix>([], before, after);

    private static Task IsLeftAlone([StringSyntax("C#-test")] string source, Sample sample) => sample.RunAsync<CompilerErrorFix>([], source);
}
