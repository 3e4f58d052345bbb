using MtlsPop.Analyzers.Federation;
using MtlsPop.CodeFixes.Federation;

namespace MtlsPop.Analyzers.Tests.Federation;

public sealed class AssertionDropsCertificateTests
{
    private static readonly Verify<FederationAnalyzer, AssertionDropsCertificateFix> Rule = new("MPOP4006");

    private const string Acquisition =
        "await identity.AcquireTokenForManagedIdentity(\"api://AzureADTokenExchange\")" +
        ".WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync()";

    private const string Assertion = "new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate }";

    private static readonly Verify<FederationAnalyzer, AssertionDropsCertificateFix> _runtimeRule =
        Rule with { Sample = new() { ReferencesRuntime = true }, Action = "MPOP4006.Runtime" };

    [Fact]
    public Task A_bound_token_as_mere_text_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var leg1 = await FirstLeg();
        builder.{|MPOP4006:WithClientAssertion|}(leg1.AccessToken);
        """,
        """
        var leg1 = await FirstLeg();
        builder.{|MPOP4006:WithClientAssertion|}(signedClientAssertion: leg1.AccessToken);
        """,
        """
        var leg1 = await FirstLeg();
        builder.{|MPOP4006:WithClientAssertion|}(() => leg1.AccessToken);
        """,
        """
        var leg1 = await FirstLeg();
        builder.{|MPOP4006:WithClientAssertion|}((AssertionRequestOptions _) => Task.FromResult(leg1.AccessToken));
        """));

    [Fact]
    public Task A_callback_that_acquires_a_bound_token_and_gives_its_text_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        builder.{|MPOP4006:WithClientAssertion|}(async (AssertionRequestOptions options) =>
        {
            var leg1 = await FirstLeg();
            return leg1.AccessToken;
        });
        """,
        "builder.{|MPOP4006:WithClientAssertion|}(async (CancellationToken cancellation) => (await FirstLeg()).AccessToken);",
        """
        builder.{|MPOP4006:WithClientAssertion|}(async (CancellationToken cancellation) =>
        {
            var leg1 = await FirstLeg();
            return leg1.ExpiresOn < DateTimeOffset.UtcNow ? string.Empty : leg1.AccessToken;
        });
        """));

    [Fact]
    public Task A_callback_in_a_variable_a_function_or_a_method_is_followed() => Rule.Reports(Cases.Of(
        InMethod,
        """
        Func<AssertionRequestOptions, Task<string>> provide = async options => (await FirstLeg()).AccessToken;
        builder.{|MPOP4006:WithClientAssertion|}(provide);
        """,
        """
        builder.{|MPOP4006:WithClientAssertion|}(Provide);
        async Task<string> Provide(AssertionRequestOptions options) => (await FirstLeg()).AccessToken;
        """,
        "builder.{|MPOP4006:WithClientAssertion|}(ProvideAsync);",
        "builder.{|MPOP4006:WithClientAssertion|}(Provider());"));

    [Theory]
    [InlineData("WithClientAssertion", "(AssertionRequestOptions options) => Task.FromResult(token)")]
    [InlineData("WithClientAssertion", "(AssertionRequestOptions options) => provide(options)")]
    [InlineData("WithClientAssertion", "() => \"eyJ\"")]
    [InlineData("WithClientAssertion", "token")]
    public Task Any_text_on_the_application_of_a_bound_request_is_reported(string method, string argument) => Rule.Reports(WithRequest(
        $"{{|MPOP4006:{method}|}}({argument})", "WithMtlsProofOfPossession()."));

    [Fact]
    public Task Text_that_another_type_puts_on_the_application_is_reported_where_it_is_called() => Rule.ReportsWithoutFix(WithRequest(
        "{|MPOP4006:Configured|}(token)", "WithMtlsProofOfPossession()."));

    [Theory]
    [InlineData("WithClientAssertion((AssertionRequestOptions options) => Task.FromResult(token))", "")]
    [InlineData(
        """
        WithClientAssertion((options, cancellation) =>
            Task.FromResult(new ClientSignedAssertion { Assertion = token, TokenBindingCertificate = certificate }))
        """,
        "WithMtlsProofOfPossession().")]
    [InlineData("WithClientAssertion(token).WithCertificate(certificate, true)", "WithMtlsProofOfPossession().")]
    [InlineData("WithClientSecret(token)", "WithMtlsProofOfPossession().")]
    public Task Bearer_federation_and_other_credentials_are_silent(string credential, string binding) => Rule.IsSilent(WithRequest(credential, binding));

    [Fact]
    public Task Tokens_that_are_not_surely_bound_are_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        builder.WithClientAssertion(async (AssertionRequestOptions options) =>
        {
            var leg1 = await identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").ExecuteAsync();
            return leg1.AccessToken;
        });
        """,
        """
        builder.WithClientAssertion(async (AssertionRequestOptions options) =>
        {
            var leg1 = options.Claims is null ? await FirstLeg() : given;
            return leg1.AccessToken;
        });
        """,
        "builder.WithClientAssertion((AssertionRequestOptions options) => Task.FromResult(given.AccessToken));",
        """
        builder.WithClientAssertion((options, cancellation) =>
            Task.FromResult(new ClientSignedAssertion { Assertion = given.AccessToken }));
        """));

    [Fact]
    public Task The_fix_moves_every_spelling_to_the_overload_with_both_and_keeps_statements_and_comments() => Rule.Fixes(
        InMethod(
            """
            var leg1 = await FirstLeg();
                    builder.{|MPOP4006:WithClientAssertion|}(leg1.AccessToken /* leg 1 */);
                    builder.{|MPOP4006:WithClientAssertion|}(() => leg1.AccessToken);
                    builder.{|MPOP4006:WithClientAssertion|}(clientAssertionAsyncDelegate: (AssertionRequestOptions _) => Task.FromResult(leg1.AccessToken));
                    builder.{|MPOP4006:WithClientAssertion|}(async (CancellationToken cancellation) =>
                    {
                        // Each time
                        var fresh = await FirstLeg();
                        Console.WriteLine(fresh.ExpiresOn); // log
                        return fresh.AccessToken; // the token
                    });
                    builder.{|MPOP4006:WithClientAssertion|}(async (AssertionRequestOptions o) => (await FirstLeg()).AccessToken);
                    builder.{|MPOP4006:WithClientAssertion|}(Provide);
                    async Task<string> Provide(AssertionRequestOptions o)
                    {
                        var fresh = await FirstLeg();
                        return fresh.AccessToken;
                    }
                    Func<AssertionRequestOptions, Task<string>> provide = async o => (await FirstLeg()).AccessToken;
                    builder.{|MPOP4006:WithClientAssertion|}(provide);
            """),
        InMethod(
            $$"""
            var leg1 = await FirstLeg();
                    builder.WithClientAssertion((options, cancellationToken) => Task.FromResult({{Assertion}}) /* leg 1 */);
                    builder.WithClientAssertion((options, cancellationToken) => Task.FromResult({{Assertion}}));
                    builder.WithClientAssertion((AssertionRequestOptions _, CancellationToken cancellationToken) => Task.FromResult({{Assertion}}));
                    builder.WithClientAssertion(async (AssertionRequestOptions options, CancellationToken cancellation) =>
                    {
                        // Each time
                        var fresh = await FirstLeg();
                        Console.WriteLine(fresh.ExpiresOn); // log
                        return new ClientSignedAssertion { Assertion = fresh.AccessToken, TokenBindingCertificate = fresh.BindingCertificate }; // the token
                    });
                    builder.WithClientAssertion(async (AssertionRequestOptions o, CancellationToken cancellationToken) =>
                    {
                        var firstLeg = await FirstLeg();
                        return new ClientSignedAssertion { Assertion = firstLeg.AccessToken, TokenBindingCertificate = firstLeg.BindingCertificate };
                    });
                    builder.WithClientAssertion(Provide);
                    async Task<ClientSignedAssertion> Provide(AssertionRequestOptions o, CancellationToken cancellationToken)
                    {
                        var fresh = await FirstLeg();
                        return new ClientSignedAssertion { Assertion = fresh.AccessToken, TokenBindingCertificate = fresh.BindingCertificate };
                    }
                    Func<AssertionRequestOptions, CancellationToken, Task<ClientSignedAssertion>> provide = async (o, cancellationToken) =>
                    {
                        var firstLeg = await FirstLeg();
                        return new ClientSignedAssertion { Assertion = firstLeg.AccessToken, TokenBindingCertificate = firstLeg.BindingCertificate };
                    };
                    builder.WithClientAssertion(provide);
            """));

    [Theory]
    [InlineData("builder.{|MPOP4006:WithClientAssertion|}(Provider());")]
    [InlineData(
        """
        var token = (await FirstLeg()).AccessToken;
        builder.{|MPOP4006:WithClientAssertion|}(token);
        """)]
    [InlineData(
        """
        builder.{|MPOP4006:WithClientAssertion|}(Provide);
        _ = Provide(null!);
        async Task<string> Provide(AssertionRequestOptions options) => (await FirstLeg()).AccessToken;
        """)]
    public Task No_fix_is_offered_where_the_result_is_out_of_reach_or_the_callback_serves_others(string body) => Rule.ReportsWithoutFix(InMethod(body));

    [Theory]
    [InlineData(
        $$"""
        builder.{|MPOP4006:WithClientAssertion|}(async (AssertionRequestOptions options) =>
                {
                    var leg1 = {{Acquisition}}.ConfigureAwait(false);
                    return leg1.AccessToken;
                });
        """,
        "builder.WithBoundClientAssertion(identity);")]
    [InlineData("builder.{|MPOP4006:WithClientAssertion|}(async (CancellationToken cancellation) => (" + Acquisition + ").AccessToken);",
        "builder.WithBoundClientAssertion(identity);")]
    [InlineData(
        $$"""
        var leg1 = {{Acquisition}};
                builder.{|MPOP4006:WithClientAssertion|}(signedClientAssertion: leg1.AccessToken) /* leg 1 */;
                builder.{|MPOP4006:WithClientAssertion|}(() => leg1.AccessToken);
        """,
        """
        builder.WithBoundClientAssertion(identity) /* leg 1 */;
                builder.WithBoundClientAssertion(identity);
        """)]
    [InlineData(
        $$"""
        var leg1 = {{Acquisition}};
                Console.WriteLine(leg1.ExpiresOn);
                builder.{|MPOP4006:WithClientAssertion|}((AssertionRequestOptions _) => Task.FromResult(leg1.AccessToken));
        """,
        $$"""
        var leg1 = {{Acquisition}};
                Console.WriteLine(leg1.ExpiresOn);
                builder.WithBoundClientAssertion(identity);
        """)]
    public Task Where_the_runtime_is_referenced_it_can_be_given_the_application_of_the_first_leg(string before, string after) =>
        _runtimeRule.Fixes(InMethod(before), "using MtlsPop;\n\n" + InMethod(after));

    [Fact]
    public Task The_fix_writes_types_in_full_where_their_namespaces_are_not_imported() => (Rule with { Sample = new() { GlobalUsings = "" } }).Fixes(
        WithoutUsings(
            "System.Func<AssertionRequestOptions, System.Threading.Tasks.Task<string>> provide = async o =>",
            "{|MPOP4006:WithClientAssertion|}",
            "leg1.AccessToken"),
        WithoutUsings(
            "System.Func<AssertionRequestOptions, System.Threading.CancellationToken, System.Threading.Tasks.Task<ClientSignedAssertion>> provide = " +
                "async (o, cancellationToken) =>",
            "WithClientAssertion",
            "new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate }"));

    [Theory]
    [InlineData("builder.{|MPOP4006:WithClientAssertion|}(async (AssertionRequestOptions options) => (await FirstLeg()).AccessToken);")]
    [InlineData(
        $$"""
        builder.{|MPOP4006:WithClientAssertion|}(async (AssertionRequestOptions options) =>
        {
            var own = identity;
            return ({{Acquisition}}).AccessToken;
        });
        """)]
    [InlineData(
        $$"""
        builder.{|MPOP4006:WithClientAssertion|}(Provide);
        async Task<string> Provide(AssertionRequestOptions options) => ({{Acquisition}}).AccessToken;
        """)]
    [InlineData(
        $$"""
        var leg1 = {{Acquisition}};
        if (given.AccessToken == "") leg1 = {{Acquisition}};
        builder.{|MPOP4006:WithClientAssertion|}(leg1.AccessToken);
        """)]
    public Task The_runtime_is_not_offered_where_the_application_is_out_of_reach_or_code_would_be_lost(string body) =>
        _runtimeRule.ReportsWithoutFix(InMethod(body));

    [Theory]
    [InlineData("var leg1 = await FirstLeg(); builder.{|MPOP4006:WithClientAssertion|}(leg1.AccessToken).{|CS1061:Missing|}();")]
    public Task Broken_code_is_unknown_and_the_rest_is_judged(string body) => Rule.Reports(InMethod(body));

    [Theory]
    [InlineData("var leg1 = await FirstLeg(); builder.WithClientAssertion(leg1.AccessToken){|CS1002:|}")]
    public Task Broken_code_is_silent_in_the_statement_with_a_syntax_error(string body) => Rule.IsSilent(InMethod(body));

    private static string InMethod(string body) =>
        $$"""
        #pragma warning disable CS0618
        class C
        {
            private readonly IManagedIdentityApplication identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

            async Task M(ConfidentialClientApplicationBuilder builder, AuthenticationResult given)
            {
                {{body}}
            }

            private Func<AssertionRequestOptions, Task<string>> Provider() => async options => (await FirstLeg()).AccessToken;

            private async Task<string> ProvideAsync(AssertionRequestOptions options)
            {
                var leg1 = await FirstLeg();
                return leg1.AccessToken;
            }

            private Task<AuthenticationResult> FirstLeg() =>
                identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync();
        }
        """;

    private static string WithoutUsings(string declaration, string call, string returned) =>
        $$"""
        using Microsoft.Identity.Client;

        class C
        {
            void M(ConfidentialClientApplicationBuilder builder, IManagedIdentityApplication identity)
            {
                {{declaration}}
                {
                    var leg1 = await identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync();
                    return {{returned}};
                };
                builder.{{call}}(provide);
            }
        }
        """;

    private static string WithRequest(string credential, string binding) =>
        $$"""
        #pragma warning disable CS0618
        class C
        {
            async Task M(string token, X509Certificate2 certificate, Func<AssertionRequestOptions, Task<string>> provide)
            {
                var app = ConfidentialClientApplicationBuilder.Create("id").{{credential}}.Build();
                await app.AcquireTokenForClient(["https://vault.azure.net/.default"]).{{binding}}ExecuteAsync();
            }
        }

        static class Extensions
        {
            public static ConfidentialClientApplicationBuilder Configured(this ConfidentialClientApplicationBuilder builder, string token) =>
                builder.WithClientAssertion(token);
        }
        """;
}
