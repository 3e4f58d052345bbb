using MtlsPop.Analyzers.Applications;
using MtlsPop.CodeFixes.Applications;

namespace MtlsPop.Analyzers.Tests.Applications;

public sealed class AuthorityNotTenantedTests
{
    private static readonly Verify<ApplicationsAnalyzer, AuthorityNotTenantedFix> Rule = new("MPOP2002");

    [Fact]
    public Task An_application_without_an_authority_is_reported() => Rule.Reports(Cases.Of(
        example => InMethod(example),
        """
        var app = ConfidentialClientApplicationBuilder.{|MPOP2002:Create|}("id").WithCertificate(certificate, true).Build();
        """,
        """
        var app = ConfidentialClientApplicationBuilder
            .{|MPOP2002:Create|}(clientId: "id")
            .WithCertificate(sendX5C: true, certificate: certificate)
            .WithAzureRegion("eastus")
            .Build();
        """));

    [Fact]
    public Task An_authority_for_many_tenants_is_reported() => Rule.Reports(Cases.Of(
        example => InMethod(example),
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithCertificate(certificate, true)
            .{|MPOP2002:WithAuthority|}("https://login.microsoftonline.com/common")
            .Build();
        """,
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithCertificate(certificate, true)
            .{|MPOP2002:WithAuthority|}(
                validateAuthority: true,
                authorityUri: "https://login.microsoftonline.com/Organizations/v2.0")
            .Build();
        """,
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithCertificate(certificate, true)
            .{|MPOP2002:WithAuthority|}(new Uri("https://login.microsoftonline.com/common"))
            .Build();
        """,
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithCertificate(certificate, true)
            .{|MPOP2002:WithAuthority|}(AzureCloudInstance.AzurePublic, "organizations")
            .Build();
        """,
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithCertificate(certificate, true)
            .{|MPOP2002:WithAuthority|}(AzureCloudInstance.AzurePublic, AadAuthorityAudience.AzureAdMultipleOrgs)
            .Build();
        """,
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithCertificate(certificate, true)
            .{|MPOP2002:WithAuthority|}(AadAuthorityAudience.AzureAdAndPersonalMicrosoftAccount)
            .Build();
        """,
        """
        const string many = "common";
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithCertificate(certificate, true)
            .{|MPOP2002:WithTenantId|}(many)
            .Build();
        """));

    [Fact]
    public Task An_application_without_an_authority_is_reported_through_a_variable_or_a_function() => Rule.Reports(Cases.Of(
        example => InMethod(example),
        """
        var builder = ConfidentialClientApplicationBuilder.{|MPOP2002:Create|}("id");
        builder.WithCertificate(certificate, true);
        var app = flag ? builder.Build() : builder.Build();
        """,
        """
        IConfidentialClientApplication Create() =>
            ConfidentialClientApplicationBuilder.{|MPOP2002:Create|}("id").WithCertificate(certificate, true).Build();
        var app = Create();
        """));

