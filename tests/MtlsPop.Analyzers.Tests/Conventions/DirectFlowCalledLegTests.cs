using MtlsPop.Analyzers.Conventions;
using MtlsPop.CodeFixes.Conventions;

namespace MtlsPop.Analyzers.Tests.Conventions;

public sealed class DirectFlowCalledLegTests
{
    private static readonly Verify<ConventionsAnalyzer, DirectFlowCalledLegFix> Rule = new("MPOP5007");

    [Theory]
    [InlineData("{|MPOP5007:leg|}", "leg", "result")]
    [InlineData("{|MPOP5007:Leg1|}", "Leg1", "Result")]
    [InlineData("{|MPOP5007:leg_one|}", "leg_one", "result")]
    [InlineData("{|MPOP5007:firstLeg|}", "firstLeg", "result")]
    [InlineData("{|MPOP5007:leg1Token|}", "leg1Token", "token")]
    [InlineData("{|MPOP5007:first_leg_token|}", "first_leg_token", "token")]
    [InlineData("{|MPOP5007:graphLegResult|}", "graphLegResult", "graphResult")]
    [InlineData("{|MPOP5007:legResource|}", "legResource", "directResource")]
    public Task A_variable_that_is_called_a_leg_is_renamed_everywhere(string declared, string name, string renamed) => Rule.Fixes(
        InMethod(
            $$"""
            var {{declared}} = await app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
            Console.WriteLine({{name}}.AccessToken + {{name}});
            """),
        InMethod(
            $$"""
            var {{renamed}} = await app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
            Console.WriteLine({{renamed}}.AccessToken + {{renamed}});
            """));

    [Theory]
    [InlineData("// {|MPOP5007:Leg 1|}: the token.", "// Direct acquisition: the token.")]
    [InlineData("// the {|MPOP5007:first leg|}'s token", "// the direct acquisition's token")]
    [InlineData("// {|MPOP5007:leg_one|}, then no {|MPOP5007:legs|} more", "// direct acquisition, then no direct acquisitions more")]
    [InlineData("/* a {|MPOP5007:two-leg|} flow */", "/* a direct flow */")]
    [InlineData("// fills {|MPOP5007:leg1Result|}", "// fills result")]
    public Task A_comment_that_speaks_of_legs_is_reworded(string before, string after) => Rule.Fixes(WithComment(before), WithComment(after));

    [Fact]
    public Task Methods_fields_and_their_comments_are_renamed_over_several_documents() => (Rule with { Sample = new() { FixAllIterations = 1 } }).Fixes(
        [
            """
            public class Tokens
            {
                private readonly IManagedIdentityApplication {|MPOP5007:_leg1App|} =
                    ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

                /// <summary>Acquires the {|MPOP5007:leg|}.</summary>
                public async Task<string> {|MPOP5007:AcquireLegOneAsync|}()
                {
                    var {|MPOP5007:legResult|} = await _leg1App.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync();
                    return legResult.AccessToken;
                }

                public async Task {|MPOP5007:Leg1Async|}() => await _leg1App.AcquireTokenForManagedIdentity("b").WithMtlsProofOfPossession().ExecuteAsync();
            }
            """,
            """
            class Caller
            {
                public Task M(Tokens tokens) => Task.WhenAll(tokens.AcquireLegOneAsync(), tokens.Leg1Async());
            }
            """,
        ],
        [
            """
            public class Tokens
            {
                private readonly IManagedIdentityApplication _app =
                    ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

                /// <summary>Acquires the direct acquisition.</summary>
                public async Task<string> AcquireAsync()
                {
                    var result = await _app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync();
                    return result.AccessToken;
                }

                public async Task AcquireTokenAsync() => await _app.AcquireTokenForManagedIdentity("b").WithMtlsProofOfPossession().ExecuteAsync();
            }
            """,
            """
            class Caller
            {
                public Task M(Tokens tokens) => Task.WhenAll(tokens.AcquireAsync(), tokens.AcquireTokenAsync());
            }
            """,
        ]);

    [Fact]
    public Task Beside_a_request_of_which_nothing_is_known_a_direct_one_is_reported_and_what_they_share_is_not() => Rule.Reports(
        """
        class C
        {
            private readonly IManagedIdentityApplication _legApp = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

            async Task M(string resource)
            {
                var {|MPOP5007:leg1|} = await _legApp.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync();
                var perhaps = await _legApp.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """);

    [Fact]
    public Task A_word_that_only_contains_leg_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var legacy = await app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync();
        """,
        """
        // The delegate of a college, legally elegant.
        var result = await app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync();
        """));

    [Fact]
    public Task A_leg_of_an_exchange_or_what_may_be_one_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var leg1 = await app
            .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
            .WithMtlsProofOfPossession()
            .ExecuteAsync();
        """,
        "var leg1 = await app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync();",
        """
        var leg1 = await app.AcquireTokenForManagedIdentity("a").ExecuteAsync();
        """,
        """
        var leg1 = await app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync();
        var assertion = new ClientSignedAssertion { Assertion = leg1.AccessToken };
        """));

    [Fact]
    public Task A_leg_of_something_else_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var leg = "Seattle to Oslo";
        var result = await app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync();
        """,
        """
        // The next leg of the trip.
        var leg = 1;
        var result = await app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync();
        """,
        """
        var result = await app.AcquireTokenForManagedIdentity("leg").WithMtlsProofOfPossession().ExecuteAsync();
        """));

    [Theory]
    [InlineData("var leg1 = await app.AcquireTokenForManagedIdentity(\"a\").WithMtlsProofOfPossession().ExecuteAsync(){|CS1002:|}")]
    [InlineData("var leg1 = await app.AcquireTokenForManagedIdentity(\"a\").WithMtlsProofOfPossession().ExecuteAsync({|CS0103:unknown|});")]
    public Task Broken_code_is_silent(string body) => Rule.IsSilent(InMethod(body));

    private static string WithComment(string comment) => InMethod(
        $"""
        {comment}
                var result = await app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync();
        """);

    private static string InMethod(string body) =>
        $$"""
        class C
        {
            async Task M(IManagedIdentityApplication app, string resource)
            {
                {{body}}
            }
        }
        """;
}
