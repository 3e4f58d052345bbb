using MtlsPop.Analyzers.Federation;
using MtlsPop.CodeFixes.Federation;

namespace MtlsPop.Analyzers.Tests.Federation;

public sealed class AssertionBoundToOtherTokenTests
{
    private static readonly Verify<FederationAnalyzer, AssertionBoundToOtherTokenFix> Rule = new("MPOP4003");

    [Fact]
    public Task Token_and_certificate_of_two_results_are_reported_at_the_certificate() => Rule.Reports(Cases.Of(
        InType,
        """
        var a = await FirstLeg();
        var b = await FirstLeg();
        return new ClientSignedAssertion { Assertion = a.AccessToken, {|MPOP4003:TokenBindingCertificate|} = b.BindingCertificate };
        """,
        """
        var a = await FirstLeg();
        var b = await identity.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        return new() { {|MPOP4003:TokenBindingCertificate|} = b.BindingCertificate, Assertion = a.AccessToken };
        """,
        """
        var a = await FirstLeg();
        var b = await FirstLeg();
        var assertion = new ClientSignedAssertion();
        assertion.Assertion = a.AccessToken;
        assertion.{|MPOP4003:TokenBindingCertificate|} = b.BindingCertificate;
        return assertion;
        """,
        """
        return new ClientSignedAssertion
        {
            Assertion = (await FirstLeg()).AccessToken,
            {|MPOP4003:TokenBindingCertificate|} = (await FirstLeg()).BindingCertificate,
        };
        """,
        """
        var (a, b) = (await FirstLeg(), await FirstLeg());
        return new ClientSignedAssertion { Assertion = a.AccessToken, {|MPOP4003:TokenBindingCertificate|} = b.BindingCertificate };
        """));

    [Fact]
    public Task A_token_or_certificate_that_comes_by_a_variable_is_followed() => Rule.Reports(Cases.Of(
        InType,
        """
        var a = await FirstLeg();
        var certificate = (await FirstLeg()).BindingCertificate ?? throw new InvalidOperationException();
        return new ClientSignedAssertion { Assertion = a.AccessToken, {|MPOP4003:TokenBindingCertificate|} = certificate };
        """,
        """
        var token = (await FirstLeg()).AccessToken;
        var b = await FirstLeg();
        return new ClientSignedAssertion { Assertion = token, {|MPOP4003:TokenBindingCertificate|} = b.BindingCertificate! };
        """));

    [Fact]
    public Task Token_and_certificate_of_one_result_are_silent() => Rule.IsSilent(Cases.Of(
        InType,
        """
        var a = await FirstLeg();
        return new ClientSignedAssertion { Assertion = a.AccessToken, TokenBindingCertificate = a.BindingCertificate };
        """,
        """
        var a = await FirstLeg();
        var b = a;
        return new ClientSignedAssertion { Assertion = a.AccessToken, TokenBindingCertificate = b.BindingCertificate };
        """,
        """
        for (var i = 0; ; i++)
        {
            try
            {
                var a = await FirstLeg();
                return new ClientSignedAssertion { Assertion = a.AccessToken, TokenBindingCertificate = a.BindingCertificate };
            }
            catch (MsalException) when (i < 3) { }
        }
        """,
        """
        var task = FirstLeg();
        return new ClientSignedAssertion
        {
            Assertion = (await task).AccessToken,
            TokenBindingCertificate = (await task).BindingCertificate,
        };
        """));

    [Fact]
    public Task One_of_several_results_that_may_be_the_same_is_silent() => Rule.IsSilent(Cases.Of(
        InType,
        """
        var a = await FirstLeg();
        if (flag) a = await FirstLeg();
        return new ClientSignedAssertion { Assertion = a.AccessToken, TokenBindingCertificate = a.BindingCertificate };
        """,
        """
        var a = await FirstLeg();
        var b = await FirstLeg();
        var chosen = flag ? a : b;
        return new ClientSignedAssertion { Assertion = chosen.AccessToken, TokenBindingCertificate = chosen.BindingCertificate };
        """,
        """
        var a = await FirstLeg();
        var b = await FirstLeg();
        return new ClientSignedAssertion { Assertion = a.AccessToken, TokenBindingCertificate = (flag ? a : b).BindingCertificate };
        """,
        """
        var lazy = new Lazy<Task<AuthenticationResult>>(() => FirstLeg());
        return new ClientSignedAssertion
        {
            Assertion = (await lazy.Value).AccessToken,
            TokenBindingCertificate = (await lazy.Value).BindingCertificate,
        };
        """,
        """
        return new ClientSignedAssertion
        {
            Assertion = (await Held()).AccessToken,
            TokenBindingCertificate = (await Held()).BindingCertificate,
        };
        """));

