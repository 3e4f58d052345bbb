using MtlsPop.Analyzers.Applications;
using MtlsPop.CodeFixes.Applications;

namespace MtlsPop.Analyzers.Tests.Applications;

public sealed class RegionMalformedTests
{
    private static readonly Verify<ApplicationsAnalyzer, RegionMalformedFix> Rule = new("MPOP2003");

    [Theory]
    [InlineData("builder.{|MPOP2003:WithAzureRegion|}(\"east us\")")]
    [InlineData("builder.{|MPOP2003:WithAzureRegion|}(azureRegion: \"east-us\")")]
    [InlineData("builder.{|MPOP2003:WithAzureRegion|}(\"<region>\")")]
    [InlineData("builder.{|MPOP2003:WithAzureRegion|}(\" \")")]
    [InlineData("builder.{|MPOP2003:WithAzureRegion|}(string.Empty)")]
    [InlineData("builder.{|MPOP2003:WithAzureRegion|}(Region)")]
    [InlineData("builder.{|MPOP2003:WithAzureRegion|}($\"{Region}\")")]
    [InlineData("builder.{|MPOP2003:WithAzureRegion|}(flag ? \"your-region\" : \"east us\")")]
    [InlineData("(flag ? builder.{|MPOP2003:WithAzureRegion|}(\"east us\") : builder.{|MPOP2003:WithAzureRegion|}(\"west us\"))")]
    public Task A_constant_that_is_no_name_of_a_region_is_reported(string builder) => Rule.Reports(InMethod(builder));

    [Theory]
    [InlineData("builder")]
    [InlineData("builder.WithAzureRegion(\"eastus\")")]
    [InlineData("builder.WithAzureRegion(\"EastUS2\")")]
    [InlineData("builder.WithAzureRegion(\"unheardof\")")]
    [InlineData("builder.WithAzureRegion()")]
    [InlineData("builder.WithAzureRegion(ConfidentialClientApplication.AttemptRegionDiscovery)")]
    [InlineData("builder.WithAzureRegion(region)")]
    [InlineData("builder.WithAzureRegion(flag ? \"east us\" : \"eastus\")")]
    [InlineData("builder.WithAzureRegion(flag ? \"east us\" : region)")]
    [InlineData("(flag ? builder.WithAzureRegion(\"east us\") : builder.WithAzureRegion(\"eastus\"))")]
    [InlineData("builder.WithAzureRegion(\"east us\").WithAzureRegion(\"eastus\")")]
    [InlineData("Configure(builder.WithAzureRegion(\"east us\"))")]
    [InlineData("(Configure(builder.WithAzureRegion(\"east us\")) is null ? builder : builder)")]
    public Task A_region_that_can_be_one_is_silent(string builder) => Rule.IsSilent(InMethod(builder));

    [Fact]
    public Task A_request_that_nothing_binds_is_silent() => Rule.IsSilent(
        InMethod("builder.WithAzureRegion(\"east us\")").Replace(".WithMtlsProofOfPossession()", "", StringComparison.Ordinal));

    [Fact]
    public Task Broken_code_is_silent() => Rule.IsSilent(InMethod("builder.WithAzureRegion(\"east us\").WithTenantId({|CS0103:unknown|})"));

    [Theory]
    [InlineData("4.83.1")]
    [InlineData("4.86.1")]
    public Task It_is_reported_whatever_MSAL_does_with_it(string msal) =>
        (Rule with { Sample = new() { Msal = msal } }).Reports(InMethod("builder.{|MPOP2003:WithAzureRegion|}(\"east us\")"));

    [Fact]
    public Task The_fix_writes_the_region_that_is_meant_and_keeps_comments() => Rule.Fixes(
        [
            InType(
                "C",
                """.{|MPOP2003:WithAzureRegion|}(/* here */ "east us")""",
                """.{|MPOP2003:WithAzureRegion|}(azureRegion: "West-Europe") // there""",
                ".{|MPOP2003:WithAzureRegion|}(Region)"),
            InType("D", """.{|MPOP2003:WithAzureRegion|}("UK South")""", ".WithAzureRegion()", ".WithAzureRegion()"),
        ],
        [
            InType(
                "C",
                """.WithAzureRegion(/* here */ "eastus")""",
                """.WithAzureRegion(azureRegion: "westeurope") // there""",
                ".WithAzureRegion(Region)",
                "australiaeast"),
            InType("D", """.WithAzureRegion("uksouth")""", ".WithAzureRegion()", ".WithAzureRegion()"),
        ]);

    [Fact]
    public Task A_constant_that_says_more_than_the_region_stays() => Rule.Fixes(
        InType("C", ".{|MPOP2003:WithAzureRegion|}(Region)", ".WithAzureRegion()", ".WithClientName(Region)"),
        InType("C", """.WithAzureRegion("australiaeast")""", ".WithAzureRegion()", ".WithClientName(Region)"));

    [Theory]
    [InlineData("\"your-region\"")]
    [InlineData("\"<region>\"")]
    [InlineData("\" \"")]
    public Task No_fix_is_offered_where_no_region_is_meant(string region) =>
        Rule.ReportsWithoutFix(InMethod($"builder.{{|MPOP2003:WithAzureRegion|}}({region})"));

    private static string InType(string name, string first, string second, string third, string region = "Australia East") =>
        $$"""
        class {{name}}
        {
            private const string Region = "{{region}}";

            async Task M(X509Certificate2 certificate, string[] scopes)
            {
                var builder = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t").WithCertificate(certificate, true);
                await builder{{first}}.Build().AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                await builder
                    {{second}}
                    .Build().AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                await builder{{third}}.Build().AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """;

    private static string InMethod(string builder) =>
        $$"""
        class C
        {
            private const string Region = "east us";

            async Task M(X509Certificate2 certificate, string[] scopes, string region, bool flag)
            {
                var builder = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t").WithCertificate(certificate, true);
                await {{builder}}.Build().AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }

            protected virtual ConfidentialClientApplicationBuilder Configure(ConfidentialClientApplicationBuilder builder) => builder;
        }
        """;
}
