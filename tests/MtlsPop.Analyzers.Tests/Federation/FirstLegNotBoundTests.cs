using MtlsPop.Analyzers.Federation;
using MtlsPop.CodeFixes.Federation;

namespace MtlsPop.Analyzers.Tests.Federation;

public sealed class FirstLegNotBoundTests
{
    private const string Exchange = "\"api://AzureADTokenExchange\"";

    private static readonly Verify<FederationAnalyzer, FirstLegNotBoundFix> Rule = new("MPOP4004");

    [Fact]
    public Task A_first_leg_whose_assertion_is_bound_is_reported() => Rule.Reports(Cases.Of(
        InCallback,
        """
        var leg1 = await mi.{|MPOP4004:AcquireTokenForManagedIdentity|}("api://AzureADTokenExchange").ExecuteAsync(ct);
        return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
        """,
        """
        var leg1 = await mi
            .{|MPOP4004:AcquireTokenForManagedIdentity|}(resource: "API://azureadtokenexchange/.default")
            .ExecuteAsync(ct);
        return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = certificate };
        """,
        """
        var leg1 = await app.{|MPOP4004:AcquireTokenForClient|}(["api://AzureADTokenExchange/.default"]).ExecuteAsync(ct);
        return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
        """,
        """
        var leg1 = await app
            .{|MPOP4004:AcquireTokenForClient|}(scopes: new[] { "api://AzureADTokenExchangeUSGov/.default" })
            .ExecuteAsync(ct);
        var assertion = new ClientSignedAssertion { Assertion = leg1.AccessToken };
        assertion.TokenBindingCertificate = leg1.BindingCertificate;
        return assertion;
        """));

    [Theory]
    [InlineData(
        """
        WithClientAssertion(async (AssertionRequestOptions options) =>
        {
            var leg1 = await mi.{|MPOP4004:AcquireTokenForManagedIdentity|}("api://AzureADTokenExchange").ExecuteAsync();
            return leg1.AccessToken;
        })
        """,
        "WithMtlsProofOfPossession().")]
    [InlineData(
        """
        WithClientAssertion(async (options, ct) =>
        {
            var leg1 = await mi.{|MPOP4004:AcquireTokenForManagedIdentity|}("api://AzureADTokenExchange").ExecuteAsync(ct);
            return new ClientSignedAssertion { Assertion = leg1.AccessToken };
        })
        """,
        "WithMtlsProofOfPossession().")]
    [InlineData("WithClientAssertion((options, ct) => Provide(mi))", "WithMtlsProofOfPossession().")]
    public Task A_first_leg_whose_second_leg_is_bound_is_reported(string credential, string binding) => Rule.Reports(WithSecondLeg(
        credential,
        binding,
        "var leg1 = await mi.{|MPOP4004:AcquireTokenForManagedIdentity|}(\"api://AzureADTokenExchange\").ExecuteAsync();",
        credential.Contains("Provide", StringComparison.Ordinal)));

    [Theory]
    [InlineData(
        """
        WithClientAssertion(async (AssertionRequestOptions options) =>
        {
            var leg1 = await mi.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").ExecuteAsync();
            return leg1.AccessToken;
        })
        """,
        """

        """)]
    [InlineData(
        """
        WithClientAssertion(async (options, ct) =>
        {
            var leg1 = await mi.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").ExecuteAsync(ct);
            return new ClientSignedAssertion { Assertion = leg1.AccessToken };
        })
        """,
        """

        """)]
    [InlineData(
        """
        WithClientAssertion(async (options, ct) =>
        {
            var leg1 = await mi
                .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                .WithMtlsProofOfPossession()
                .ExecuteAsync(ct);
            return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
        })
        """,
        "WithMtlsProofOfPossession().")]
    [InlineData(
        """
        WithClientAssertion(async (options, ct) =>
        {
            var leg1 = await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").ExecuteAsync(ct);
            return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
        })
        """,
        "WithMtlsProofOfPossession().")]
    [InlineData(
        """
        WithClientAssertion(async (options, ct) =>
        {
            var leg1 = await Configured(mi.AcquireTokenForManagedIdentity("api://AzureADTokenExchange")).ExecuteAsync(ct);
            return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
        })
        """,
        "WithMtlsProofOfPossession().")]
    [InlineData(
        """
        WithClientAssertion(async (options, ct) =>
        {
            var request = mi.AcquireTokenForManagedIdentity("api://AzureADTokenExchange");
            if (options.Claims is null) request.WithMtlsProofOfPossession();
            var leg1 = await request.ExecuteAsync(ct);
            return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
        })
        """,
        "WithMtlsProofOfPossession().")]
    [InlineData("WithCertificate(certificate, true)", "WithMtlsProofOfPossession().")]
    public Task Bound_legs_and_plain_bearer_federation_are_silent(string credential, string binding) => Rule.IsSilent(WithSecondLeg(
        credential, binding, "var other = await mi.AcquireTokenForManagedIdentity(\"api://AzureADTokenExchange\").ExecuteAsync();", provides: false));