    [Fact]
    public Task A_result_from_elsewhere_and_an_assertion_without_a_certificate_are_silent() => Rule.IsSilent(Cases.Of(
        InType,
        """
        var a = await FirstLeg();
        return new ClientSignedAssertion { Assertion = a.AccessToken, TokenBindingCertificate = given.BindingCertificate };
        """,
        """
        await Task.Yield();
        return new ClientSignedAssertion { Assertion = given.AccessToken, TokenBindingCertificate = other.BindingCertificate };
        """,
        """
        var a = await FirstLeg();
        return new ClientSignedAssertion { Assertion = a.AccessToken };
        """));

    [Fact]
    public Task The_fix_takes_the_certificate_from_the_assertions_result() => Rule.Fixes(
        InType(
            """
            var a = await FirstLeg();
                    var b = await FirstLeg();
                    if (flag)
                        return new() { Assertion = a.AccessToken, {|MPOP4003:TokenBindingCertificate|} = b.BindingCertificate /* its own */ };
                    var assertion = new ClientSignedAssertion();
                    assertion.Assertion = a.AccessToken;
                    assertion.{|MPOP4003:TokenBindingCertificate|} = b.BindingCertificate ?? throw new InvalidOperationException("unbound"); // checked
                    if (given is null)
                        return assertion;
                    return new()
                    {
                        Assertion = (await FirstLeg()).AccessToken,
                        {|MPOP4003:TokenBindingCertificate|} = (await FirstLeg()).BindingCertificate,
                    };
            """),
        InType(
            """
            var a = await FirstLeg();
                    var b = await FirstLeg();
                    if (flag)
                        return new() { Assertion = a.AccessToken, TokenBindingCertificate = a.BindingCertificate /* its own */ };
                    var assertion = new ClientSignedAssertion();
                    assertion.Assertion = a.AccessToken;
                    assertion.TokenBindingCertificate = a.BindingCertificate ?? throw new InvalidOperationException("unbound"); // checked
                    if (given is null)
                        return assertion;
                    var firstLeg = await FirstLeg();
                    return new()
                    {
                        Assertion = firstLeg.AccessToken,
                        TokenBindingCertificate = firstLeg.BindingCertificate,
                    };
            """));

    [Theory]
    [InlineData(
        """
        var token = (await FirstLeg()).AccessToken;
        var b = await FirstLeg();
        return new ClientSignedAssertion { Assertion = token, {|MPOP4003:TokenBindingCertificate|} = b.BindingCertificate };
        """)]
    public Task No_fix_is_offered_where_the_assertions_result_has_no_name(string body) => Rule.ReportsWithoutFix(InType(body));

    [Theory]
    [InlineData(
        """
        var a = await FirstLeg();
        var b = await FirstLeg();
        return new ClientSignedAssertion { Assertion = a.AccessToken, TokenBindingCertificate = b.{|CS1061:Certificate|} };
        """)]
    [InlineData(
        """
        var a = await FirstLeg();
        var b = await FirstLeg();
        return new ClientSignedAssertion { Assertion = a.AccessToken, TokenBindingCertificate = b.BindingCertificate }{|CS1002:|}
        """)]
    public Task Broken_code_is_silent(string body) => Rule.IsSilent(InType(body));

    private static string InType(string body) =>
        $$"""
        class C
        {
            private AuthenticationResult? _held;

            async Task<ClientSignedAssertion> Provide(IManagedIdentityApplication identity, bool flag, AuthenticationResult given, AuthenticationResult other)
            {
                {{body}}
                Task<AuthenticationResult> FirstLeg() =>
                    identity.AcquireTokenForManagedIdentity(resource: "api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync();
                async Task<AuthenticationResult> Held() => _held ??= await FirstLeg();
            }
        }
        """;
}
