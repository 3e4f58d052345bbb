using MtlsPop.Analyzers.Applications;

namespace MtlsPop.Analyzers.Tests.Applications;

public sealed class CredentialCannotBindTests
{
    private static readonly Verify<ApplicationsAnalyzer> Rule = new("MPOP2005");

    [Fact]
    public Task A_credential_without_a_certificate_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var app = Builder.{|MPOP2005:WithClientSecret|}("s").Build();
        """,
        "var app = Builder.{|MPOP2005:WithClientSecret|}(clientSecret: secret).Build();",
        "var app = Builder.WithCertificate(certificate, true).{|MPOP2005:WithClientSecret|}(secret).Build();",
        "var app = Builder.{|MPOP2005:WithClientClaims|}(certificate, new Dictionary<string, string>()).Build();",
        """
        IConfidentialClientApplication Create() => Builder.{|MPOP2005:WithClientSecret|}(secret).Build();
        var app = Create();
        """));

    [Fact]
    public Task Each_of_two_credentials_without_a_certificate_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var builder = Builder;
        if (flag) builder.{|MPOP2005:WithClientSecret|}(secret);
        else builder.{|MPOP2005:WithClientSecret|}("s");
        var app = builder.Build();
        """,
        """
        var app = flag ? Builder
            .{|MPOP2005:WithClientSecret|}(secret)
            .Build() : Builder
            .{|MPOP2005:WithClientClaims|}(certificate, new Dictionary<string, string>())
            .Build();
        """,
        """
        var app = flag ? Builder
            .{|MPOP2005:WithClientSecret|}(secret)
            .Build() : Builder
            .WithClientAssertion((AssertionRequestOptions _) => Task.FromResult(secret))
            .Build();
        """));

    [Theory]
    [InlineData("var app = Builder.WithCertificate(certificate, true).Build();")]
    [InlineData("var app = Builder.WithClientSecret(secret).WithCertificate(certificate, true).Build();")]
    [InlineData("var app = Builder.WithClientAssertion((options, cancellation) => Task.FromResult(new ClientSignedAssertion())).Build();")]
    [InlineData("var app = Builder.WithClientAssertion((AssertionRequestOptions _) => Task.FromResult(secret)).Build();")]
    [InlineData("var app = Builder.WithCertificate(_ => Task.FromResult(certificate), null).Build();")]
    public Task A_credential_that_can_bind_is_silent(string build) => Rule.IsSilent(InMethod(build));

    [Fact]
    public Task A_credential_that_cannot_bind_on_some_paths_only_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var app = flag ? Builder
            .WithClientSecret(secret)
            .Build() : Builder
            .WithClientAssertion((options, cancellation) => Task.FromResult(new ClientSignedAssertion()))
            .Build();
        """,
        """
        var builder = Builder;
        if (flag) builder.WithClientSecret(secret);
        else builder.WithCertificate(certificate, true);
        var app = builder.Build();
        """,
        """
        var app = secret switch
        {
            "" => Builder.WithCertificate(certificate, true).Build(),
            _ => Builder.WithClientSecret(secret).Build(),
        };
        """,
        """
        var builder = Builder;
        switch (secret)
        {
            case "secret":
                builder.WithClientSecret(secret);
                break;
            case "certificate":
                builder.WithCertificate(certificate, true);
                break;
            default:
                throw new NotSupportedException();
        }
        var app = builder.Build();
        """));

    [Fact]
    public Task An_application_that_other_code_completes_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        "var app = Builder.Build();",
        "var app = Builder.WithClientSecret(secret).WithOtherCredential().Build();",
        """
        var builder = Builder.WithClientSecret(secret);
        builder.WithOtherCredential();
        var app = builder.Build();
        """,
        "var app = Given(Builder.WithClientSecret(secret).Build());"));

    [Fact]
    public Task A_request_that_nothing_binds_is_silent() => Rule.IsSilent(
        InMethod("var app = Builder.WithClientSecret(secret).Build();").Replace(".WithMtlsProofOfPossession()", "", StringComparison.Ordinal));

    [Fact]
    public Task An_application_that_another_part_of_the_type_may_replace_is_silent() => Rule.IsSilent(
        """
        partial class C
        {
            private IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create("id")
                .WithTenantId("tenant")
                .WithClientSecret("secret")
                .Build();

            async Task M(string[] scopes) => await _app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """,
        """
        partial class C
        {
            public void Use(IConfidentialClientApplication app) => _app = app;
        }
        """);

    [Fact]
    public Task Broken_code_is_unknown_and_the_rest_is_judged() => Rule.Reports(InMethod("var app = Builder.{|MPOP2005:WithClientSecret|}({|CS0103:unknown|}).Build();"));

    [Theory]
    [InlineData("4.83.1", true)]
    [InlineData("4.84.2", false)]
    [InlineData("4.86.1", false)]
    public Task A_callback_for_the_certificate_cannot_bind_until_4_84_2(string msal, bool reported)
    {
        var rule = Rule with { Sample = new() { Msal = msal } };
        var source = InMethod("var app = Builder.{|MPOP2005:WithCertificate|}(_ => Task.FromResult(certificate), null).Build();");
        return reported ? rule.Reports(source) : rule.IsSilent(source.Replace("{|MPOP2005:WithCertificate|}", "WithCertificate", StringComparison.Ordinal));
    }

    [Fact]
    public Task An_application_kept_by_the_type_is_reported() => Rule.Reports(
        """
        class C(string secret)
        {
            private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create("id")
                .WithTenantId("t")
                .{|MPOP2005:WithClientSecret|}(secret)
                .Build();

            Task M(string[] scopes) => _app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Fact]
    public Task An_application_kept_by_the_type_is_silent_where_one_path_that_builds_it_can_bind() => Rule.IsSilent(
        """
        class C
        {
            private readonly IConfidentialClientApplication _app;

            C(string? secret, X509Certificate2 certificate)
            {
                var builder = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t");
                if (secret is not null)
                    builder.WithClientSecret(secret);
                else
                    builder.WithCertificate(certificate, true);
                _app = builder.Build();
            }

            Task M(string[] scopes) => _app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    private static string InMethod(string build) =>
        $$"""
        using Microsoft.Identity.Client.Extensibility;

        class C
        {
            private static ConfidentialClientApplicationBuilder Builder => ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t");

            async Task M(X509Certificate2 certificate, string[] scopes, string secret, bool flag)
            {
                {{build}}
                await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }

            protected virtual IConfidentialClientApplication Given(IConfidentialClientApplication app) => app;
        }

        static class Extensions
        {
            public static Action<ConfidentialClientApplicationBuilder>? Configure { get; set; }

            public static ConfidentialClientApplicationBuilder WithOtherCredential(this ConfidentialClientApplicationBuilder builder)
            {
                Configure?.Invoke(builder);
                return builder;
            }
        }
        """;
}
