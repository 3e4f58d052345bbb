using MtlsPop.Analyzers.Binding;
using MtlsPop.CodeFixes.Binding;

namespace MtlsPop.Analyzers.Tests.Binding;

public sealed class PrivateKeyDisposedTests
{
    private static readonly Verify<BindingAnalyzer, PrivateKeyDisposedFix> Rule = new("MPOP3009");

    [Fact]
    public Task A_using_of_a_binding_certificate_s_key_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        {|MPOP3009:using|} var key = result.BindingCertificate.GetRSAPrivateKey();
        Use(key);
        """,
        "{|MPOP3009:using|} (var key = result.BindingCertificate.GetECDsaPrivateKey()) Use(key);",
        """
        {|MPOP3009:using|} var key = RSACertificateExtensions.GetRSAPrivateKey(
            certificate: result.BindingCertificate) ?? throw new InvalidOperationException();
        Use(key);
        """,
        """
        {|MPOP3009:using|} var key = received.BindingCertificate.GetRSAPrivateKey();
        Use(key);
        """));

    [Fact]
    public Task A_call_that_ends_a_binding_certificate_s_key_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var certificate = result.BindingCertificate;
        var key = certificate.GetRSAPrivateKey();
        try { Use(key); }
        finally { key?.{|MPOP3009:Dispose|}(); }
        """,
        "result.BindingCertificate.PrivateKey.{|MPOP3009:Dispose|}();"));

    [Fact]
    public Task A_key_that_a_function_of_the_method_ends_is_reported() => Rule.Reports(InMethod(
        """
        void Sign(X509Certificate2 certificate)
        {
            {|MPOP3009:using|} var key = certificate.GetRSAPrivateKey();
            Use(key);
        }

        Sign(result.BindingCertificate);
        """));

    [Theory]
    [InlineData("var key = result.BindingCertificate.GetRSAPrivateKey(); Use(key);")]
    [InlineData("using var key = result.BindingCertificate.GetRSAPublicKey(); Use(key);")]
    [InlineData("using var key = own.GetRSAPrivateKey(); Use(key);")]
    [InlineData("using var key = (flag ? own : result.BindingCertificate).GetRSAPrivateKey(); Use(key);")]
    [InlineData("using var key = RSA.Create(); Use(key);")]
    [InlineData("using var key = plain.BindingCertificate.GetRSAPrivateKey(); Use(key);")]
    [InlineData("result.BindingCertificate.Dispose();")]
    [InlineData("// using var key = result.BindingCertificate.GetRSAPrivateKey();")]
    public Task Keys_that_are_used_and_those_of_other_certificates_are_silent(string use) => Rule.IsSilent(InMethod(use));

    [Theory]
    [InlineData("{|MPOP3009:using|} var key = result.BindingCertificate.GetRSAPrivateKey(); Use({|CS0103:unknown|});")]
    public Task Broken_code_is_unknown_and_the_rest_is_judged(string use) => Rule.Reports(InMethod(use));

    [Theory]
    [InlineData("using var key = result.BindingCertificate.GetRSAPrivateKey(){|CS1002:|}")]
    public Task Broken_code_is_silent_in_the_statement_with_a_syntax_error(string use) => Rule.IsSilent(InMethod(use));

    [Fact]
    public Task Three_in_one_method_are_fixed_together_with_their_comments_kept() => Rule.Fixes(
        InMethod(
            """
            {|MPOP3009:using|} var first = result.BindingCertificate.GetRSAPrivateKey(); // RSA
                    {|MPOP3009:using|} (var second = result.BindingCertificate.GetECDsaPrivateKey())
                    {
                        Use(second);
                    }

                    var third = result.BindingCertificate.GetRSAPrivateKey();

                    // Done.
                    third?.{|MPOP3009:Dispose|}();
                    Use(first);
            """),
        InMethod(
            """
            var first = result.BindingCertificate.GetRSAPrivateKey(); // RSA
                    var second = result.BindingCertificate.GetECDsaPrivateKey();
                    Use(second);

                    var third = result.BindingCertificate.GetRSAPrivateKey();

                    // Done.
                    Use(first);
            """));

    private static string InMethod(string use) =>
        $$"""
        using System.Security.Cryptography;

        class C
        {
            async Task M(IConfidentialClientApplication app, AuthenticationResult received, X509Certificate2 own, string[] scopes, bool flag)
            {
                var result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                var plain = await app.AcquireTokenForClient(scopes).ExecuteAsync();
                {{use}}
            }

            protected virtual void Use(AsymmetricAlgorithm? key) { }
        }
        """;
}
