using MtlsPop.Analyzers.Binding;
using MtlsPop.CodeFixes.Binding;

namespace MtlsPop.Analyzers.Tests.Binding;

public sealed class BindingCertificateDisposedTests
{
    private static readonly Verify<BindingAnalyzer, BindingCertificateDisposedFix> Rule = new("MPOP3005");

    [Theory]
    [InlineData("{|MPOP3005:using|} var certificate = result.BindingCertificate; Use(certificate);")]
    [InlineData("{|MPOP3005:using|} X509Certificate2? certificate = result?.BindingCertificate; Use(certificate);")]
    [InlineData("{|MPOP3005:using|} (var certificate = result.BindingCertificate) { Use(certificate); }")]
    [InlineData("{|MPOP3005:using|} (result.BindingCertificate) { Use(result.BindingCertificate); }")]
    [InlineData("var certificate = result.BindingCertificate; {|MPOP3005:using|} (certificate) Use(certificate);")]
    [InlineData("{|MPOP3005:using|} var certificate = result.BindingCertificate ?? throw new InvalidOperationException(); Use(certificate);")]
    [InlineData("result.BindingCertificate.{|MPOP3005:Dispose|}();")]
    [InlineData("result.BindingCertificate?.{|MPOP3005:Dispose|}();")]
    [InlineData("result.BindingCertificate!.{|MPOP3005:Reset|}();")]
    [InlineData("((IDisposable)result.BindingCertificate).{|MPOP3005:Dispose|}();")]
    [InlineData("var certificate = result.BindingCertificate; try { Use(certificate); } finally { certificate.{|MPOP3005:Dispose|}(); }")]
    [InlineData("X509Certificate2? certificate = null; try { certificate = result.BindingCertificate; Use(certificate); } finally { certificate?.{|MPOP3005:Dispose|}(); }")]
    [InlineData("var (certificate, token) = (result.BindingCertificate, result.AccessToken); certificate.{|MPOP3005:Dispose|}();")]
    [InlineData("var pair = (Certificate: result.BindingCertificate, Token: result.AccessToken); pair.Certificate.{|MPOP3005:Dispose|}();")]
    [InlineData("if (result is { BindingCertificate: { } certificate }) { Use(certificate); certificate.{|MPOP3005:Dispose|}(); }")]
    [InlineData("if (result.BindingCertificate is X509Certificate2 certificate) {|MPOP3005:using|} (certificate) Use(certificate);")]
    [InlineData("void Close(X509Certificate2 certificate) => certificate.{|MPOP3005:Dispose|}(); Close(result.BindingCertificate);")]
    [InlineData("void Close(AuthenticationResult acquired) { acquired.BindingCertificate?.{|MPOP3005:Dispose|}(); } Close(result);")]
    [InlineData("Action close = () => result.BindingCertificate.{|MPOP3005:Dispose|}(); close();")]
    [InlineData("IDisposable disposable = result.BindingCertificate; disposable.{|MPOP3005:Dispose|}();")]
    [InlineData("{|MPOP3005:using|} var certificate = received.BindingCertificate; Use(certificate);")]
    [InlineData("{|MPOP3005:using|} var certificate = (await pending).BindingCertificate; Use(certificate);")]
    public Task The_end_of_a_binding_certificate_is_reported(string use) => Rule.Reports(InMethod(use));

    [Theory]
    [InlineData("var certificate = result.BindingCertificate; Use(certificate);")]
    [InlineData("using var certificate = new X509Certificate2(\"test.pfx\"); Use(certificate);")]
    [InlineData("using var certificate = Load(); Use(certificate);")]
    [InlineData("using (var certificate = own) Use(certificate);")]
    [InlineData("using var copy = new X509Certificate2(result.BindingCertificate); Use(copy);")]
    [InlineData("using var copy = new X509Certificate2(result.BindingCertificate.RawData); Use(copy);")]
    [InlineData("using var certificate = flag ? result.BindingCertificate : Load(); Use(certificate);")]
    [InlineData("var certificate = flag ? own : result.BindingCertificate; Use(certificate); if (flag) certificate.Dispose();")]
    [InlineData("var certificate = flag ? Load() : result.BindingCertificate; Use(certificate); if (flag) certificate.Dispose();")]
    [InlineData("var certificate = result.BindingCertificate; Use(certificate); certificate = Load(); certificate.Dispose();")]
    [InlineData("using var certificate = new AuthenticationResult(\"t\", false, \"\", DateTimeOffset.Now, DateTimeOffset.Now, \"\", null, \"\", null, Guid.Empty) { BindingCertificate = Load() }.BindingCertificate; Use(certificate);")]
    [InlineData("var doubled = new AuthenticationResult(\"t\", false, \"\", DateTimeOffset.Now, DateTimeOffset.Now, \"\", null, \"\", null, Guid.Empty); doubled.BindingCertificate = Load(); doubled.BindingCertificate.Dispose();")]
    [InlineData("using var certificate = other.BindingCertificate; Use(certificate);")]
    [InlineData("using var certificate = plain.BindingCertificate; Use(certificate);")]
    [InlineData("using var handler = new HttpClientHandler(); handler.ClientCertificates.Add(result.BindingCertificate);")]
    [InlineData("using var chain = new X509Chain(); chain.Build(result.BindingCertificate);")]
    [InlineData("using var stream = new System.IO.MemoryStream(result.BindingCertificate.RawData);")]
    [InlineData("// result.BindingCertificate.Dispose();")]
    [InlineData("var name = nameof(result.BindingCertificate.Dispose);")]
    public Task A_certificate_that_is_used_or_that_is_not_surely_the_binding_one_is_silent(string use) => Rule.IsSilent(InMethod(use));

