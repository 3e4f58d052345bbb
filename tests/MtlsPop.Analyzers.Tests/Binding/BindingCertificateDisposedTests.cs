using MtlsPop.Analyzers.Binding;
using MtlsPop.CodeFixes.Binding;

namespace MtlsPop.Analyzers.Tests.Binding;

public sealed class BindingCertificateDisposedTests
{
    private static readonly Verify<BindingAnalyzer, BindingCertificateDisposedFix> Rule = new("MPOP3005");

    [Fact]
    public Task A_using_of_a_binding_certificate_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        {|MPOP3005:using|} var certificate = result.BindingCertificate;
        Use(certificate);
        """,
        """
        {|MPOP3005:using|} X509Certificate2? certificate = result?.BindingCertificate;
        Use(certificate);
        """,
        "{|MPOP3005:using|} (var certificate = result.BindingCertificate) { Use(certificate); }",
        "{|MPOP3005:using|} (result.BindingCertificate) { Use(result.BindingCertificate); }",
        """
        var certificate = result.BindingCertificate;
        {|MPOP3005:using|} (certificate) Use(certificate);
        """,
        """
        {|MPOP3005:using|} var certificate = result.BindingCertificate ?? throw new InvalidOperationException();
        Use(certificate);
        """,
        """
        {|MPOP3005:using|} var certificate = received.BindingCertificate;
        Use(certificate);
        """,
        """
        {|MPOP3005:using|} var certificate = (await pending).BindingCertificate;
        Use(certificate);
        """));

    [Fact]
    public Task A_direct_call_that_ends_a_binding_certificate_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        "result.BindingCertificate.{|MPOP3005:Dispose|}();",
        "result.BindingCertificate?.{|MPOP3005:Dispose|}();",
        "result.BindingCertificate!.{|MPOP3005:Reset|}();",
        "((IDisposable)result.BindingCertificate).{|MPOP3005:Dispose|}();",
        """
        var (certificate, token) = (result.BindingCertificate, result.AccessToken);
        certificate.{|MPOP3005:Dispose|}();
        """,
        """
        var pair = (Certificate: result.BindingCertificate, Token: result.AccessToken);
        pair.Certificate.{|MPOP3005:Dispose|}();
        """));

    [Fact]
    public Task A_disposal_in_a_finally_block_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var certificate = result.BindingCertificate;
        try { Use(certificate); }
        finally { certificate.{|MPOP3005:Dispose|}(); }
        """,
        """
        X509Certificate2? certificate = null;
        try
        {
            certificate = result.BindingCertificate;
            Use(certificate);
        }
        finally { certificate?.{|MPOP3005:Dispose|}(); }
        """));

    [Fact]
    public Task A_disposal_under_a_pattern_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        if (result is { BindingCertificate: { } certificate })
        {
            Use(certificate);
            certificate.{|MPOP3005:Dispose|}();
        }
        """,
        "if (result.BindingCertificate is X509Certificate2 certificate) {|MPOP3005:using|} (certificate) Use(certificate);"));

    [Fact]
    public Task A_disposal_in_a_function_that_is_given_the_certificate_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        void Close(X509Certificate2 certificate) => certificate.{|MPOP3005:Dispose|}();
        Close(result.BindingCertificate);
        """,
        """
        void Close(AuthenticationResult acquired) { acquired.BindingCertificate?.{|MPOP3005:Dispose|}(); }
        Close(result);
        """,
        """
        Action close = () => result.BindingCertificate.{|MPOP3005:Dispose|}();
        close();
        """,
        """
        IDisposable disposable = result.BindingCertificate;
        disposable.{|MPOP3005:Dispose|}();
        """));

    [Fact]
    public Task The_use_of_a_binding_certificate_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var certificate = result.BindingCertificate;
        Use(certificate);
        """,
        """
        using var handler = new HttpClientHandler();
        handler.ClientCertificates.Add(result.BindingCertificate);
        """,
        """
        using var chain = new X509Chain();
        chain.Build(result.BindingCertificate);
        """,
        "using var stream = new System.IO.MemoryStream(result.BindingCertificate.RawData);",
        "// result.BindingCertificate.Dispose();",
        "var name = nameof(result.BindingCertificate.Dispose);"));

    [Fact]
    public Task The_disposal_of_another_certificate_or_of_a_copy_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        using var certificate = new X509Certificate2("test.pfx");
        Use(certificate);
        """,
        """
        using var certificate = Load();
        Use(certificate);
        """,
        "using (var certificate = own) Use(certificate);",
        """
        using var copy = new X509Certificate2(result.BindingCertificate);
        Use(copy);
        """,
        """
        using var copy = new X509Certificate2(result.BindingCertificate.RawData);
        Use(copy);
        """));

    [Fact]
    public Task The_disposal_of_what_may_be_another_certificate_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        using var certificate = flag ? result.BindingCertificate : Load();
        Use(certificate);
        """,
        """
        var certificate = flag ? own : result.BindingCertificate;
        Use(certificate);
        if (flag) certificate.Dispose();
        """,
        """
        var certificate = flag ? Load() : result.BindingCertificate;
        Use(certificate);
        if (flag) certificate.Dispose();
        """,
        """
        var certificate = result.BindingCertificate;
        Use(certificate);
        certificate = Load();
        certificate.Dispose();
        """));

    [Fact]
    public Task The_disposal_of_the_certificate_of_a_result_that_no_bound_request_gave_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        using var certificate = new AuthenticationResult(
            "t",
            false,
            "",
            DateTimeOffset.Now,
            DateTimeOffset.Now,
            "",
            null,
            "",
            null,
            Guid.Empty) { BindingCertificate = Load() }.BindingCertificate;
        Use(certificate);
        """,
        """
        var doubled = new AuthenticationResult(
            "t",
            false,
            "",
            DateTimeOffset.Now,
            DateTimeOffset.Now,
            "",
            null,
            "",
            null,
            Guid.Empty);
        doubled.BindingCertificate = Load();
        doubled.BindingCertificate.Dispose();
        """,
        """
        using var certificate = other.BindingCertificate;
        Use(certificate);
        """,
        """
        using var certificate = plain.BindingCertificate;
        Use(certificate);
        """));

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
    [InlineData(
        "/* the */ {|MPOP3005:using|} /* certificate */ X509Certificate2 certificate = result.BindingCertificate; // kept",
        "/* the */ /* certificate */ X509Certificate2 certificate = result.BindingCertificate; // kept")]
    [InlineData(
        "{|MPOP3005:using|} (result.BindingCertificate) { Use(result.BindingCertificate); } // done",
        "{ Use(result.BindingCertificate); } // done")]
    [InlineData(
        """
        Use(null);
                result.BindingCertificate.{|MPOP3005:Dispose|}();
                Use(null);
        """,
        """
        Use(null);
                Use(null);
        """)]
    [InlineData(
        """
        if (result.BindingCertificate is not null)
                    result.BindingCertificate.{|MPOP3005:Dispose|}();
                Use(null);
        """,
        "Use(null);")]
    [InlineData(
        """
        {|MPOP3005:using|} (result.BindingCertificate) // ours
                {
                    Use(null);
                }
        """,
        """
        // ours
                Use(null);
        """)]
    [InlineData("if (flag) result.BindingCertificate?.{|MPOP3005:Dispose|}();", "if (flag) { }")]
    [InlineData("Action close = () => result.BindingCertificate.{|MPOP3005:Dispose|}();", "Action close = () => { };")]
    [InlineData("try { Use(null); } finally { result.BindingCertificate?.{|MPOP3005:Dispose|}(); }", "Use(null);")]
    [InlineData(
        "try { Use(null); } finally { result.BindingCertificate?.{|MPOP3005:Dispose|}(); Use(null); }",
        "try { Use(null); } finally { Use(null); }")]
    [InlineData(
        "try { Use(null); } catch (MsalException) { } finally { result.BindingCertificate?.{|MPOP3005:Dispose|}(); }",
        "try { Use(null); } catch (MsalException) { }")]
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
    [InlineData(
        """
        {|MPOP3005:using|} (var own1 = result.BindingCertificate)
                {
                    Use(own1);
                }

                Action use = () => { var own1 = own; };
        """,
        """
        {
                    var own1 = result.BindingCertificate;
                    Use(own1);
                }

                Action use = () => { var own1 = own; };
        """)]
    [InlineData(
        """
        {|MPOP3005:using|} (result.BindingCertificate)
                {
                    using var loaded = Load();
                }

                Use(null);
        """,
        """
        {
                    using var loaded = Load();
                }

                Use(null);
        """)]
    [InlineData(
        """
        {|MPOP3005:using|} (result.BindingCertificate)
                {
                    Use(null);
                    // done
                }
        """,
        """
        {
                    Use(null);
                    // done
                }
        """)]
    [InlineData(
        """
        if (flag)
                    {|MPOP3005:using|} (result.BindingCertificate)
                    {
                        Use(null);
                    }
        """,
        """
        if (flag)
                    {
                        Use(null);
                    }
        """)]
    public Task The_block_stays_where_its_variables_live_or_something_is_said_at_its_end(string before, string after) =>
        Rule.Fixes(InMethod(before), InMethod(after));

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
            async Task M(
                IConfidentialClientApplication app,
                AuthenticationResult received,
                Task<AuthenticationResult> pending,
                Held other,
                X509Certificate2 own,
                string[] scopes,
                bool flag)
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
