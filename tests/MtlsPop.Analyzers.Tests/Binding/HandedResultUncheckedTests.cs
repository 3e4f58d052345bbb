using MtlsPop.Analyzers.Binding;
using MtlsPop.CodeFixes.Binding;

namespace MtlsPop.Analyzers.Tests.Binding;

public sealed class HandedResultUncheckedTests
{
    private static readonly Verify<BindingAnalyzer, HandedResultUncheckedFix> Rule = new("MPOP3010");

    private const string ThrowUnbound = "throw new InvalidOperationException(\"The token is not bound to a certificate.\")";

    [Fact]
    public Task A_parameter_of_a_method_that_others_can_call_is_reported_at_its_first_use() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var handler = new HttpClientHandler();
        handler.ClientCertificates.Add(result.{|MPOP3010:BindingCertificate|});
        Console.WriteLine(result.BindingCertificate.Subject);
        """,
        "Console.WriteLine(result.{|MPOP3010:BindingCertificate|}!.Thumbprint);",
        """
        var certificate = result.BindingCertificate;
        Use(certificate: {|MPOP3010:certificate|});
        """,
        """
        if (result.TokenType == "mtls_pop_later")
            return;
        Use(result.{|MPOP3010:BindingCertificate|});
        """,
        """
        if (flag)
            ArgumentNullException.ThrowIfNull(result.BindingCertificate);
        else
            Use(result.{|MPOP3010:BindingCertificate|});
        """));

    [Theory]
    [InlineData("internal static")]
    [InlineData("protected")]
    [InlineData("public virtual")]
    public Task Whoever_can_call_it_from_outside_may_hand_in_what_is_not_bound(string modifiers) => Rule.Reports(InType(
        $"{modifiers} string Thumbprint(AuthenticationResult result) => result.{{|MPOP3010:BindingCertificate|}}.Thumbprint;"));

    [Fact]
    public Task A_private_helper_that_is_handed_it_on_is_reported() => Rule.Reports(InType(
        """
        public string Thumbprint(AuthenticationResult result) => Read(result);

        private static string Read(AuthenticationResult given) => given.{|MPOP3010:BindingCertificate|}.Thumbprint;
        """));

    [Fact]
    public Task A_field_that_a_constructor_sets_from_its_parameter_is_reported() => Rule.Reports(InType(
        """
        private readonly AuthenticationResult _result;

        public C(AuthenticationResult result) => _result = result ?? throw new ArgumentNullException(nameof(result));

        public string Thumbprint() => _result.{|MPOP3010:BindingCertificate|}.Thumbprint;
        """));

    [Fact]
    public Task A_parameter_of_a_primary_constructor_is_reported() => Rule.Reports(
        """
        public sealed class GraphCaller(AuthenticationResult result)
        {
            public string Thumbprint() => result.{|MPOP3010:BindingCertificate|}.Thumbprint;
        }
        """);

    [Fact]
    public Task A_check_before_the_use_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        $"""
        if (result.BindingCertificate is null)
            {ThrowUnbound};
        Use(result.BindingCertificate);
        """,
        $"var certificate = result.BindingCertificate ?? {ThrowUnbound}; Use(certificate);",
        "ArgumentNullException.ThrowIfNull(result.BindingCertificate); Use(result.BindingCertificate);",
        "if (result.BindingCertificate is { } certificate) Use(certificate);",
        "Console.WriteLine(result.BindingCertificate?.Thumbprint);",
        "Console.WriteLine(result.AccessToken);"));

    [Fact]
    public Task A_caller_in_the_type_that_checks_is_silent() => Rule.IsSilent(InType(
        $$"""
        public string Thumbprint(AuthenticationResult result)
        {
            if (result.BindingCertificate is null)
                {{ThrowUnbound}};
            return Read(result);
        }