    [Fact]
    public Task A_field_that_holds_it_is_reported_where_the_type_disposes_it() => Rule.Reports(
        """
        sealed class ResourceCaller : IDisposable
        {
            private readonly X509Certificate2 _certificate;

            public ResourceCaller(AuthenticationResult result) => _certificate = result.BindingCertificate ?? throw new ArgumentException("Not bound.");

            public void Dispose() => _certificate.{|MPOP3005:Dispose|}();
        }
        """);

    [Fact]
    public Task A_field_that_other_code_can_fill_is_silent() => Rule.IsSilent(
        """
        sealed class ResourceCaller : IDisposable
        {
            private readonly X509Certificate2 _certificate;

            public ResourceCaller(AuthenticationResult result) => _certificate = result.BindingCertificate;

            public ResourceCaller(X509Certificate2 own) => _certificate = own;

            public void Dispose() => _certificate.Dispose();
        }
        """);

    [Theory]
    [InlineData("result.BindingCertificate.Dispose(){|CS1002:|}")]
    [InlineData("result.BindingCertificate.Dispose({|CS0103:unknown|});")]
    [InlineData("{|CS8417:await using var certificate = result.BindingCertificate;|}")]
    public Task Broken_code_is_silent(string use) => Rule.IsSilent(InMethod(use));

    [Theory]
    [InlineData("{|MPOP3005:using|} var certificate = result.BindingCertificate;", "var certificate = result.BindingCertificate;")]
    [InlineData("/* the */ {|MPOP3005:using|} /* certificate */ X509Certificate2 certificate = result.BindingCertificate; // kept", "/* the */ /* certificate */ X509Certificate2 certificate = result.BindingCertificate; // kept")]
    [InlineData("{|MPOP3005:using|} (result.BindingCertificate) { Use(result.BindingCertificate); } // done", "{ Use(result.BindingCertificate); } // done")]
    [InlineData("Use(null);\n        result.BindingCertificate.{|MPOP3005:Dispose|}();\n        Use(null);", "Use(null);\n        Use(null);")]
    [InlineData("if (result.BindingCertificate is not null)\n            result.BindingCertificate.{|MPOP3005:Dispose|}();\n        Use(null);", "Use(null);")]
    [InlineData("{|MPOP3005:using|} (result.BindingCertificate) // ours\n        {\n            Use(null);\n        }", "// ours\n        Use(null);")]
    [InlineData("if (flag) result.BindingCertificate?.{|MPOP3005:Dispose|}();", "if (flag) { }")]
    [InlineData("Action close = () => result.BindingCertificate.{|MPOP3005:Dispose|}();", "Action close = () => { };")]
    [InlineData("try { Use(null); } finally { result.BindingCertificate?.{|MPOP3005:Dispose|}(); }", "Use(null);")]
    [InlineData("try { Use(null); } finally { result.BindingCertificate?.{|MPOP3005:Dispose|}(); Use(null); }", "try { Use(null); } finally { Use(null); }")]
    [InlineData("try { Use(null); } catch (MsalException) { } finally { result.BindingCertificate?.{|MPOP3005:Dispose|}(); }", "try { Use(null); } catch (MsalException) { }")]
    public Task The_fix_takes_the_disposal_out(string before, string after) => Rule.Fixes(InMethod(before), InMethod(after));

    [Fact]
    public Task Three_in_one_method_are_fixed_together_with_their_comments_kept() => Rule.Fixes(
        InMethod(
            """
            // ours?
                    {|MPOP3005:using|} (var certificate = result.BindingCertificate) // or theirs?
                    {
                        Use(certificate);

                        // Not needed any more.
                        result.BindingCertificate.{|MPOP3005:Dispose|}(); // really
                        Use(null);
                    }

                    received.BindingCertificate?.{|MPOP3005:Dispose|}();
                    Use(null);
            """),
        InMethod(
            """
            // ours?
                    var certificate = result.BindingCertificate; // or theirs?
                    Use(certificate);

                    // Not needed any more.
                    // really
                    Use(null);
                    Use(null);
            """));