    [Fact]
    public Task The_fix_binds_and_attests_and_keeps_layout_and_comments() => Rule.Fixes(
        InCallback(
            """
            var leg1 = await mi.{|MPOP4004:AcquireTokenForManagedIdentity|}("api://AzureADTokenExchange").ExecuteAsync(ct);
                    if (scopes is null)
                        return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
                    var other = await mi
                        .{|MPOP4004:AcquireTokenForManagedIdentity|}("api://AzureADTokenExchange") // leg 1
                        .ExecuteAsync(ct);
                    if (scopes is [])
                        return new ClientSignedAssertion { Assertion = other.AccessToken, TokenBindingCertificate = other.BindingCertificate };
                    var third = await app.{|MPOP4004:AcquireTokenForClient|}(["api://AzureADTokenExchange/.default"]).ExecuteAsync(ct);
                    return new ClientSignedAssertion { Assertion = third.AccessToken, TokenBindingCertificate = third.BindingCertificate };
            """),
        InCallback(
            $$"""
            var leg1 = await mi.AcquireTokenForManagedIdentity({{Exchange}}).WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync(ct);
                    if (scopes is null)
                        return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
                    var other = await mi
                        .AcquireTokenForManagedIdentity("api://AzureADTokenExchange") // leg 1
                        .WithMtlsProofOfPossession()
                        .WithAttestationSupport()
                        .ExecuteAsync(ct);
                    if (scopes is [])
                        return new ClientSignedAssertion { Assertion = other.AccessToken, TokenBindingCertificate = other.BindingCertificate };
                    var third = await app.AcquireTokenForClient(["api://AzureADTokenExchange/.default"]).WithMtlsProofOfPossession().ExecuteAsync(ct);
                    return new ClientSignedAssertion { Assertion = third.AccessToken, TokenBindingCertificate = third.BindingCertificate };
            """));

    [Fact]
    public Task Without_the_attestation_package_the_fix_only_binds() => (Rule with { Sample = new() { ReferencesKeyAttestation = false } }).Fixes(
        InCallback(
            """
            var leg1 = await mi.{|MPOP4004:AcquireTokenForManagedIdentity|}("api://AzureADTokenExchange").ExecuteAsync(ct);
                    return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
            """),
        InCallback(
            """
            var leg1 = await mi.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync(ct);
                    return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
            """));

    [Fact]
    public Task No_fix_is_offered_where_the_MSAL_cannot_bind_a_managed_identity() =>
        (Rule with { Sample = new() { Msal = "4.80.0", ReferencesKeyAttestation = false } }).ReportsWithoutFix(
        InCallback(
            """
            var leg1 = await mi.{|MPOP4004:AcquireTokenForManagedIdentity|}("api://AzureADTokenExchange").ExecuteAsync(ct);
                    return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
            """));

    [Theory]
    [InlineData(
        """
        var leg1 = await mi
            .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
            .ExecuteAsync(ct) {|CS1002:return|} new ClientSignedAssertion
            {
                Assertion = leg1.AccessToken,
                TokenBindingCertificate = leg1.BindingCertificate,
            };
        """)]
    [InlineData(
        """
        var leg1 = await mi.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").ExecuteAsync({|CS0103:missing|});
        return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
        """)]
    public Task Broken_code_is_silent(string body) => Rule.IsSilent(InCallback(body));

    private static string InCallback(string body) =>
        $$"""
        class C
        {
            async Task<ClientSignedAssertion> Provide(
                IManagedIdentityApplication mi,
                IConfidentialClientApplication app,
                X509Certificate2 certificate,
                string[] scopes,
                CancellationToken ct)
            {
                {{body}}
            }
        }
        """;

    private static string WithSecondLeg(string credential, string binding, string firstLeg, bool provides) =>
        $$"""
        class C
        {
            async Task M(IManagedIdentityApplication mi, X509Certificate2 certificate)
            {
                var app = ConfidentialClientApplicationBuilder.Create("id").WithExperimentalFeatures().{{credential}}.Build();
                await app.AcquireTokenForClient(["https://vault.azure.net/.default"]).{{binding}}ExecuteAsync();
            }

            async Task<ClientSignedAssertion> Provide(IManagedIdentityApplication mi)
            {
                {{(provides ? firstLeg : "var leg1 = await Task.FromResult<AuthenticationResult>(null!);")}}
                return new ClientSignedAssertion { Assertion = leg1.AccessToken };
            }

            protected virtual AcquireTokenForManagedIdentityParameterBuilder Configured(AcquireTokenForManagedIdentityParameterBuilder request) => request;
        }
        """;
}
