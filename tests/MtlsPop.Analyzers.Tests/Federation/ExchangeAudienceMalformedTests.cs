using MtlsPop.Analyzers.Federation;
using MtlsPop.CodeFixes.Federation;

namespace MtlsPop.Analyzers.Tests.Federation;

public sealed class ExchangeAudienceMalformedTests
{
    private static readonly Verify<FederationAnalyzer, ExchangeAudienceMalformedFix> Rule = new("MPOP4005");

    [Theory]
    [InlineData("await app.{|MPOP4005:AcquireTokenForClient|}([\"api://AzureADTokenExchange\"]).WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("await app.{|MPOP4005:AcquireTokenForClient|}(scopes: new[] { \"api://AzureADTokenExchange/\" }).ExecuteAsync();")]
    [InlineData("var scopes = new string[] { \"API://azureadtokenexchangeUSGov\" }; await app.{|MPOP4005:AcquireTokenForClient|}(scopes).ExecuteAsync();")]
    [InlineData("await app.{|MPOP4005:AcquireTokenForClient|}(Scopes).ExecuteAsync();")]
    [InlineData("await app.{|MPOP4005:AcquireTokenForClient|}([Audience]).ExecuteAsync();")]
    public Task A_client_that_asks_for_the_bare_audience_is_reported(string body) => Rule.Reports(InMethod(body));

    [Theory]
    [InlineData("WithAuthority(\"https://login.microsoftonline.us/tenant\")", "api://AzureADTokenExchange/.default")]
    [InlineData("WithAuthority(authorityUri: \"https://login.partner.microsoftonline.cn/tenant\")", "api://AzureADTokenExchange/.default")]
    [InlineData("WithAuthority(AzureCloudInstance.AzureUsGovernment, \"tenant\")", "api://AzureADTokenExchangeChina/.default")]
    [InlineData("WithAuthority(\"https://LOGIN.microsoftonline.com/tenant\")", "api://AzureADTokenExchangeUSGov/.default")]
    [InlineData("WithAuthority($\"https://login.microsoftonline.us/{certificate.Subject}\")", "api://AzureADTokenExchange/.default")]
    [InlineData("WithAuthority(\"https://login.microsoftonline.us/\" + certificate.Subject)", "api://AzureADTokenExchange/.default")]
    public Task A_client_that_asks_for_another_cloud_s_audience_is_reported(string authority, string audience) => Rule.Reports(
        $$"""
        class C
        {
            Task M(X509Certificate2 certificate) => ConfidentialClientApplicationBuilder.Create("id").{{authority}}.WithCertificate(certificate, true).Build()
                .{|MPOP4005:AcquireTokenForClient|}(["{{audience}}"]).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Fact]
    public Task A_managed_identity_is_held_to_the_cloud_in_which_its_token_is_exchanged() => Rule.Fixes(
        ManagedIdentity("https://login.microsoftonline.us/tenant", "{|MPOP4005:AcquireTokenForManagedIdentity|}(\"api://AzureADTokenExchange\")"),
        ManagedIdentity("https://login.microsoftonline.us/tenant", "AcquireTokenForManagedIdentity(\"api://AzureADTokenExchangeUSGov\")"));

    [Theory]
    [InlineData("https://login.microsoftonline.us/tenant", "api://AzureADTokenExchangeUSGov")]
    [InlineData("https://login.microsoftonline.com/tenant", "api://AzureADTokenExchange")]
    [InlineData("https://login.microsoftonline.com/tenant", "api://azureadtokenexchange")]
    [InlineData("https://login.example.org/tenant", "api://AzureADTokenExchangeUSGov")]
    [InlineData("https://login.microsoftonline.us/tenant", "api://AzureADTokenExchangeOther")]
    public Task The_audience_of_the_cloud_or_of_an_unknown_one_is_silent(string authority, string audience) =>
        Rule.IsSilent(ManagedIdentity(authority, $"AcquireTokenForManagedIdentity(\"{audience}\")"));

    [Theory]
    [InlineData("await app.AcquireTokenForClient([\"api://AzureADTokenExchange/.default\"]).ExecuteAsync();")]
    [InlineData("await app.AcquireTokenForClient([\"api://AzureFMITokenExchange\"]).ExecuteAsync();")]
    [InlineData("await app.AcquireTokenForClient([\"https://vault.azure.net\"]).ExecuteAsync();")]
    [InlineData("await app.AcquireTokenForClient([audience]).ExecuteAsync();")]
    [InlineData("await mi.AcquireTokenForManagedIdentity(\"api://AzureADTokenExchange\").ExecuteAsync();")]
    [InlineData("await mi.AcquireTokenForManagedIdentity(\"api://AzureADTokenExchange/.default\").ExecuteAsync();")]
    [InlineData("// app.AcquireTokenForClient([\"api://AzureADTokenExchange\"])")]
    public Task Right_and_unknown_audiences_are_silent(string body) => Rule.IsSilent(InMethod(body));

    [Fact]
    public Task The_fix_corrects_the_text_where_it_stands_and_keeps_comments() => Rule.Fixes(
        """
        class C
        {
            private const string Audience = "api://AzureADTokenExchange";
            private static readonly string[] Scopes = [/* leg 1 */ "api://AzureADTokenExchange"];

            async Task M(IConfidentialClientApplication app)
            {
                await app.{|MPOP4005:AcquireTokenForClient|}(new[] { "api://AzureADTokenExchange" /* bare */ }).ExecuteAsync();
                await app.{|MPOP4005:AcquireTokenForClient|}([Audience]).ExecuteAsync();
                await app.{|MPOP4005:AcquireTokenForClient|}(Scopes).ExecuteAsync();
            }
        }
        """,
        """
        class C
        {
            private const string Audience = "api://AzureADTokenExchange";
            private static readonly string[] Scopes = [/* leg 1 */ "api://AzureADTokenExchange/.default"];

            async Task M(IConfidentialClientApplication app)
            {
                await app.AcquireTokenForClient(new[] { "api://AzureADTokenExchange/.default" /* bare */ }).ExecuteAsync();
                await app.AcquireTokenForClient([Audience + "/.default"]).ExecuteAsync();
                await app.AcquireTokenForClient(Scopes).ExecuteAsync();
            }
        }
        """);

    [Theory]
    [InlineData("await app.{|MPOP4005:AcquireTokenForClient|}([\"api://AzureADTokenExchange\"]).ExecuteAsync({|CS0103:missing|});")]
    public Task Broken_code_is_unknown_and_the_rest_is_judged(string body) => Rule.Reports(InMethod(body));

    [Theory]
    [InlineData("await app.AcquireTokenForClient([\"api://AzureADTokenExchange\"]).ExecuteAsync(){|CS1002:|}")]
    public Task Broken_code_is_silent_in_the_statement_with_a_syntax_error(string body) => Rule.IsSilent(InMethod(body));

    private static string InMethod(string body) =>
        $$"""
        class C
        {
            private const string Audience = "api://AzureADTokenExchange";
            private static readonly string[] Scopes = ["api://AzureADTokenExchange"];

            async Task M(IConfidentialClientApplication app, IManagedIdentityApplication mi, string audience)
            {
                {{body}}
                await Task.CompletedTask;
            }
        }
        """;

    private static string ManagedIdentity(string authority, string acquire) =>
        $$"""
        class C
        {
            IConfidentialClientApplication M(IManagedIdentityApplication mi) => ConfidentialClientApplicationBuilder
                .Create("id")
                .WithAuthority("{{authority}}")
                .WithClientAssertion(async (options, cancellation) =>
                {
                    var leg1 = await mi.{{acquire}}.WithMtlsProofOfPossession().ExecuteAsync(cancellation);
                    return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
                })
                .Build();
        }
        """;
}