    [Theory]
    [InlineData("{|MPOP3005:using|} (var own1 = result.BindingCertificate)\n        {\n            Use(own1);\n        }\n\n        Action use = () => { var own1 = own; };", "{\n            var own1 = result.BindingCertificate;\n            Use(own1);\n        }\n\n        Action use = () => { var own1 = own; };")]
    [InlineData("{|MPOP3005:using|} (result.BindingCertificate)\n        {\n            using var loaded = Load();\n        }\n\n        Use(null);", "{\n            using var loaded = Load();\n        }\n\n        Use(null);")]
    [InlineData("{|MPOP3005:using|} (result.BindingCertificate)\n        {\n            Use(null);\n            // done\n        }", "{\n            Use(null);\n            // done\n        }")]
    [InlineData("if (flag)\n            {|MPOP3005:using|} (result.BindingCertificate)\n            {\n                Use(null);\n            }", "if (flag)\n            {\n                Use(null);\n            }")]
    public Task The_block_stays_where_its_variables_live_or_something_is_said_at_its_end(string before, string after) => Rule.Fixes(InMethod(before), InMethod(after));

    [Fact]
    public Task The_fix_keeps_the_lines_of_a_statement_in_their_places() => Rule.Fixes(
        InMethod(
            """
            {|MPOP3005:using|} (var certificate = result.BindingCertificate)
                    {
                        // first
                        if (flag)
                            Use(certificate);

                        Console.WriteLine(
                            certificate
                                .Subject);
                    }

                    Use(own);
            """),
        InMethod(
            """
            var certificate = result.BindingCertificate;
                    // first
                    if (flag)
                        Use(certificate);

                    Console.WriteLine(
                        certificate
                            .Subject);

                    Use(own);
            """));

    [Fact]
    public Task The_fix_leaves_a_method_that_did_nothing_else_empty() => Rule.Fixes(
        """
        sealed class ResourceCaller(AuthenticationResult result) : IDisposable
        {
            public void Dispose() => result.BindingCertificate?.{|MPOP3005:Dispose|}(); // ours
        }
        """,
        """
        sealed class ResourceCaller(AuthenticationResult result) : IDisposable
        {
            public void Dispose() { } // ours
        }
        """);

    [Fact]
    public Task The_fix_takes_one_using_out_of_several_without_a_block_and_writes_each_comment_once() => Rule.Fixes(
        Tabbed("""
                // The certificate.
                {|MPOP3005:using|} (var certificate = result.BindingCertificate) // not ours
                using (var copy = new System.IO.MemoryStream()) // ours
                {
                    Use(certificate);
                }

                {|MPOP3005:using|} (var shown = result.BindingCertificate)
                    Use(
                        shown); // shown

                if (flag)
                    {|MPOP3005:using|} (var again = result.BindingCertificate)
                        Use(again); // again
        """),
        Tabbed("""
                // The certificate.
                var certificate = result.BindingCertificate; // not ours
                using (var copy = new System.IO.MemoryStream()) // ours
                {
                    Use(certificate);
                }

                var shown = result.BindingCertificate;
                Use(
                    shown); // shown

                if (flag)
                {
                    var again = result.BindingCertificate;
                    Use(again); // again
                }
        """));

    private static string Tabbed(string statements) =>
        ("""
        class C
        {
            static void M(AuthenticationResult result, bool flag)
            {

        """ + statements.Replace("\n        ", "\n", StringComparison.Ordinal)[8..] +
        """

            }

            static void Use(X509Certificate2? certificate) { }
        }
        """).Replace("    ", "\t", StringComparison.Ordinal).ReplaceLineEndings("\r\n");

    [Theory]
    [InlineData("(await Acquire()).BindingCertificate.{|MPOP3005:Dispose|}();")]
    public Task Where_more_than_the_disposal_would_go_no_fix_is_offered(string use) => Rule.ReportsWithoutFix(InMethod(use));

    private static string InMethod(string use) =>
        $$"""
        class C
        {
            async Task M(IConfidentialClientApplication app, AuthenticationResult received, Task<AuthenticationResult> pending, Held other, X509Certificate2 own, string[] scopes, bool flag)
            {
                var result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                var plain = await app.AcquireTokenForClient(scopes).ExecuteAsync();
                {{use}}

                async Task<AuthenticationResult> Acquire() => await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }

            protected virtual X509Certificate2 Load() => new("c.pfx");
            protected virtual void Use(X509Certificate2? certificate) { }
        }

        record Held(X509Certificate2 BindingCertificate);
        """;
}
