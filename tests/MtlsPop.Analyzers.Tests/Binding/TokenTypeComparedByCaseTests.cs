using MtlsPop.Analyzers.Binding;
using MtlsPop.CodeFixes.Binding;

namespace MtlsPop.Analyzers.Tests.Binding;

public sealed class TokenTypeComparedByCaseTests
{
    private static readonly Verify<BindingAnalyzer, TokenTypeComparedByCaseFix> Rule = new("MPOP3007");

    [Fact]
    public Task An_operator_that_minds_case_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        if ({|MPOP3007:result.TokenType == "mtls_pop"|}) return;
        """,
        """
        if ({|MPOP3007:"mtls_pop" != result.TokenType|}) throw new InvalidOperationException();
        """,
        "if ({|MPOP3007:result.TokenType == Bound|} && flag) return;",
        """
        if ({|MPOP3007:result.TokenType == "Bearer"|}) throw new InvalidOperationException();
        """,
        """
        var type = result.TokenType;
        if ({|MPOP3007:type == "mtls_pop"|}) return;
        """,
        """
        bool IsBound(AuthenticationResult acquired) => {|MPOP3007:acquired.TokenType == "mtls_pop"|};
        if (IsBound(result) || IsBound(plain)) return;
        """,
        """
        if ({|MPOP3007:received.TokenType == "mtls_pop"|}) return;
        """));

    [Theory]
    [InlineData("if ({|MPOP3007:result.TokenType.Equals(\"mtls_pop\")|}) return;")]
    [InlineData("if ({|MPOP3007:\"mtls_pop\".Equals(result.TokenType)|}) return;")]
    [InlineData("if ({|MPOP3007:string.Equals(result.TokenType, \"mtls_pop\")|}) return;")]
    [InlineData("if ({|MPOP3007:string.Equals(b: result.TokenType, a: \"mtls_pop\", comparisonType: StringComparison.Ordinal)|}) return;")]
    [InlineData("if ({|MPOP3007:Equals(result.TokenType, \"mtls_pop\")|}) return;")]
    public Task A_call_that_minds_case_is_reported(string test) => Rule.Reports(InMethod(test));

    [Theory]
    [InlineData("if (result.TokenType is {|MPOP3007:\"mtls_pop\"|}) return;")]
    [InlineData("if (result.TokenType is not {|MPOP3007:\"mtls_pop\"|}) return;")]
    [InlineData("if (result is { TokenType: {|MPOP3007:\"mtls_pop\"|} }) return;")]
    public Task A_pattern_minds_case_and_is_reported(string test) => Rule.Reports(InMethod(test));

    [Fact]
    public Task A_switch_minds_case_and_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        switch (result.TokenType)
        {
            case {|MPOP3007:"mtls_pop"|}: return;
            default: break;
        }
        """,
        """
        var bound = result.TokenType switch { {|MPOP3007:"mtls_pop"|} => true, _ => false };
        """,
        """
        switch (result.TokenType)
        {
            case {|MPOP3007:"mtls_pop"|}: case "MTLS_POP": return;
            case "Bearer": break;
        }
        """,
        """
        var bound = result.TokenType switch { {|MPOP3007:"mtls_pop"|} or "MTLS_POP" => 1, "Bearer" => 2, _ => 0 };
        """));

    [Theory]
    [InlineData("if (string.Equals(result.TokenType, \"mtls_pop\", StringComparison.OrdinalIgnoreCase)) return;")]
    [InlineData("if (result.TokenType.Equals(\"mtls_pop\", StringComparison.InvariantCultureIgnoreCase)) return;")]
    [InlineData("if (StringComparer.OrdinalIgnoreCase.Equals(result.TokenType, \"mtls_pop\")) return;")]
    [InlineData("if (result.TokenType.ToLowerInvariant() == \"mtls_pop\") return;")]
    public Task A_comparison_that_ignores_case_is_silent(string test) => Rule.IsSilent(InMethod(test));

    [Theory]
    [InlineData("if (result.TokenType == received.TokenType) return;")]
    [InlineData("if (result.TokenType == name) return;")]
    [InlineData("if (result.TokenType == null) return;")]
    [InlineData("if (result.TokenType is null or { Length: 0 }) return;")]
    public Task A_comparison_with_what_is_no_constant_is_silent(string test) => Rule.IsSilent(InMethod(test));

    [Fact]
    public Task A_comparison_of_the_type_of_another_token_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        if (plain.TokenType == "Bearer") return;
        """,
        """
        if (plain.TokenType == "mtls_pop") return;
        """,
        """
        if (received.TokenType == "Bearer") return;
        """,
        """
        if (received.TokenType == "pop") return;
        """,
        """
        if (other.TokenType == "mtls_pop") return;
        """,
        """
        if (
            new AuthenticationResult(
                "t",
                false,
                "",
                DateTimeOffset.Now,
                DateTimeOffset.Now,
                "",
                null,
                "",
                null,
                Guid.Empty).TokenType == "mtls_pop")
            return;
        """));

    [Theory]
    [InlineData("if (result.AccessToken == \"mtls_pop\") return;")]
    [InlineData("Console.WriteLine(result.TokenType + \"mtls_pop\");")]
    [InlineData("// if (result.TokenType == \"mtls_pop\") return;")]
    public Task What_compares_no_type_is_silent(string test) => Rule.IsSilent(InMethod(test));

    [Theory]
    [InlineData("if ({|CS0103:unknown|}({|MPOP3007:result.TokenType == \"mtls_pop\"|})) return;")]
    [InlineData("if ({|MPOP3007:result.TokenType == \"mtls_pop\"|} && {|CS0103:unknown|}) return;")]
    public Task Broken_code_is_unknown_and_the_rest_is_judged(string test) => Rule.Reports(InMethod(test));

    [Theory]
    [InlineData(
        """
        {|MPOP3007:result.TokenType == "mtls_pop"|} /* bound */
        """,
        """
        string.Equals(result.TokenType, "mtls_pop", StringComparison.OrdinalIgnoreCase) /* bound */
        """)]
    [InlineData(
        "flag && {|MPOP3007:Bound != result.TokenType|}",
        "flag && !string.Equals(Bound, result.TokenType, StringComparison.OrdinalIgnoreCase)")]
    [InlineData(
        """
        {|MPOP3007:result.TokenType.Equals("mtls_pop")|}
        """,
        """
        result.TokenType.Equals("mtls_pop", StringComparison.OrdinalIgnoreCase)
        """)]
    [InlineData(
        """
        result.TokenType?{|MPOP3007:.Equals("mtls_pop")|} == true
        """,
        """
        result.TokenType?.Equals("mtls_pop", StringComparison.OrdinalIgnoreCase) == true
        """)]
    [InlineData(
        """
        {|MPOP3007:string.Equals(result.TokenType, "mtls_pop", /* exact */ StringComparison.Ordinal)|}
        """,
        """
        string.Equals(result.TokenType, "mtls_pop", /* exact */ StringComparison.OrdinalIgnoreCase)
        """)]
    [InlineData(
        """
        {|MPOP3007:Equals(result.TokenType, "mtls_pop")|}
        """,
        """
        string.Equals(result.TokenType, "mtls_pop", StringComparison.OrdinalIgnoreCase)
        """)]
    [InlineData(
        """
        result.TokenType is {|MPOP3007:"mtls_pop"|}
        """,
        """
        string.Equals(result.TokenType, "mtls_pop", StringComparison.OrdinalIgnoreCase)
        """)]
    [InlineData(
        """
        result.TokenType is not {|MPOP3007:"mtls_pop"|}
        """,
        """
        !string.Equals(result.TokenType, "mtls_pop", StringComparison.OrdinalIgnoreCase)
        """)]
    public Task The_fix_ignores_case(string before, string after) => Rule.Fixes(InMethod($"if ({before}) return;"), InMethod($"if ({after}) return;"));

    [Fact]
    public Task Three_in_one_method_are_fixed_together() => Rule.Fixes(
        InMethod(
            """
            if ({|MPOP3007:result.TokenType == "mtls_pop"|} || {|MPOP3007:received.TokenType == "mtls_pop"|}) return;
                    flag = {|MPOP3007:result.TokenType.Equals(Bound)|};
            """),
        InMethod(
            $$"""
            if ({{IsBound("result")}} || {{IsBound("received")}}) return;
                    flag = result.TokenType.Equals(Bound, StringComparison.OrdinalIgnoreCase);
            """));

    [Fact]
    public Task The_fix_adds_the_using_that_it_needs() => (Rule with { Sample = new() { GlobalUsings = "global using Microsoft.Identity.Client;" } }).Fixes(
        """
        class C
        {
            bool IsBound(AuthenticationResult result) =>
                {|MPOP3007:result.TokenType == "mtls_pop"|} && result.BindingCertificate != null;
        }
        """,
        """
        using System;

        class C
        {
            bool IsBound(AuthenticationResult result) =>
                string.Equals(result.TokenType, "mtls_pop", StringComparison.OrdinalIgnoreCase) && result.BindingCertificate != null;
        }
        """);

    [Theory]
    [InlineData("switch (result.TokenType) { case {|MPOP3007:\"mtls_pop\"|}: return; default: break; }")]
    [InlineData("var bound = result.TokenType switch { {|MPOP3007:\"mtls_pop\"|} => true, _ => false };")]
    [InlineData("if (result is { TokenType: {|MPOP3007:\"mtls_pop\"|} }) return;")]
    public Task A_switch_and_a_property_pattern_are_not_the_fix_s_to_rewrite(string test) => Rule.ReportsWithoutFix(InMethod(test));

    private static string IsBound(string result) =>
        $"string.Equals({result}.TokenType, \"mtls_pop\", StringComparison.OrdinalIgnoreCase)";

    private static string InMethod(string test) =>
        $$"""
        class C
        {
            private const string Bound = "mtls_pop";

            async Task M(IConfidentialClientApplication app, AuthenticationResult received, Held other, string[] scopes, string name, bool flag)
            {
                var result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                var plain = await app.AcquireTokenForClient(scopes).ExecuteAsync();
                {{test}}
            }
        }

        record Held(string TokenType);
        """;
}
