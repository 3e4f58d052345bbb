using MtlsPop.Analyzers.Applications;
using MtlsPop.CodeFixes.Applications;

namespace MtlsPop.Analyzers.Tests.Applications;

public sealed class ExperimentalAssertionTests
{
    private static readonly Verify<ApplicationsAnalyzer, ExperimentalAssertionFix> Rule = new("MPOP2007") { Sample = new() { Msal = "4.83.1" } };

    [Fact]
    public Task A_call_before_experimental_features_are_on_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        "Builder.{|MPOP2007:WithClientAssertion|}((options, cancellation) => Task.FromResult(assertion)).Build();",
        """
        Builder.{|MPOP2007:WithClientAssertion|}(clientSignedAssertionProvider: async (options, cancellation) =>
        {
            await Task.Yield();
            return assertion;
        }).Build();
        """,
        "Builder.{|MPOP2007:WithClientAssertion|}(Provide).Build();",
        """
        var builder = Builder;
        if (flag) builder.{|MPOP2007:WithClientAssertion|}(Provide);
        builder.Build();
        """,
        "Builder.{|MPOP2007:WithClientAssertion|}(Provide).WithExperimentalFeatures().Build();",
        "Builder.WithExperimentalFeatures(false).{|MPOP2007:WithClientAssertion|}(Provide).Build();"));

    [Theory]
    [InlineData("Builder.WithExperimentalFeatures().WithClientAssertion(Provide).Build();")]
    [InlineData("Builder.WithExperimentalFeatures(true).WithTenantId(\"t\").WithClientAssertion(Provide).Build();")]
    [InlineData("Builder.WithExperimentalFeatures(flag).WithClientAssertion(Provide).Build();")]
    [InlineData("var builder = Builder; builder.WithExperimentalFeatures(); builder.WithClientAssertion(Provide).Build();")]
    [InlineData("var builder = Builder; if (flag) builder.WithExperimentalFeatures(); builder.WithClientAssertion(Provide).Build();")]
    [InlineData("var builder = Builder; configure(builder); builder.WithClientAssertion(Provide).Build();")]
    [InlineData("given.WithClientAssertion(Provide).Build();")]
    [InlineData("Builder.WithClientAssertion((AssertionRequestOptions options) => Task.FromResult(\"text\")).Build();")]
    [InlineData("Builder.WithClientAssertion(() => \"text\").Build();")]
    [InlineData("// Builder.WithClientAssertion(Provide).Build();")]
    public Task A_call_that_is_allowed_or_may_be_is_silent(string body) => Rule.IsSilent(InMethod(body));

    [Theory]
    [InlineData("4.80.0", true)]
    [InlineData("4.83.1", true)]
    [InlineData("4.84.2", false)]
    [InlineData("4.92.0", false)]
    public Task The_overload_is_experimental_until_4_84_0(string msal, bool reported)
    {
        var rule = Rule with { Sample = new() { Msal = msal } };
        return reported
            ? rule.Reports(InMethod("Builder.{|MPOP2007:WithClientAssertion|}(Provide).Build();"))
            : rule.IsSilent(InMethod("Builder.WithClientAssertion(Provide).Build();"));
    }

    [Fact]
    public Task Broken_code_is_unknown_and_the_rest_is_judged() => Rule.Reports(InMethod("Builder.{|MPOP2007:WithClientAssertion|}(Provide).WithTenantId({|CS0103:unknown|}).Build();"));

    [Fact]
    public Task The_fix_turns_them_on_before_and_keeps_comments() => Rule.Fixes(
        [
            InMethod("""
                Builder
                            .WithTenantId("t") // the tenant
                            .{|MPOP2007:WithClientAssertion|}(Provide)
                            .Build();
                        Builder.{|MPOP2007:WithClientAssertion|}(/* the first leg */ Provide).Build();
                        given = Builder;
                        given.{|MPOP2007:WithClientAssertion|}(Provide); // bound
                """),
            InMethod("given = Builder; given.{|MPOP2007:WithClientAssertion|}(Provide).Build();").Replace("class C", "class D", StringComparison.Ordinal),
        ],
        [
            InMethod("""
                Builder
                            .WithTenantId("t") // the tenant
                            .WithExperimentalFeatures()
                            .WithClientAssertion(Provide)
                            .Build();
                        Builder.WithExperimentalFeatures().WithClientAssertion(/* the first leg */ Provide).Build();
                        given = Builder;
                        given.WithExperimentalFeatures().WithClientAssertion(Provide); // bound
                """),
            InMethod("given = Builder; given.WithExperimentalFeatures().WithClientAssertion(Provide).Build();")
                .Replace("class C", "class D", StringComparison.Ordinal),
        ]);

    private static string InMethod(string body) =>
        $$"""
        class C
        {
            private static ConfidentialClientApplicationBuilder Builder => ConfidentialClientApplicationBuilder.Create("id");

            void M(
                ClientSignedAssertion assertion,
                ConfidentialClientApplicationBuilder given,
                Action<ConfidentialClientApplicationBuilder> configure,
                bool flag)
            {
                {{body}}
            }

            static Task<ClientSignedAssertion> Provide(AssertionRequestOptions options, CancellationToken cancellation) => throw new NotSupportedException();
        }
        """;
}
