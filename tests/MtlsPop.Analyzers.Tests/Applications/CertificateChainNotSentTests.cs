using MtlsPop.Analyzers.Applications;
using MtlsPop.CodeFixes.Applications;

namespace MtlsPop.Analyzers.Tests.Applications;

public sealed class CertificateChainNotSentTests
{
    private static readonly Verify<ApplicationsAnalyzer, CertificateChainNotSentFix> Rule = new("MPOP2001");

    [Fact]
    public Task A_certificate_without_its_chain_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        "var app = Builder.{|MPOP2001:WithCertificate|}(certificate).Build();",
        "var app = Builder.{|MPOP2001:WithCertificate|}(certificate, false).Build();",
        "var app = Builder.{|MPOP2001:WithCertificate|}(sendX5C: false, certificate: certificate).Build();",
        "var app = Builder.{|MPOP2001:WithCertificate|}(certificate, new CertificateOptions()).Build();",
        "var app = Builder.{|MPOP2001:WithCertificate|}(certificate, new CertificateOptions { SendX5C = false }).Build();",
        """
        var options = new CertificateOptions { AssociateTokensWithCertificate = true };
        var app = Builder.{|MPOP2001:WithCertificate|}(certificate, options).Build();
        """,
        "var app = Builder.{|MPOP2001:WithCertificate|}(certificate, null).Build();",
        """
        var app = Builder.WithClientSecret("s").{|MPOP2001:WithCertificate|}(certificate).WithClientName("n").Build();
        """,
        """
        const bool chain = false;
        var app = Builder.{|MPOP2001:WithCertificate|}(certificate, chain).Build();
        """));

    [Fact]
    public Task A_builder_in_a_variable_is_followed() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var builder = Builder;
        builder.{|MPOP2001:WithCertificate|}(certificate);
        var app = builder.Build();
        """,
        """
        var builder = Builder;
        if (flag) builder = builder.{|MPOP2001:WithCertificate|}(certificate);
        else builder.{|MPOP2001:WithCertificate|}(certificate, false);
        var app = builder.Build();
        """));

    [Fact]
    public Task Each_of_two_applications_without_the_chain_is_reported() => Rule.Reports(InMethod(
        """
        IConfidentialClientApplication app = flag ? Builder
            .{|MPOP2001:WithCertificate|}(certificate)
            .Build() : Builder
            .{|MPOP2001:WithCertificate|}(certificate, null)
            .Build();
        """));

    [Fact]
    public Task An_application_is_followed_through_casts_tuples_and_functions() => Rule.Reports(Cases.Of(
        InMethod,
        """
        object boxed = Builder.{|MPOP2001:WithCertificate|}(certificate).Build();
        if (boxed is not IConfidentialClientApplication app) return;
        """,
        """
        object boxed = Builder.{|MPOP2001:WithCertificate|}(certificate).Build();
        var app = (ConfidentialClientApplication)boxed;
        """,
        "var (app, other) = (Builder.{|MPOP2001:WithCertificate|}(certificate).Build(), 1);",
        """
        IConfidentialClientApplication? cached = null;
        var app = cached ?? Builder.{|MPOP2001:WithCertificate|}(certificate).Build();
        """,
        """
        IConfidentialClientApplication Create() => Builder.{|MPOP2001:WithCertificate|}(certificate).Build();
        var app = Create();
        """,
        """
        var lazy = new Lazy<IConfidentialClientApplication>(() => Builder.{|MPOP2001:WithCertificate|}(certificate).Build());
        var app = lazy.Value;
        """));

    [Theory]
    [InlineData("var app = Builder.WithCertificate(certificate, true).Build();")]
    [InlineData("var app = Builder.WithCertificate(sendX5C: true, certificate: certificate).Build();")]
    [InlineData("var app = Builder.WithCertificate(certificate, flag).Build();")]
    [InlineData("var app = Builder.WithCertificate(certificate, new CertificateOptions { SendX5C = true }).Build();")]
    [InlineData("var app = Builder.WithCertificate(certificate, new CertificateOptions { SendCertificateOverMtls = true }).Build();")]
    [InlineData("var app = Builder.WithCertificate(certificate, new CertificateOptions() with { SendX5C = true }).Build();")]
    [InlineData("var app = Builder.WithCertificate(certificate, Options()).Build();")]
    [InlineData("var app = Builder.WithCertificate(certificate).WithClientSecret(\"s\").Build();")]
    [InlineData("var app = Configure(Builder.WithCertificate(certificate)).Build();")]
    [InlineData("var app = Builder.WithCertificate(certificate).Configured().Build();")]
    [InlineData("var app = Given(Builder.WithCertificate(certificate).Build());")]
    public Task An_application_that_sends_the_chain_or_may_do_is_silent(string build) => Rule.IsSilent(InMethod(build));

    [Fact]
    public Task One_of_several_applications_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        "var app = flag ? Builder.WithCertificate(certificate).Build() : Builder.WithCertificate(certificate, true).Build();",
        """
        var app = flag ? Builder.WithCertificate(certificate).Build() : Builder.WithClientSecret("s").Build();
        """,
        """
        var builder = Builder;
        if (flag) builder.WithCertificate(certificate);
        else builder.WithCertificate(certificate, true);
        var app = builder.Build();
        """,
        """
        IConfidentialClientApplication? given = Given(null!);
        var app = given ?? Builder.WithCertificate(certificate).Build();
        """));

    [Fact]
    public Task Several_applications_of_a_request_that_may_be_bearer_are_silent() => Rule.IsSilent(
        """
        class C(X509Certificate2 certificate, X509Certificate2 other, bool first, bool bind)
        {
            private readonly IConfidentialClientApplication _app = first
                ? ConfidentialClientApplicationBuilder.Create("id").WithCertificate(certificate).Build()
                : ConfidentialClientApplicationBuilder.Create("id").WithCertificate(other).Build();

            Task M(string[] scopes)
            {
                var request = _app.AcquireTokenForClient(scopes);
                if (bind)
                    request.WithMtlsProofOfPossession();
                return request.ExecuteAsync();
            }
        }
        """);

    [Theory]
    [InlineData("await app.AcquireTokenForClient(scopes).ExecuteAsync();")]
    [InlineData("await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().WithSendX5C(true).ExecuteAsync();")]
    [InlineData("await app.AcquireTokenForClient(scopes).WithSendX5C(flag).WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("await app.AcquireTokenOnBehalfOf(scopes, new UserAssertion(\"a\")).ExecuteAsync();")]
    public Task An_application_of_other_requests_is_silent(string request) => Rule.IsSilent(
        $$"""
        class C
        {
            async Task M(X509Certificate2 certificate, string[] scopes, bool flag)
            {
                var app = ConfidentialClientApplicationBuilder.Create("id").WithCertificate(certificate).Build();
                {{request}}
            }
        }
        """);

    [Fact]
    public Task An_application_in_a_field_is_reported() => Rule.Reports(Cases.Of(
        InType,
        "private readonly IConfidentialClientApplication _app = Builder.{|MPOP2001:WithCertificate|}(Certificate).Build();",
        "private static readonly IConfidentialClientApplication _app = Builder.{|MPOP2001:WithCertificate|}(Certificate).Build();",
        """
        private IConfidentialClientApplication _app;
        public C() { _app = Builder.{|MPOP2001:WithCertificate|}(Certificate).Build(); }
        """,
        """
        private readonly IConfidentialClientApplication _app;

        public C()
        {
            var builder = Builder;
            builder.{|MPOP2001:WithCertificate|}(Certificate);
            this._app = builder.Build();
        }
        """));

    [Fact]
    public Task An_application_in_a_property_is_reported() => Rule.Reports(Cases.Of(
        InType,
        "private IConfidentialClientApplication _app { get; } = Builder.{|MPOP2001:WithCertificate|}(Certificate).Build();",
        """
        public IConfidentialClientApplication _app { get; private set; } = Builder
            .{|MPOP2001:WithCertificate|}(Certificate)
            .Build();
        """,
        "private IConfidentialClientApplication _app => Builder.{|MPOP2001:WithCertificate|}(Certificate).Build();",
        """
        private IConfidentialClientApplication _app => Create();

        private static IConfidentialClientApplication Create()
        {
            if (Flag) return Builder.{|MPOP2001:WithCertificate|}(Certificate).Build();
            return Builder.{|MPOP2001:WithCertificate|}(Certificate, false).Build();
        }
        """));

    [Fact]
    public Task An_application_that_is_made_on_demand_is_reported() => Rule.Reports(Cases.Of(
        InType,
        """
        private IConfidentialClientApplication? _held;
        private IConfidentialClientApplication _app => _held ??= Builder.{|MPOP2001:WithCertificate|}(Certificate).Build();
        """,
        """
        private IConfidentialClientApplication? _held;
        private IConfidentialClientApplication _app
        {
            get
            {
                if (_held == null)
                {
                    lock (this) { if (_held == null) _held = Builder.{|MPOP2001:WithCertificate|}(Certificate).Build(); }
                }
                return _held;
            }
        }
        """,
        """
        private readonly Lazy<IConfidentialClientApplication> _lazy = new(() =>
            Builder.{|MPOP2001:WithCertificate|}(Certificate).Build());
        private IConfidentialClientApplication _app => _lazy.Value;
        """,
        """
        private readonly Lazy<IConfidentialClientApplication> _lazy = new(Create);
        private static IConfidentialClientApplication Create() => Builder.{|MPOP2001:WithCertificate|}(Certificate).Build();
        private IConfidentialClientApplication _app => _lazy.Value;
        """,
        """
        private IConfidentialClientApplication? _held;
        private IConfidentialClientApplication _app =>
            LazyInitializer.EnsureInitialized(ref _held, () => Builder.{|MPOP2001:WithCertificate|}(Certificate).Build());
        """));

    [Fact]
    public Task An_application_in_a_dictionary_is_reported() => Rule.Reports(Cases.Of(
        InType,
        """
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, IConfidentialClientApplication> _apps = new();
        private IConfidentialClientApplication _app =>
            _apps.GetOrAdd("a", tenant => Builder.{|MPOP2001:WithCertificate|}(Certificate).Build());
        """,
        """
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, IConfidentialClientApplication> _apps = new();
        private static IConfidentialClientApplication Create(string tenant, bool flag) =>
            Builder.{|MPOP2001:WithCertificate|}(Certificate).Build();
        private IConfidentialClientApplication _app => _apps.GetOrAdd("a", Create, true);
        """));

    [Theory]
    [InlineData("private readonly IConfidentialClientApplication _app; public C(IConfidentialClientApplication app) { _app = app; }")]
    [InlineData("internal IConfidentialClientApplication _app = Builder.WithCertificate(Certificate).Build();")]
    [InlineData("public IConfidentialClientApplication _app { get; set; } = Builder.WithCertificate(Certificate).Build();")]
    [InlineData("protected virtual IConfidentialClientApplication _app => Builder.WithCertificate(Certificate).Build();")]
    public Task An_application_that_other_code_can_give_is_silent(string member) => Rule.IsSilent(InType(member));

    [Theory]
    [InlineData(
        "Builder.{|MPOP2001:WithCertificate|}(certificate).Build();",
        "Builder.WithCertificate(certificate, sendX5C: true).Build();")]
    [InlineData(
        "Builder.{|MPOP2001:WithCertificate|}(certificate /* SN/I */).Build();",
        "Builder.WithCertificate(certificate /* SN/I */, sendX5C: true).Build();")]
    [InlineData("Builder.{|MPOP2001:WithCertificate|}(certificate, false).Build();", "Builder.WithCertificate(certificate, true).Build();")]
    [InlineData(
        "Builder.{|MPOP2001:WithCertificate|}(sendX5C: false, certificate: certificate).Build();",
        "Builder.WithCertificate(sendX5C: true, certificate: certificate).Build();")]
    [InlineData(
        "Builder.{|MPOP2001:WithCertificate|}(certificate: certificate).Build();",
        "Builder.WithCertificate(certificate: certificate, sendX5C: true).Build();")]
    [InlineData(
        "Builder.{|MPOP2001:WithCertificate|}(certificate, null).Build();",
        "Builder.WithCertificate(certificate, sendX5C: true).Build();")]
    [InlineData(
        "Builder.{|MPOP2001:WithCertificate|}(certificate, new CertificateOptions()).Build();",
        "Builder.WithCertificate(certificate, new CertificateOptions { SendX5C = true }).Build();")]
    [InlineData(
        "Builder.{|MPOP2001:WithCertificate|}(certificate, new CertificateOptions { SendX5C = false }).Build();",
        "Builder.WithCertificate(certificate, new CertificateOptions { SendX5C = true }).Build();")]
    [InlineData(
        """
        Builder.{|MPOP2001:WithCertificate|}(certificate, new CertificateOptions { AssociateTokensWithCertificate = true }).Build();
        """,
        """
        Builder.WithCertificate(certificate, new CertificateOptions { AssociateTokensWithCertificate = true, SendX5C = true }).Build();
        """)]
    [InlineData(
        "Builder.{|MPOP2001:WithCertificate|}(certificate, _options).Build();",
        "Builder.WithCertificate(certificate, _options).Build();")]
    public Task The_fix_sends_the_chain(string before, string after) =>
        Rule.Fixes(Fixable(before, sendsChain: false), Fixable(after, after.Contains("_options", StringComparison.Ordinal)));

    [Fact]
    public Task A_builder_that_was_begun_elsewhere_in_the_method_is_fixed_where_the_certificate_is_given() => Rule.Fixes(
        """
        class C
        {
            async Task M(X509Certificate2 certificate, string[] scopes)
            {
                var first = ConfidentialClientApplicationBuilder.Create("a")
                    .{|MPOP2001:WithCertificate|}(certificate) // from the vault
                    .Build();
                var second = ConfidentialClientApplicationBuilder.Create("b").{|MPOP2001:WithCertificate|}(certificate).Build();
                var third = ConfidentialClientApplicationBuilder.Create("c").{|MPOP2001:WithCertificate|}(certificate, sendX5C: false).Build();
                await first.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                await second.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                await third.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """,
        """
        class C
        {
            async Task M(X509Certificate2 certificate, string[] scopes)
            {
                var first = ConfidentialClientApplicationBuilder.Create("a")
                    .WithCertificate(certificate, sendX5C: true) // from the vault
                    .Build();
                var second = ConfidentialClientApplicationBuilder.Create("b").WithCertificate(certificate, sendX5C: true).Build();
                var third = ConfidentialClientApplicationBuilder.Create("c").WithCertificate(certificate, sendX5C: true).Build();
                await first.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                await second.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                await third.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """);

    [Theory]
    [InlineData("var app = Builder.{|MPOP2001:WithCertificate|}({|CS0103:missing|}).Build();")]
    public Task Broken_code_is_unknown_and_the_rest_is_judged(string build) => Rule.Reports(InMethod(build));

    [Theory]
    [InlineData("var app = Builder.WithCertificate(certificate).Build(){|CS1002:|}")]
    [InlineData("var app = Builder.WithCertificate(certificate).{|CS1061:Builds|}();")]
    public Task Broken_code_is_silent(string build) => Rule.IsSilent(InMethod(build));

    [Fact]
    public Task An_application_that_another_part_of_the_type_builds_is_reported_there() => Rule.Reports(
        """
        partial class C
        {
            public Task<AuthenticationResult> Acquire(string[] scopes) => _app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """,
        """
        partial class C
        {
            private readonly IConfidentialClientApplication _app;

            public C(X509Certificate2 certificate) =>
                _app = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t").{|MPOP2001:WithCertificate|}(certificate).Build();
        }
        """);

    [Theory]
    [InlineData("certificate, new CertificateOptions()")]
    [InlineData("certificate, null")]
    public Task In_a_language_that_cannot_set_options_the_flag_takes_their_place(string arguments) =>
        _olderRule.Fixes(InOlderLanguage($"{{|MPOP2001:WithCertificate|}}({arguments})"), InOlderLanguage("WithCertificate(certificate, sendX5C: true)"));

    [Theory]
    [InlineData("certificate, Options")]
    [InlineData("_ => Task.FromResult(certificate), new CertificateOptions()")]
    public Task It_offers_nothing_where_only_options_could_say_it(string arguments) =>
        _olderRule.ReportsWithoutFix(InOlderLanguage($"{{|MPOP2001:WithCertificate|}}({arguments})"));

    private static readonly Verify<ApplicationsAnalyzer, CertificateChainNotSentFix> _olderRule =
        Rule with { Sample = new() { LanguageVersion = LanguageVersion.CSharp7_3, GlobalUsings = "" } };

    private static string InOlderLanguage(string call) =>
        $$"""
        using System.Security.Cryptography.X509Certificates;
        using System.Threading.Tasks;
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.AppConfig;
        using Microsoft.Identity.Client.Extensibility;

        class C
        {
            private static readonly CertificateOptions Options = new CertificateOptions();

            Task M(X509Certificate2 certificate, string[] scopes) => ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t").{{call}}.Build()
                .AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """;

    private static string Fixable(string build, bool sendsChain) =>
        $$"""
        class C
        {
            private static readonly CertificateOptions _options = {{(sendsChain ? "new() { SendX5C = true }" : "new()")}};
            private static ConfidentialClientApplicationBuilder Builder => ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t");

            Task M(X509Certificate2 certificate, string[] scopes)
            {
                var app = {{build}}
                return app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """;

    private static string InMethod(string build) =>
        $$"""
        class C
        {
            private static ConfidentialClientApplicationBuilder Builder => ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t");

            async Task M(X509Certificate2 certificate, string[] scopes, bool flag)
            {
                {{build}}
                await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }

            protected virtual CertificateOptions Options() => new();
            protected virtual IConfidentialClientApplication Given(IConfidentialClientApplication app) => app;
            protected virtual ConfidentialClientApplicationBuilder Configure(ConfidentialClientApplicationBuilder builder) => builder;
        }

        static class Extensions
        {
            public static Action<ConfidentialClientApplicationBuilder>? Configure { get; set; }

            public static ConfidentialClientApplicationBuilder Configured(this ConfidentialClientApplicationBuilder builder)
            {
                Configure?.Invoke(builder);
                return builder;
            }
        }
        """;

    private static string InType(string member) =>
        $$"""
        class C
        {
            {{member}}

            private static bool Flag => DateTime.Now.Ticks > 0;
            private static X509Certificate2 Certificate => new("c.pfx");
            private static ConfidentialClientApplicationBuilder Builder => ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t");

            public Task<AuthenticationResult> Acquire(string[] scopes) => _app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """;
}
