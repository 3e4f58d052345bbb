using MtlsPop.Analyzers.Applications;
using MtlsPop.CodeFixes.Applications;

namespace MtlsPop.Analyzers.Tests.Applications;

public sealed class RegionMissingTests
{
    private static readonly Verify<ApplicationsAnalyzer, RegionMissingFix> Rule = new("MPOP2004") { Sample = new() { Msal = "4.83.1" } };

    [Fact]
    public Task An_application_without_a_region_is_reported() => Rule.Reports(Cases.Of(
        example => InMethod(example),
        """
        var app = ConfidentialClientApplicationBuilder
            .{|MPOP2004:Create|}("id")
            .WithTenantId(tenant)
            .WithCertificate(certificate, true)
            .Build();
        """,
        """
        var app = ConfidentialClientApplicationBuilder
            .{|MPOP2004:Create|}(clientId: "id")
            .WithCertificate(sendX5C: true, certificate: certificate)
            .Build();
        """,
        """
        var builder = ConfidentialClientApplicationBuilder.{|MPOP2004:Create|}("id");
        builder.WithCertificate(certificate, true);
        var app = builder.Build();
        """));

    [Fact]
    public Task An_application_that_has_a_region_is_silent() => Rule.IsSilent(Cases.Of(
        example => InMethod(example),
        """
        var app = ConfidentialClientApplicationBuilder.Create("id").WithAzureRegion().WithCertificate(certificate, true).Build();
        """,
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithCertificate(certificate, true)
            .WithAzureRegion(tenant)
            .Build();
        """));

    [Fact]
    public Task An_application_that_has_a_region_on_some_paths_is_silent() => Rule.IsSilent(Cases.Of(
        example => InMethod(example),
        """
        var builder = ConfidentialClientApplicationBuilder.Create("id");
        if (flag) builder.WithAzureRegion();
        var app = builder.Build();
        """,
        """
        var app = flag ? ConfidentialClientApplicationBuilder
            .Create("id")
            .Build() : ConfidentialClientApplicationBuilder
            .Create("id")
            .WithAzureRegion("eastus")
            .Build();
        """));

    [Fact]
    public Task An_authority_without_regions_and_options_that_may_name_one_are_silent() => Rule.IsSilent(Cases.Of(
        example => InMethod(example),
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithAdfsAuthority("https://fs/adfs")
            .WithCertificate(certificate, true)
            .Build();
        """,
        """
        var app = ConfidentialClientApplicationBuilder
            .CreateWithApplicationOptions(new ConfidentialClientApplicationOptions { AzureRegion = "eastus" })
            .WithCertificate(certificate, true)
            .Build();
        """));

    [Theory]
    [InlineData("4.80.0", true)]
    [InlineData("4.83.1", true)]
    [InlineData("4.84.2", false)]
    [InlineData("4.92.0", false)]
    public Task A_region_is_asked_for_until_4_84_0(string msal, bool reported)
    {
        var rule = Rule with { Sample = new() { Msal = msal } };
        var source = InMethod(
            """
            var app = ConfidentialClientApplicationBuilder
                .{|MPOP2004:Create|}("id")
                .WithTenantId(tenant)
                .WithCertificate(certificate, true)
                .Build();
            """);
        return reported ? rule.Reports(source) : rule.IsSilent(source.Replace("{|MPOP2004:Create|}", "Create", StringComparison.Ordinal));
    }

    [Fact]
    public Task A_request_that_nothing_binds_is_silent() => Rule.IsSilent(
        InMethod(
            """
            var app = ConfidentialClientApplicationBuilder.Create("id").WithCertificate(certificate, true).Build();
            """,
            "app.AcquireTokenForClient(scopes)"));

    [Fact]
    public Task Broken_code_is_unknown_and_the_rest_is_judged() => Rule.Reports(
        InMethod("var app = ConfidentialClientApplicationBuilder.{|MPOP2004:Create|}({|CS0103:unknown|}).WithCertificate(certificate, true).Build();"));

    [Fact]
    public Task The_fix_lets_MSAL_find_the_region_and_keeps_comments() => Rule.Fixes(
        [InType("C", "{|MPOP2004:Create|}", ""), InType("D", "{|MPOP2004:Create|}", "")],
        [
            InType("C", "Create", ".WithAzureRegion(ConfidentialClientApplication.AttemptRegionDiscovery)"),
            InType("D", "Create", ".WithAzureRegion(ConfidentialClientApplication.AttemptRegionDiscovery)"),
        ]);

    [Fact]
    public Task The_fix_adds_the_using_that_the_constant_needs() =>
        (Rule with { Sample = Rule.Sample with { GlobalUsings = "global using Microsoft.Identity.Client.KeyAttestation;" } }).Fixes(
        """
        class C
        {
            object M() =>
                Microsoft.Identity.Client.ConfidentialClientApplicationBuilder.{|MPOP2004:Create|}("id")
                    .Build()
                    .AcquireTokenForClient(new string[0])
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync();
        }
        """,
        """
        using Microsoft.Identity.Client;

        class C
        {
            object M() =>
                Microsoft.Identity.Client.ConfidentialClientApplicationBuilder.Create("id")
                    .WithAzureRegion(ConfidentialClientApplication.AttemptRegionDiscovery)
                    .Build()
                    .AcquireTokenForClient(new string[0])
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync();
        }
        """);

    private static string InType(string name, string create, string region) =>
        $$"""
        class {{name}}
        {
            async Task M(X509Certificate2 certificate, string[] scopes)
            {
                var one = ConfidentialClientApplicationBuilder.{{create}}("a"){{region}}.WithCertificate(certificate, true).Build();
                await one.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                var other = ConfidentialClientApplicationBuilder.{{create}}("b"){{region}} /* the service's */.WithCertificate(certificate, true).Build();
                await other.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                var builder = ConfidentialClientApplicationBuilder.{{create}}("c"){{region}};
                await builder.Build().AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }
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