        internal string Read(AuthenticationResult given) => given.BindingCertificate.Thumbprint;
        """));

    [Fact]
    public Task A_private_method_that_nobody_hands_one_from_outside_is_silent() => Rule.IsSilent(InType(
        """
        private string Read(AuthenticationResult given) => given.BindingCertificate.Thumbprint;
        """));

    [Fact]
    public Task A_method_of_a_private_type_is_silent() => Rule.IsSilent(InType(
        """
        private sealed class Inner
        {
            public string Read(AuthenticationResult given) => given.BindingCertificate.Thumbprint;
        }
        """));

    [Fact]
    public Task A_constructor_that_checks_is_silent() => Rule.IsSilent(InType(
        $$"""
        private readonly AuthenticationResult _result;

        public C(AuthenticationResult result)
        {
            _result = result;
            if (result.BindingCertificate is null)
                {{ThrowUnbound}};
        }

        public string Thumbprint() => _result.BindingCertificate.Thumbprint;
        """));

    [Fact]
    public Task A_method_of_the_type_that_checks_the_field_is_silent() => Rule.IsSilent(InType(
        $$"""
        private readonly AuthenticationResult _result;

        public C(AuthenticationResult result) => _result = result;

        public void EnsureBound()
        {
            if (_result.BindingCertificate is null)
                {{ThrowUnbound}};
        }

        public string Thumbprint() => _result.BindingCertificate.Thumbprint;
        """));

    [Fact]
    public Task A_result_that_the_method_acquires_or_the_type_puts_into_its_field_is_not_handed_in() => Rule.IsSilent(InType(
        """
        private AuthenticationResult _result;

        public async Task<string> M(IManagedIdentityApplication app)
        {
            var result = await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
            _result = result;
            return result.BindingCertificate.Thumbprint;
        }

        public string Thumbprint() => _result.BindingCertificate.Thumbprint;
        """));

    [Fact]
    public Task A_parameter_that_the_method_gives_back_is_silent() => Rule.IsSilent(InType(
        "public string Thumbprint(ref AuthenticationResult result) => result.BindingCertificate.Thumbprint;"));

    [Fact]
    public Task The_fix_throws_before_the_statement_and_keeps_comments() => Rule.Fixes(
        """
        public class C
        {
            public void M(AuthenticationResult result)
            {
                // The certificate of the token.
                Use(certificate: result.{|MPOP3010:BindingCertificate|}); // first
                Use(result.BindingCertificate);
            }

            private static void Use(X509Certificate2 certificate) { }
        }
        """,
        $$"""
        public class C
        {
            public void M(AuthenticationResult result)
            {
                // The certificate of the token.
                if (result.BindingCertificate is null)
                    {{ThrowUnbound}};
                Use(certificate: result.BindingCertificate); // first
                Use(result.BindingCertificate);
            }

            private static void Use(X509Certificate2 certificate) { }
        }
        """);

    [Fact]
    public Task Where_no_statement_can_stand_before_it_the_fix_throws_in_place() => Rule.Fixes(
        InType("public string Thumbprint(AuthenticationResult result) => result.{|MPOP3010:BindingCertificate|}.Thumbprint;"),
        InType($"public string Thumbprint(AuthenticationResult result) => (result.BindingCertificate ?? {ThrowUnbound}).Thumbprint;"));

    [Fact]
    public Task Where_the_runtime_is_referenced_the_certificate_can_be_required_by_its_call()
    {
        var rule = Rule with { Sample = new() { ReferencesRuntime = true }, Action = "MPOP3010.Runtime" };
        var before = InType("public string Thumbprint(AuthenticationResult result) => result.{|MPOP3010:BindingCertificate|}.Thumbprint;");
        var after = InType("public string Thumbprint(AuthenticationResult result) => result.RequireBinding().Thumbprint;");
        return rule.Fixes(before, "using MtlsPop;\n\n" + after);
    }

    [Fact]
    public Task Broken_code_is_unknown_and_the_rest_is_judged() => Rule.Reports(Cases.Of(
        InMethod,
        "Use({|CS0103:missing|}); Use(result.{|MPOP3010:BindingCertificate|});",
        "{|CS0103:Check|}(result); Use(result.BindingCertificate);"));

    private static string InMethod(string body) => InType(
        $$"""
        public void M(AuthenticationResult result, bool flag)
            {
                {{body}}
            }

            private static void Use(X509Certificate2 certificate) { }
        """);

    private static string InType(string members) =>
        $$"""
        public class C
        {
            {{members}}
        }
        """;
}
