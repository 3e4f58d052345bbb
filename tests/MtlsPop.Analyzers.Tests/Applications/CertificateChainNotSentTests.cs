using MtlsPop.Analyzers.Applications;

namespace MtlsPop.Analyzers.Tests.Applications;

public sealed class CertificateChainNotSentTests
{
    private static readonly Verify<ApplicationsAnalyzer> Rule = new("MPOP2001");

    [Theory]
    [InlineData("var app = Builder.{|MPOP2001:WithCertificate|}(certificate).Build();")]
    [InlineData("var app = Builder.{|MPOP2001:WithCertificate|}(certificate, false).Build();")]
    [InlineData("var app = Builder.{|MPOP2001:WithCertificate|}(sendX5C: false, certificate: certificate).Build();")]
    [InlineData("var app = Builder.{|MPOP2001:WithCertificate|}(certificate, new CertificateOptions()).Build();")]
    [InlineData("var app = Builder.{|MPOP2001:WithCertificate|}(certificate, new CertificateOptions { SendX5C = false }).Build();")]
    [InlineData("var options = new CertificateOptions { AssociateTokensWithCertificate = true }; var app = Builder.{|MPOP2001:WithCertificate|}(certificate, options).Build();")]
    [InlineData("var app = Builder.{|MPOP2001:WithCertificate|}(certificate, null).Build();")]
    [InlineData("var builder = Builder; builder.{|MPOP2001:WithCertificate|}(certificate); var app = builder.Build();")]
    [InlineData("var builder = Builder; if (flag) builder = builder.{|MPOP2001:WithCertificate|}(certificate); else builder.WithCertificate(certificate, true); var app = builder.Build();")]
    [InlineData("var app = Builder.WithClientSecret(\"s\").{|MPOP2001:WithCertificate|}(certificate).WithClientName(\"n\").Build();")]
    [InlineData("IConfidentialClientApplication app = flag ? Builder.{|MPOP2001:WithCertificate|}(certificate).Build() : Builder.WithCertificate(certificate, true).Build();")]
    [InlineData("const bool chain = false; var app = Builder.{|MPOP2001:WithCertificate|}(certificate, chain).Build();")]
    [InlineData("object boxed = Builder.{|MPOP2001:WithCertificate|}(certificate).Build(); if (boxed is not IConfidentialClientApplication app) return;")]
    [InlineData("object boxed = Builder.{|MPOP2001:WithCertificate|}(certificate).Build(); var app = (ConfidentialClientApplication)boxed;")]
    [InlineData("var (app, other) = (Builder.{|MPOP2001:WithCertificate|}(certificate).Build(), 1);")]
    [InlineData("IConfidentialClientApplication? cached = null; var app = cached ?? Builder.{|MPOP2001:WithCertificate|}(certificate).Build();")]
    [InlineData("IConfidentialClientApplication Create() => Builder.{|MPOP2001:WithCertificate|}(certificate).Build(); var app = Create();")]
    [InlineData("var lazy = new Lazy<IConfidentialClientApplication>(() => Builder.{|MPOP2001:WithCertificate|}(certificate).Build()); var app = lazy.Value;")]
    public Task An_application_of_a_bound_request_is_reported(string build) => Rule.Reports(InMethod(build));

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

    [Theory]
    [InlineData("private readonly IConfidentialClientApplication _app = Builder.{|MPOP2001:WithCertificate|}(Certificate).Build();")]
    [InlineData("private static readonly IConfidentialClientApplication _app = Builder.{|MPOP2001:WithCertificate|}(Certificate).Build();")]
    [InlineData("private IConfidentialClientApplication _app; public C() { _app = Builder.{|MPOP2001:WithCertificate|}(Certificate).Build(); }")]
    [InlineData("private readonly IConfidentialClientApplication _app; public C() { var builder = Builder; builder.{|MPOP2001:WithCertificate|}(Certificate); this._app = builder.Build(); }")]
    [InlineData("private IConfidentialClientApplication _app { get; } = Builder.{|MPOP2001:WithCertificate|}(Certificate).Build();")]
    [InlineData("public IConfidentialClientApplication _app { get; private set; } = Builder.{|MPOP2001:WithCertificate|}(Certificate).Build();")]
    [InlineData("private IConfidentialClientApplication _app => Builder.{|MPOP2001:WithCertificate|}(Certificate).Build();")]
    [InlineData("private IConfidentialClientApplication _app => Create(); private static IConfidentialClientApplication Create() { if (Flag) return Builder.{|MPOP2001:WithCertificate|}(Certificate).Build(); return Builder.WithCertificate(Certificate, true).Build(); }")]
    [InlineData("private IConfidentialClientApplication? _held; private IConfidentialClientApplication _app => _held ??= Builder.{|MPOP2001:WithCertificate|}(Certificate).Build();")]
    [InlineData("private IConfidentialClientApplication? _held; private IConfidentialClientApplication _app { get { if (_held == null) { lock (this) { if (_held == null) _held = Builder.{|MPOP2001:WithCertificate|}(Certificate).Build(); } } return _held; } }")]
    [InlineData("private readonly Lazy<IConfidentialClientApplication> _lazy = new(() => Builder.{|MPOP2001:WithCertificate|}(Certificate).Build()); private IConfidentialClientApplication _app => _lazy.Value;")]
    [InlineData("private readonly Lazy<IConfidentialClientApplication> _lazy = new(Create); private static IConfidentialClientApplication Create() => Builder.{|MPOP2001:WithCertificate|}(Certificate).Build(); private IConfidentialClientApplication _app => _lazy.Value;")]
    public Task An_application_kept_by_the_type_is_reported(string member) => Rule.Reports(InType(member));

    [Theory]
    [InlineData("private readonly IConfidentialClientApplication _app; public C(IConfidentialClientApplication app) { _app = app; }")]
    [InlineData("internal IConfidentialClientApplication _app = Builder.WithCertificate(Certificate).Build();")]
    [InlineData("public IConfidentialClientApplication _app { get; set; } = Builder.WithCertificate(Certificate).Build();")]
    [InlineData("protected virtual IConfidentialClientApplication _app => Builder.WithCertificate(Certificate).Build();")]
    [InlineData("private IConfidentialClientApplication? _held; private IConfidentialClientApplication _app => LazyInitializer.EnsureInitialized(ref _held, () => Builder.WithCertificate(Certificate).Build());")]
    public Task An_application_that_other_code_can_give_is_silent(string member) => Rule.IsSilent(InType(member));

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
            public static ConfidentialClientApplicationBuilder Configured(this ConfidentialClientApplicationBuilder builder) => builder;
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
