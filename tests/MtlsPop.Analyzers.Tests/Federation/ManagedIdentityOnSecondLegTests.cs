using MtlsPop.Analyzers.Federation;

namespace MtlsPop.Analyzers.Tests.Federation;

public sealed class ManagedIdentityOnSecondLegTests
{
    private static readonly Verify<FederationAnalyzer> Rule = new("MPOP4001");

    [Theory]
    [InlineData("var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).{|CS1061:{|MPOP4001:WithClientAssertion|}|}(_ => Task.FromResult(leg1.AccessToken)).Build();")]
    [InlineData("var builder = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned); builder.{|CS1061:{|MPOP4001:WithClientAssertion|}|}(leg1.AccessToken);")]
    [InlineData("await mi.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").{|CS1061:{|MPOP4001:WithClientAssertion|}|}(leg1.AccessToken).ExecuteAsync();")]
    [InlineData("mi.{|CS1061:{|MPOP4001:WithClientAssertion|}|}(leg1.AccessToken);")]
    [InlineData("ManagedIdentityApplicationBuilder.Create({|CS0103:Missing|}.SystemAssigned).{|MPOP4001:WithClientAssertion|}(leg1.AccessToken).Build();")]
    public Task An_assertion_on_a_managed_identity_is_reported_although_it_does_not_compile(string use) => Rule.Reports(AfterFirstLeg(use));

    [Theory]
    [InlineData("await mi.{|MPOP4001:AcquireTokenForManagedIdentity|}(\"https://vault.azure.net\").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();")]
    [InlineData("var result = await mi.{|MPOP4001:AcquireTokenForManagedIdentity|}(\"https://vault.azure.net\").ExecuteAsync().ConfigureAwait(false);")]
    [InlineData("const string vault = \"https://vault.azure.net\"; var request = mi.{|MPOP4001:AcquireTokenForManagedIdentity|}(resource: vault); request.WithMtlsProofOfPossession(); var result = await request.ExecuteAsync();")]
    [InlineData("Console.WriteLine(leg1.ExpiresOn); var result = await mi.{|MPOP4001:AcquireTokenForManagedIdentity|}(\"https://vault.azure.net\").WithMtlsProofOfPossession().ExecuteAsync();")]
    public Task A_request_for_the_final_resource_beside_an_unused_first_leg_is_reported(string use) => Rule.Reports(AfterFirstLeg(use));

    [Theory]
    [InlineData("var leg2 = await mi.{|MPOP4001:AcquireTokenForManagedIdentity|}(\"https://vault.azure.net\").WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("AuthenticationResult secondLegResult; secondLegResult = await mi.{|MPOP4001:AcquireTokenForManagedIdentity|}(\"https://vault.azure.net\").WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("var leg_two_app = mi; await leg_two_app.{|MPOP4001:AcquireTokenForManagedIdentity|}(\"https://vault.azure.net\").WithMtlsProofOfPossession().ExecuteAsync();")]
    public Task A_request_that_is_named_the_second_leg_is_reported(string use) => Rule.Reports(Alone(use));

    [Theory]
    [InlineData("var app = ConfidentialClientApplicationBuilder.Create(\"id\").WithClientAssertion((options, token) => Task.FromResult(new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate })).Build(); await mi.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").ExecuteAsync();")]
    [InlineData("Send(leg1); await mi.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("Send($\"jwt {leg1.AccessToken}\"); await mi.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("var again = await mi.AcquireTokenForManagedIdentity(\"api://AzureADTokenExchange/.default\").WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("var again = await mi.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("var client = ConfidentialClientApplicationBuilder.Create(\"id\").WithClientAssertion(leg1.AccessToken).Build(); await mi.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("_token = leg1.AccessToken; await mi.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("_result = leg1; await mi.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").WithMtlsProofOfPossession().ExecuteAsync();")]
    public Task A_first_leg_that_is_used_or_may_be_is_silent(string use) => Rule.IsSilent(AfterFirstLeg(use));

    [Theory]
    [InlineData("var result = await mi.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("var legacy2 = await mi.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("var leg2 = await mi.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").ExecuteAsync();")]
    [InlineData("var leg2 = await mi.AcquireTokenForManagedIdentity(\"api://AzureADTokenExchange\").WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("var leg1 = await mi.AcquireTokenForManagedIdentity(\"api://AzureADTokenExchange\").ExecuteAsync(); var other = await mi.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").ExecuteAsync();")]
    [InlineData("var first = await mi.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").WithMtlsProofOfPossession().ExecuteAsync(); var second = await mi.AcquireTokenForManagedIdentity(\"https://storage.azure.com\").WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("mi.Mine(\"x\");")]
    public Task Direct_acquisitions_and_plain_bearer_code_are_silent(string use) => Rule.IsSilent(Alone(use));

    [Theory]
    [InlineData("await mi.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").ExecuteAsync(){|CS1002:|}")]
    [InlineData("{|CS0103:missing|}.WithClientAssertion(leg1.AccessToken);")]
    [InlineData("await mi.AcquireTokenForManagedIdentity({|CS0103:missing|}).ExecuteAsync();")]
    public Task Other_broken_code_is_silent(string use) => Rule.IsSilent(AfterFirstLeg(use));

    private static string AfterFirstLeg(string use) =>
        $$"""
        #pragma warning disable CS0618
        class C
        {
            private string? _token;
            private AuthenticationResult? _result;

            async Task<object?> M(IManagedIdentityApplication mi, string resource)
            {
                var leg1 = await mi.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();
                {{use}}
                return (_token, _result);
            }

            protected virtual void Send(object value) { }
        }
        """;

    private static string Alone(string use) =>
        $$"""
        class C
        {
            async Task M(IManagedIdentityApplication mi)
            {
                {{use}}
                await Task.CompletedTask;
            }
        }

        static class Extensions
        {
            public static void Mine(this IManagedIdentityApplication app, string text) { }
        }
        """;
}
