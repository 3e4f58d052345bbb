using MtlsPop.Analyzers.Requests;
using MtlsPop.CodeFixes.Requests;

namespace MtlsPop.Analyzers.Tests.Requests;

public sealed class RequestNotBoundTests
{
    private static readonly Verify<RequestsAnalyzer, RequestNotBoundFix> Rule = new("MPOP1004");

    [Theory]
    [InlineData("client.{|MPOP1004:AcquireTokenForClient|}(scopes).ExecuteAsync()")]
    [InlineData("client.{|MPOP1004:AcquireTokenForClient|}(scopes: scopes).WithTenantId(\"t\").ExecuteAsync(CancellationToken.None)")]
    [InlineData("machine.{|MPOP1004:AcquireTokenForManagedIdentity|}(\"r\").ExecuteAsync()")]
    [InlineData("_secret.{|MPOP1004:AcquireTokenForClient|}(scopes).ExecuteAsync()")]
    public Task A_plain_request_beside_a_bound_one_is_reported(string request) => Rule.Reports(InType(request));

    [Theory]
    [InlineData("client.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync()")]
    [InlineData("machine.AcquireTokenForManagedIdentity(\"r\").WithRequestOverMtls().ExecuteAsync()")]
    [InlineData("machine.AcquireTokenForManagedIdentity(\"r\").WithAttestationSupport().ExecuteAsync()")]
    [InlineData("_secondLeg.AcquireTokenForClient(scopes).ExecuteAsync()")]
    [InlineData("client.AcquireTokenOnBehalfOf(scopes, new UserAssertion(\"a\")).ExecuteAsync()")]
    [InlineData("Configure(client.AcquireTokenForClient(scopes)).ExecuteAsync()")]
    public Task A_request_that_is_bound_or_has_a_reason_is_silent(string request) => Rule.IsSilent(InType(request));

    [Fact]
    public Task A_type_that_binds_nothing_is_silent() => Rule.IsSilent(
        InType("client.AcquireTokenForClient(scopes).ExecuteAsync()").Replace(".WithMtlsProofOfPossession()", "", StringComparison.Ordinal));

    [Fact]
    public Task An_injected_second_leg_beside_a_bound_first_leg_is_silent() => Rule.IsSilent(
        InType("client.AcquireTokenForClient(scopes).ExecuteAsync()")
            .Replace("https://vault.azure.net", "api://AzureADTokenExchange", StringComparison.Ordinal));

    [Fact]
    public Task Broken_code_is_unknown_and_the_rest_is_judged() => Rule.Reports(InType("client.{|MPOP1004:AcquireTokenForClient|}({|CS0103:unknown|}).ExecuteAsync()"));

    [Fact]
    public Task The_fix_binds_and_attests_and_keeps_comments() => Rule.Fixes(
        [InDocument("C", "{|MPOP1004:", "|}", "", "", "\n            "), InDocument("D", "{|MPOP1004:", "|}", "", "", "\n            ")],
        [InDocument("C", "", "", Bound, Attested, "\n            "), InDocument("D", "", "", Bound, Attested, "\n            ")]);

    private const string Bound = ".WithMtlsProofOfPossession()";
    private const string Attested = ".WithAttestationSupport()";

    private static string InDocument(string name, string mark, string endMark, string bound, string attested, string line) =>
        $$"""
        class {{name}}
        {
            async Task M(IConfidentialClientApplication client, IManagedIdentityApplication machine, string[] scopes)
            {
                await client.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                await client.{{mark}}AcquireTokenForClient{{endMark}}(/* ours */ scopes){{bound}}.ExecuteAsync();
                await machine.{{mark}}AcquireTokenForManagedIdentity{{endMark}}("r"){{bound}}{{attested}}.ExecuteAsync();
                await client
                    .{{mark}}AcquireTokenForClient{{endMark}}(scopes) // plain{{(bound.Length > 0 ? line + bound : "")}}
                    .ExecuteAsync();
            }
        }
        """;

    private static string InType(string request) =>
        $$"""
        class C
        {
            private readonly IConfidentialClientApplication _secret = ConfidentialClientApplicationBuilder.Create("id").WithClientSecret("s").Build();
            private readonly IConfidentialClientApplication _secondLeg = ConfidentialClientApplicationBuilder.Create("id")
                .WithClientAssertion((AssertionRequestOptions options) => Task.FromResult("a"))
                .Build();

            Task First(IManagedIdentityApplication machine) =>
                machine.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();

            Task Second(IManagedIdentityApplication machine, IConfidentialClientApplication client, string[] scopes) => {{request}};

            protected virtual AcquireTokenForClientParameterBuilder Configure(AcquireTokenForClientParameterBuilder request) => request;
        }
        """;
}