    [Theory]
    [InlineData(
        """
        var app = ConfidentialClientApplicationBuilder.Create("id").WithTenantId(tenant).WithCertificate(certificate, true).Build();
        """)]
    [InlineData(
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithTenantId("contoso.com")
            .WithCertificate(certificate, true)
            .Build();
        """)]
    [InlineData(
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithAuthority(AzureCloudInstance.AzurePublic, AadAuthorityAudience.AzureAdMyOrg)
            .WithTenantId(tenant)
            .WithCertificate(certificate, true)
            .Build();
        """)]
    [InlineData(
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithAuthority("https://login.microsoftonline.com/common")
            .WithTenantId(tenant)
            .WithCertificate(certificate, true)
            .Build();
        """)]
    public Task A_tenant_is_silent(string build) => Rule.IsSilent(InMethod(build) + """

        static class Extensions
        {
            public static ConfidentialClientApplicationBuilder Configure(this ConfidentialClientApplicationBuilder builder) => builder.WithTenantId("t");
        }
        """);

    [Theory]
    [InlineData(
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithAuthority("https://login.microsoftonline.com/contoso.com")
            .WithCertificate(certificate, true)
            .Build();
        """)]
    [InlineData(
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithAuthority($"https://login.microsoftonline.com/{tenant}")
            .WithCertificate(certificate, true)
            .Build();
        """)]
    [InlineData(
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithAuthority(new Uri(tenant))
            .WithCertificate(certificate, true)
            .Build();
        """)]
    [InlineData(
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithAuthority(AzureCloudInstance.AzurePublic, Guid.Parse(tenant))
            .WithCertificate(certificate, true)
            .Build();
        """)]
    public Task An_authority_with_a_tenant_is_silent(string build) => Rule.IsSilent(InMethod(build) + """

        static class Extensions
        {
            public static ConfidentialClientApplicationBuilder Configure(this ConfidentialClientApplicationBuilder builder) => builder.WithTenantId("t");
        }
        """);

    [Theory]
    [InlineData(
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithAuthority(AadAuthorityAudience.PersonalMicrosoftAccount)
            .WithCertificate(certificate, true)
            .Build();
        """)]
    [InlineData(
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithOidcAuthority("https://sign.in")
            .WithCertificate(certificate, true)
            .Build();
        """)]
    [InlineData("var app = ConfidentialClientApplicationBuilder.Create(\"id\").WithClientSecret(\"MPOP2005 speaks of this one\").Build();")]
    public Task An_authority_that_knows_no_tenants_or_cannot_bind_is_silent(string build) => Rule.IsSilent(InMethod(build) + """

        static class Extensions
        {
            public static ConfidentialClientApplicationBuilder Configure(this ConfidentialClientApplicationBuilder builder) => builder.WithTenantId("t");
        }
        """);

    [Theory]
    [InlineData(
        """
        var app = ConfidentialClientApplicationBuilder
            .CreateWithApplicationOptions(new ConfidentialClientApplicationOptions { ClientId = "id" })
            .WithCertificate(certificate, true)
            .Build();
        """)]
    [InlineData(
        """
        var builder = ConfidentialClientApplicationBuilder.Create("id").WithCertificate(certificate, true);
        Extensions.Configure(builder);
        var app = builder.Build();
        """)]
    [InlineData("var app = ConfidentialClientApplicationBuilder.Create(\"id\").WithCertificate(certificate, true).Configure().Build();")]
    public Task An_application_that_other_code_configures_is_silent(string build) => Rule.IsSilent(InMethod(build) + """

        static class Extensions
        {
            public static ConfidentialClientApplicationBuilder Configure(this ConfidentialClientApplicationBuilder builder) => builder.WithTenantId("t");
        }
        """);

    [Theory]
    [InlineData(
        """
        var builder = ConfidentialClientApplicationBuilder.Create("id").WithCertificate(certificate, true);
        if (flag) builder = builder.WithTenantId(tenant);
        var app = builder.Build();
        """)]
    [InlineData(
        """
        var unknown = ConfidentialClientApplicationBuilder.Create("id").WithCertificate(certificate, true);
        var app = flag ? unknown.Build() : unknown.WithTenantId(tenant).Build();
        """)]
    public Task An_application_that_has_a_tenant_on_some_paths_is_silent(string build) => Rule.IsSilent(InMethod(build) + """

        static class Extensions
        {
            public static ConfidentialClientApplicationBuilder Configure(this ConfidentialClientApplicationBuilder builder) => builder.WithTenantId("t");
        }
        """);

    [Theory]
    [InlineData("app.AcquireTokenForClient(scopes)")]
    [InlineData("app.AcquireTokenForClient(scopes).WithTenantId(tenant)")]
    [InlineData("app.AcquireTokenForClient(scopes).WithSignedHttpRequestProofOfPossession(new PoPAuthenticationConfiguration(new Uri(\"https://r\")))")]
    public Task A_request_that_nothing_binds_is_silent(string request) => Rule.IsSilent(
        InMethod("var app = ConfidentialClientApplicationBuilder.Create(\"id\").WithCertificate(certificate, true).Build();", request));

    [Theory]
    [InlineData("4.83.1", false)]
    [InlineData("4.84.2", true)]
    [InlineData("4.86.1", true)]
    public Task The_tenant_is_asked_for_from_4_84_0_on(string msal, bool reported)
    {
        var rule = Rule with { Sample = new() { Msal = msal } };
        var source = InMethod("var app = ConfidentialClientApplicationBuilder.{|MPOP2002:Create|}(\"id\").WithCertificate(certificate, true).Build();");
        return reported ? rule.Reports(source) : rule.IsSilent(source.Replace("{|MPOP2002:Create|}", "Create", StringComparison.Ordinal));
    }

    [Fact]
    public Task An_application_kept_by_the_type_is_reported_whichever_path_builds_it() => Rule.Reports(
        """
        class C
        {
            private readonly IConfidentialClientApplication _app;

            C(X509Certificate2 certificate, string? name, string? version, string? region, bool isShared)
            {
                var builder = ConfidentialClientApplicationBuilder.{|MPOP2002:Create|}("id").WithCertificate(certificate, true);
                if (name is not null) builder.WithClientName(name);
                if (version is not null) builder.WithClientVersion(version);
                if (region is not null) builder.WithAzureRegion(region);
                if (isShared) builder.WithCacheOptions(CacheOptions.EnableSharedCacheOptions);
                _app = builder.Build();
            }

            Task M(string[] scopes) => _app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Fact]
    public Task A_builder_in_a_field_that_other_members_fill_is_silent() => Rule.IsSilent(
        """
        class C
        {
            private readonly ConfidentialClientApplicationBuilder _builder = ConfidentialClientApplicationBuilder.Create("id");

            public void SetTenant(string tenant) => _builder.WithTenantId(tenant);

            public Task M(string[] scopes) => _builder.Build().AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Theory]
    [InlineData("services.Add(app);")]
    [InlineData("GC.KeepAlive(app);")]
    public Task An_application_is_judged_although_other_code_got_it(string handed) => Rule.Reports(
        InMethod(
            $$"""
            var services = new List<object>();
            var app = ConfidentialClientApplicationBuilder.{|MPOP2002:Create|}("id").WithCertificate(certificate, true).Build();
            {{handed}}
            """));

    [Fact]
    public Task Broken_code_is_unknown_and_the_rest_is_judged() => Rule.Reports(
        InMethod("var app = ConfidentialClientApplicationBuilder.{|MPOP2002:Create|}({|CS0103:unknown|}).WithCertificate(certificate, true).Build();"));

    [Fact]
    public Task The_fix_moves_the_tenant_that_the_request_names_and_keeps_comments() => Rule.Fixes(
        [InType("C", Before), InType("D", Before)],
        [InType("C", After), InType("D", After)]);

    [Theory]
    [InlineData(
        """
        var app = ConfidentialClientApplicationBuilder.{|MPOP2002:Create|}("id").WithCertificate(certificate, true).Build();
        """,
        "app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession()")]
    [InlineData(
        """
        var app = ConfidentialClientApplicationBuilder.{|MPOP2002:Create|}("id").WithCertificate(certificate, true).Build();
        var late = tenant;
        """,
        "app.AcquireTokenForClient(scopes).WithTenantId(late).WithMtlsProofOfPossession()")]
    [InlineData(
        """
        var app = ConfidentialClientApplicationBuilder.{|MPOP2002:Create|}("id").WithCertificate(certificate, true).Build();
        """,
        """
        app.AcquireTokenForClient(scopes).WithTenantId("common").WithMtlsProofOfPossession()
        """)]
    public Task No_fix_is_offered_where_the_tenant_is_not_known_at_the_application(string build, string request) =>
        Rule.ReportsWithoutFix(InMethod(build, request));

    private const string Before =
        """
            private const string Tenant = "contoso.com";
            private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder
                .{|MPOP2002:Create|}("id") // the service's
                .WithCertificate(Certificate, true)
                .Build();

            async Task M(string[] scopes, string tenant)
            {
                await _app.AcquireTokenForClient(scopes).WithTenantId(Tenant).WithMtlsProofOfPossession().ExecuteAsync();
                var other = ConfidentialClientApplicationBuilder.Create("id")
                    .{|MPOP2002:WithAuthority|}("https://login.microsoftonline.com/common")
                    .WithCertificate(Certificate, true)
                    .Build();
                await other
                    .AcquireTokenForClient(scopes)
                    .WithTenantId(tenant)
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync();
                var third = ConfidentialClientApplicationBuilder.Create("id").WithCertificate(Certificate, true).{|MPOP2002:WithTenantId|}("common").Build();
                await third.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().WithTenantId("fabrikam.com").ExecuteAsync();
            }
        """;

    private const string After =
        """
            private const string Tenant = "contoso.com";
            private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder
                .Create("id") // the service's
                .WithTenantId(Tenant)
                .WithCertificate(Certificate, true)
                .Build();

            async Task M(string[] scopes, string tenant)
            {
                await _app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                var other = ConfidentialClientApplicationBuilder.Create("id")
                    .WithAuthority("https://login.microsoftonline.com/common")
                    .WithTenantId(tenant)
                    .WithCertificate(Certificate, true)
                    .Build();
                await other
                    .AcquireTokenForClient(scopes)
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync();
                var third = ConfidentialClientApplicationBuilder.Create("id").WithCertificate(Certificate, true).WithTenantId("fabrikam.com").Build();
                await third.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }
        """;

    private static string InType(string name, string members) =>
        $$"""
        class {{name}}
        {
            private static readonly X509Certificate2 Certificate = null!;
        {{members}}
        }
        """;

    private static string InMethod(string build, string request = "app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession()") =>
        $$"""
        class C
        {
            async Task M(X509Certificate2 certificate, string[] scopes, string tenant, bool flag)
            {
                {{build}}
                await {{request}}.ExecuteAsync();
            }
        }
        """;
}
