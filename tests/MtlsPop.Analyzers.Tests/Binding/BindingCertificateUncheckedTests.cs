using MtlsPop.Analyzers.Binding;
using MtlsPop.CodeFixes.Binding;

namespace MtlsPop.Analyzers.Tests.Binding;

public sealed class BindingCertificateUncheckedTests
{
    private static readonly Verify<BindingAnalyzer, BindingCertificateUncheckedFix> Rule = new("MPOP3001");

    private static readonly Sample _withRuntime = new() { ReferencesRuntime = true };

    private static readonly Verify<BindingAnalyzer, BindingCertificateUncheckedFix> _runtimeRule =
        Rule with { Sample = _withRuntime, Action = "MPOP3001.Runtime" };

    private const string Acquired = "await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync()";

    private const string ThrowUnbound = "throw new InvalidOperationException(\"The token is not bound to a certificate.\")";

    [Theory]
    [InlineData("handler.ClientCertificates.Add(result.{|MPOP3001:BindingCertificate|});")]
    [InlineData("Console.WriteLine(result.{|MPOP3001:BindingCertificate|}.Thumbprint);")]
    [InlineData("Console.WriteLine($\"{result.{|MPOP3001:BindingCertificate|}.Subject}\");")]
    [InlineData("var key = result.{|MPOP3001:BindingCertificate|}.GetRSAPrivateKey();")]
    [InlineData("Use(result.{|MPOP3001:BindingCertificate|}!);")]
    [InlineData("lock (handler) { Use(certificate: result.{|MPOP3001:BindingCertificate|}); }")]
    public Task An_unchecked_certificate_is_reported_at_its_first_use(string use) => Rule.Reports(InMethod(use));

    [Fact]
    public Task A_handler_or_a_collection_that_gets_an_unchecked_certificate_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        "new HttpClientHandler { ClientCertificates = { result.{|MPOP3001:BindingCertificate|} } }.Dispose();",
        "var certificates = new X509Certificate2Collection(result.{|MPOP3001:BindingCertificate|});",
        """
        var sockets = new SocketsHttpHandler
        {
            SslOptions = new() { ClientCertificates = [result.{|MPOP3001:BindingCertificate|}] },
        };
        """,
        "var copy = new X509Certificate2(result.{|MPOP3001:BindingCertificate|});",
        """
        X509CertificateCollection all = [result.{|MPOP3001:BindingCertificate|}];
        Use(result.BindingCertificate);
        """,
        """
        X509Certificate2[] all = { result.{|MPOP3001:BindingCertificate|} };
        Use(result.BindingCertificate);
        """,
        "X509Certificate2[] all = [result.{|MPOP3001:BindingCertificate|}];",
        "var all = new[] { result.{|MPOP3001:BindingCertificate|} };",
        "handler.ClientCertificates.Add(result?.{|MPOP3001:BindingCertificate|});"));

    [Fact]
    public Task An_unchecked_certificate_in_a_variable_is_reported_where_that_is_used() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var certificate = result.BindingCertificate;
        handler.ClientCertificates.Add({|MPOP3001:certificate|});
        Console.WriteLine(certificate.Subject);
        """,
        """
        X509Certificate certificate = (X509Certificate)result.BindingCertificate;
        Console.WriteLine({|MPOP3001:certificate|}.Issuer);
        """,
        """
        var (certificate, token) = (result.BindingCertificate, result.AccessToken);
        Use({|MPOP3001:certificate|});
        """,
        """
        var certificate = flag ? result.BindingCertificate : other;
        Use({|MPOP3001:certificate|});
        """));

    [Fact]
    public Task A_check_of_the_type_of_the_token_does_not_check_the_certificate() => Rule.Reports(Cases.Of(
        InMethod,
        """
        if (result.TokenType == "mtls_pop") handler.ClientCertificates.Add(result.{|MPOP3001:BindingCertificate|});
        """,
        """
        if (!string.Equals(result.TokenType, "mtls_pop", StringComparison.OrdinalIgnoreCase)) throw new InvalidOperationException();
        Use(result.{|MPOP3001:BindingCertificate|});
        """));

    [Fact]
    public Task A_check_that_is_not_made_on_every_path_is_not_enough() => Rule.Reports(Cases.Of(
        InMethod,
        """
        if (flag && result.BindingCertificate != null) Use(result.BindingCertificate);
        else Use(result.{|MPOP3001:BindingCertificate|});
        """,
        """
        if (result.BindingCertificate == null) Console.WriteLine("unbound");
        Console.WriteLine(result.{|MPOP3001:BindingCertificate|}.Subject);
        """,
        """
        if (flag && result.BindingCertificate is null) throw new InvalidOperationException();
        Use(result.{|MPOP3001:BindingCertificate|});
        """));

    [Fact]
    public Task A_look_that_decides_nothing_is_no_check() => Rule.Reports(Cases.Of(
        InMethod,
        """
        Console.WriteLine(result.BindingCertificate?.Thumbprint);
        Use(result.{|MPOP3001:BindingCertificate|});
        """,
        """
        Console.WriteLine($"{result.BindingCertificate?.Thumbprint}");
        handler.ClientCertificates.Add(result.{|MPOP3001:BindingCertificate|});
        """,
        """
        result.Log();
        Use(result.{|MPOP3001:BindingCertificate|});
        """));

    [Theory]
    [InlineData("if (result.BindingCertificate?.Thumbprint != other.Thumbprint) Use(result.{|MPOP3001:BindingCertificate|});")]
    [InlineData("if (!(result.BindingCertificate?.NotAfter > DateTime.Now)) Use(result.{|MPOP3001:BindingCertificate|});")]
    public Task A_lifted_comparison_is_no_check_where_null_passes_it(string use) => Rule.Reports(InMethod(use));

    [Fact]
    public Task A_check_of_another_property_is_no_check() => Rule.Reports(InMethod(
        """
        if (result is { AccessToken: null }) throw new InvalidOperationException();
        Use(result.{|MPOP3001:BindingCertificate|});
        """));

    [Fact]
    public Task An_unchecked_certificate_in_a_function_of_the_method_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        void Send(AuthenticationResult received) => Use(received.{|MPOP3001:BindingCertificate|});
        Send(result);
        """,
        """
        Action send = () => Use(result.{|MPOP3001:BindingCertificate|});
        send();
        """));

    [Fact]
    public Task An_unchecked_certificate_inside_of_another_statement_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        using var scope = handler;
        foreach (var name in new[] { "a" }) Use(result.{|MPOP3001:BindingCertificate|});
        """,
        """
        try { Use(result.{|MPOP3001:BindingCertificate|}); }
        finally { Console.WriteLine(); }
        """,
        """
        object boxed = result;
        if (boxed is AuthenticationResult again) Use(again.{|MPOP3001:BindingCertificate|});
        """));

    [Fact]
    public Task A_comparison_with_null_checks_it() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        if (result.BindingCertificate is null) throw new InvalidOperationException();
        Use(result.BindingCertificate);
        """,
        """
        if (result.BindingCertificate == null) return;
        Use(result.BindingCertificate);
        """,
        "if (null != result.BindingCertificate) Use(result.BindingCertificate);",
        "if (result.BindingCertificate is not null) Use(result.BindingCertificate);",
        """
        var certificate = result.BindingCertificate;
        if (certificate is null) throw new InvalidOperationException();
        Use(result.BindingCertificate);
        """,
        """
        var bound = result.BindingCertificate != null;
        if (!bound) throw new InvalidOperationException();
        Use(result.BindingCertificate);
        """,
        """
        if (result == null || result.BindingCertificate == null) throw new InvalidOperationException();
        Action send = () => Use(result.BindingCertificate);
        send();
        """,
        """
        if (object.ReferenceEquals(result.BindingCertificate, null)) return;
        Use(result.BindingCertificate);
        """));

    [Fact]
    public Task A_pattern_checks_it() => Rule.IsSilent(Cases.Of(
        InMethod,
        "if (result.BindingCertificate is { } certificate) Use(certificate);",
        "if (result.BindingCertificate is X509Certificate2 certificate) Use(certificate);",
        """
        if (result.BindingCertificate is not { HasPrivateKey: true } certificate) throw new InvalidOperationException();
        Use(certificate);
        """,
        "if (result is { BindingCertificate: { } certificate }) Use(certificate);",
        """
        if (result is { BindingCertificate: not null, TokenType: "mtls_pop" }) Use(result.BindingCertificate);
        """,
        """
        if (result.BindingCertificate is null or { HasPrivateKey: false }) throw new InvalidOperationException();
        Use(result.BindingCertificate);
        """,
        """
        if (result is { BindingCertificate: null }) throw new InvalidOperationException();
        Use(result.BindingCertificate);
        """,
        """
        if (result is null or { BindingCertificate: null } or { AccessToken: null }) throw new InvalidOperationException();
        Use(result.BindingCertificate);
        """));

    [Fact]
    public Task A_null_conditional_comparison_checks_it_where_null_does_not_pass() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        if (result.BindingCertificate?.HasPrivateKey != true) throw new InvalidOperationException();
        Use(result.BindingCertificate);
        """,
        """
        if (string.IsNullOrEmpty(result.BindingCertificate?.Thumbprint)) throw new InvalidOperationException();
        Use(result.BindingCertificate);
        """,
        """
        ArgumentException.ThrowIfNullOrEmpty(result.BindingCertificate?.Thumbprint);
        Use(result.BindingCertificate);
        """,
        """
        System.Diagnostics.Debug.Assert(result.BindingCertificate?.Thumbprint != null);
        Use(result.BindingCertificate);
        """,
        "if (result.BindingCertificate?.NotAfter > DateTime.Now) Use(result.BindingCertificate);",
        "if (result.BindingCertificate?.Thumbprint == other.Thumbprint) Use(result.BindingCertificate);",
        """
        if (result.BindingCertificate?.Thumbprint != other.Thumbprint) return;
        Use(result.BindingCertificate);
        """,
        """
        if (!string.Equals(result.BindingCertificate?.Thumbprint, other.Thumbprint, StringComparison.OrdinalIgnoreCase)) return;
        Use(result.BindingCertificate);
        """));

    [Fact]
    public Task A_coalescing_operator_checks_it() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var certificate = result.BindingCertificate ?? throw new InvalidOperationException();
        Use(certificate);
        """,
        """
        var certificate = result.BindingCertificate ?? other;
        Use(certificate);
        """));

    [Fact]
    public Task A_guard_of_the_framework_checks_it() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var certificate = result.BindingCertificate;
        ArgumentNullException.ThrowIfNull(certificate);
        Use(certificate);
        """,
        """
        ArgumentNullException.ThrowIfNull(argument: result.BindingCertificate);
        Use(result.BindingCertificate);
        """,
        """
        System.Diagnostics.Debug.Assert(result.BindingCertificate != null);
        Use(result.BindingCertificate);
        """));

    [Fact]
    public Task A_switch_checks_it() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        switch (result.BindingCertificate)
        {
            case null: throw new InvalidOperationException();
            case var certificate: Use(certificate);
            break;
        }
        """,
        """
        var text = result.BindingCertificate switch { null => "none", { } certificate => certificate.Subject };
        """,
        """
        switch (result)
        {
            case { BindingCertificate: null }:
                throw new InvalidOperationException();
            case { BindingCertificate: var certificate }:
                Use(certificate);
                break;
        }
        """,
        """
        var text = (result.TokenType, result.BindingCertificate) switch
        {
            (_, null) => "none",
            var (type, certificate) => type + certificate.Subject,
        };
        """));

    [Fact]
    public Task Code_that_takes_null_needs_no_check() => Rule.IsSilent(Cases.Of(
        InMethod,
        "Console.WriteLine(result.BindingCertificate?.Thumbprint);",
        """
        Console.WriteLine(result.BindingCertificate?.Thumbprint ?? "none");
        """,
        "Console.WriteLine(result.BindingCertificate);",
        "Tolerant(result.BindingCertificate);",
        """
        var assertion = new ClientSignedAssertion
        {
            Assertion = result.AccessToken,
            TokenBindingCertificate = result.BindingCertificate,
        };
        """));

    [Fact]
    public Task A_guard_of_the_code_itself_checks_it() => Rule.IsSilent(Cases.Of(
        InMethod,
        "Use(Guard.NotNull(result.BindingCertificate));",
        """
        Guard.Check(result.BindingCertificate);
        Use(result.BindingCertificate);
        """,
        """
        Guard.Checked(result.BindingCertificate);
        Use(result.BindingCertificate);
        """,
        """
        Require(result);
        Use(result.BindingCertificate);
        """,
        """
        if (!TryGet(result, out var certificate)) return;
        Use(certificate);
        """,
        """
        void Check() { if (result.BindingCertificate is null) throw new InvalidOperationException(); }
        Check();
        Use(result.BindingCertificate);
        """,
        """
        if (!result.IsBound()) throw new InvalidOperationException();
        Use(result.BindingCertificate);
        """,
        """
        _ = new Checked(result);
        Use(result.BindingCertificate);
        """));

    [Fact]
    public Task A_loop_that_ends_with_a_certificate_checks_it() => Rule.IsSilent(InMethod(
        """
        while (result.BindingCertificate is null) { result = await Again(app); }
        Use(result.BindingCertificate);
        """));

    [Fact]
    public Task A_check_that_holds_wherever_the_use_is_reached_is_enough() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        if (flag && result.BindingCertificate is null) throw new InvalidOperationException();
        if (flag) Use(result.BindingCertificate);
        """,
        """
        if (result.BindingCertificate is null && flag) throw new InvalidOperationException();
        if (!flag) return;
        Use(result.BindingCertificate);
        """));

    [Fact]
    public Task A_call_that_does_not_return_ends_the_path_without_a_certificate() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        if (result.BindingCertificate is null) Guard.ThrowUnbound();
        Use(result.BindingCertificate);
        """,
        """
        if (result.BindingCertificate is null) Environment.FailFast("unbound");
        Use(result.BindingCertificate);
        """));

    [Fact]
    public Task A_result_that_no_bound_request_of_the_method_gave_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var unknown = await Again(app);
        Use(unknown.BindingCertificate);
        """,
        "Use(received.BindingCertificate);",
        """
        var made = new AuthenticationResult(
            "t",
            false,
            "u",
            DateTimeOffset.Now,
            DateTimeOffset.Now,
            "t",
            null,
            "i",
            null,
            Guid.Empty);
        Use(made.BindingCertificate);
        """,
        """
        var bearer = await app.AcquireTokenForManagedIdentity("r").ExecuteAsync();
        Use(bearer.BindingCertificate);
        """));

    [Fact]
    public Task A_result_of_a_method_of_the_type_is_followed() => Rule.Reports(
        """
        class C(IConfidentialClientApplication app)
        {
            public async Task<string> M() => (await Acquire()).{|MPOP3001:BindingCertificate|}.Thumbprint;

            private async Task<AuthenticationResult> Acquire() =>
                await app.AcquireTokenForClient(new[] { "a/.default" }).WithMtlsProofOfPossession().ExecuteAsync().ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task A_method_of_the_type_that_checks_before_it_returns_is_believed() => Rule.IsSilent(
        """
        class C(IConfidentialClientApplication app)
        {
            public async Task<string> M() => (await Acquire()).BindingCertificate.Thumbprint;

            private async Task<AuthenticationResult> Acquire()
            {
                var result = await app.AcquireTokenForClient(new[] { "a/.default" }).WithMtlsProofOfPossession().ExecuteAsync().ConfigureAwait(false);
                return result.BindingCertificate is null ? throw new InvalidOperationException() : result;
            }
        }
        """);

    [Fact]
    public Task A_result_in_a_field_may_have_been_checked_by_another_method() => Rule.IsSilent(
        """
        class C(IConfidentialClientApplication app)
        {
            private AuthenticationResult? _result;

            public async Task Acquire() =>
                _result = await app.AcquireTokenForClient(new[] { "a/.default" }).WithMtlsProofOfPossession().ExecuteAsync().ConfigureAwait(false);

            public string M() => _result!.BindingCertificate.Thumbprint;
        }
        """);

    [Fact]
    public Task A_result_put_into_a_field_is_followed_in_the_same_method() => Rule.Reports(
        """
        class C(IConfidentialClientApplication app)
        {
            private AuthenticationResult? _result;

            public async Task Acquire()
            {
                _result = await app.AcquireTokenForClient(new[] { "a/.default" }).WithMtlsProofOfPossession().ExecuteAsync().ConfigureAwait(false);
                Console.WriteLine(_result.{|MPOP3001:BindingCertificate|}.Thumbprint);
            }
        }
        """);

    [Fact]
    public Task Top_level_statements_are_followed() =>
        (Rule with { Sample = new() { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication } }).Reports(
        """
        var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
        var result = await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
        var handler = new HttpClientHandler();
        handler.ClientCertificates.Add(result.{|MPOP3001:BindingCertificate|});
        """);

    [Fact]
    public Task The_fix_throws_before_the_statement_and_keeps_comments() => Rule.Fixes(
        InMethod(
            """
            // The first.
                    handler.ClientCertificates.Add(result.{|MPOP3001:BindingCertificate|}); // added
                    var second = await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
                    var certificate = second.BindingCertificate;

                    Use({|MPOP3001:certificate|}!);
                    if (flag)
                    {
                        var third = await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
                        Use(third.{|MPOP3001:BindingCertificate|});
                    }
            """),
        InMethod(
            """
            // The first.
                    if (result.BindingCertificate is null)
                        throw new InvalidOperationException("The token is not bound to a certificate.");
                    handler.ClientCertificates.Add(result.BindingCertificate); // added
                    var second = await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
                    var certificate = second.BindingCertificate;

                    if (certificate is null)
                        throw new InvalidOperationException("The token is not bound to a certificate.");
                    Use(certificate!);
                    if (flag)
                    {
                        var third = await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
                        if (third.BindingCertificate is null)
                            throw new InvalidOperationException("The token is not bound to a certificate.");
                        Use(third.BindingCertificate);
                    }
            """));

    [Theory]
    [InlineData("if (flag && result.{|MPOP3001:BindingCertificate|}.HasPrivateKey) { }",
        "if (flag && (result.BindingCertificate ?? throw new InvalidOperationException(\"The token is not bound to a certificate.\")).HasPrivateKey) { }")]
    [InlineData("if (flag) Use(result.{|MPOP3001:BindingCertificate|});",
        "if (flag) Use(result.BindingCertificate ?? throw new InvalidOperationException(\"The token is not bound to a certificate.\"));")]
    [InlineData(
        "Action send = () => Use(certificate: result.{|MPOP3001:BindingCertificate|} /* bound */);",
        $$"""
        Action send = () => Use(certificate: result.BindingCertificate ?? {{ThrowUnbound}} /* bound */);
        """)]
    [InlineData("while (!result.{|MPOP3001:BindingCertificate|}!.HasPrivateKey) { }",
        $"while (!(result.BindingCertificate ?? {ThrowUnbound}).HasPrivateKey) {{ }}")]
    [InlineData(
        """
        Use((await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync()).{|MPOP3001:BindingCertificate|});
        """,
        $$"""
        Use((await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync()).BindingCertificate ?? {{ThrowUnbound}});
        """)]
    [InlineData("Use((result?.{|MPOP3001:BindingCertificate|}));",
        $"Use((result?.BindingCertificate ?? {ThrowUnbound}));")]
    public Task Where_no_statement_can_stand_before_it_the_fix_throws_in_place(string before, string after) => Rule.Fixes(InMethod(before), InMethod(after));

    [Fact]
    public Task The_fix_puts_a_guard_among_top_level_statements() =>
        (Rule with { Sample = new() { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication } }).Fixes(
        """
        var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
        var result = await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
        Console.WriteLine(result.{|MPOP3001:BindingCertificate|}.Subject);
        """,
        """
        var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
        var result = await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
        if (result.BindingCertificate is null)
            throw new InvalidOperationException("The token is not bound to a certificate.");
        Console.WriteLine(result.BindingCertificate.Subject);
        """);

    [Fact]
    public Task No_fix_is_offered_in_the_middle_of_a_conditional_access() =>
        Rule.ReportsWithoutFix(InMethod("Console.WriteLine(result?.{|MPOP3001:BindingCertificate|}.Thumbprint);"));

    [Theory]
    [InlineData("Use(result.{|MPOP3001:BindingCertificate|} /* bound */);", "Use(result.RequireBinding() /* bound */);")]
    [InlineData(
        "Use(result.{|MPOP3001:BindingCertificate|}!); Use(result.BindingCertificate);",
        "Use(result.RequireBinding()); Use(result.BindingCertificate);")]
    [InlineData("Use(result?.{|MPOP3001:BindingCertificate|});", "Use(result.RequireBinding());")]
    [InlineData(
        "if (flag && result.{|MPOP3001:BindingCertificate|}.HasPrivateKey) { }",
        "if (flag && result.RequireBinding().HasPrivateKey) { }")]
    [InlineData(
        """
        var certificate = result.BindingCertificate; if (flag) Use({|MPOP3001:certificate|}!); else Console.WriteLine({|MPOP3001:certificate|}.Subject);
        """,
        "var certificate = result.RequireBinding(); if (flag) Use(certificate!); else Console.WriteLine(certificate.Subject);")]
    public async Task Where_the_runtime_is_referenced_the_certificate_can_be_required_by_its_call(string before, string after)
    {
        var required = InMethod(after).Replace("CodeAnalysis;\n", "CodeAnalysis;\nusing MtlsPop;\n", StringComparison.Ordinal);
        await _runtimeRule.Fixes(InMethod(before), required);
        await new EveryRule { Sample = _withRuntime }.IsSilent(required);
    }

    [Theory]
    [InlineData(
        """
        var certificate = result.BindingCertificate;
        if (flag) certificate = result.BindingCertificate;
        Use({|MPOP3001:certificate|});
        """,
        """

        """)]
    [InlineData("var (certificate, token) = (result.BindingCertificate, result.AccessToken); Use({|MPOP3001:certificate|});", "")]
    [InlineData(
        "Use(result.{|MPOP3001:BindingCertificate|});",
        """
        static class Own
        {
            public static X509Certificate2? RequireBinding(this AuthenticationResult result) => result.BindingCertificate;
        }
        """)]
    public Task The_call_is_not_offered_where_the_certificate_comes_another_way_too_or_the_name_is_taken(string use, string types) =>
        _runtimeRule.ReportsWithoutFix(InMethod(use) + types);

    [Fact]
    public Task The_guard_is_laid_out_as_the_file_is_and_leaves_statements_that_share_a_line() => Rule.Fixes(
        $$"""
        class C
        {
        	static async Task<string> M(IConfidentialClientApplication app, string[] scopes)
        	{
        		var result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        		// Shown.
        		return result.{|MPOP3001:BindingCertificate|}.Subject;
        	}

        	static async Task<string> N(IConfidentialClientApplication app, string[] scopes)
        	{ var result = {{Acquired}}; return result.{|MPOP3001:BindingCertificate|}.Subject; }
        }
        """.ReplaceLineEndings("\r\n"),
        $$"""
        class C
        {
        	static async Task<string> M(IConfidentialClientApplication app, string[] scopes)
        	{
        		var result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        		// Shown.
        		if (result.BindingCertificate is null)
        			throw new InvalidOperationException("The token is not bound to a certificate.");
        		return result.BindingCertificate.Subject;
        	}

        	static async Task<string> N(IConfidentialClientApplication app, string[] scopes)
        	{ var result = {{Acquired}}; return (result.BindingCertificate ?? {{ThrowUnbound}}).Subject; }
        }
        """.ReplaceLineEndings("\r\n"));

    [Fact]
    public Task The_guard_throws_the_exception_of_the_framework_where_another_has_its_name() => Rule.Fixes(
        $$"""
        namespace Contoso;

        class InvalidOperationException : Exception;

        class C
        {
            static async Task<string> M(IConfidentialClientApplication app, string[] scopes) =>
                ({{Acquired}}).{|MPOP3001:BindingCertificate|}.Subject;
        }
        """,
        $$"""
        namespace Contoso;

        class InvalidOperationException : Exception;

        class C
        {
            static async Task<string> M(IConfidentialClientApplication app, string[] scopes) =>
                (({{Acquired}}).BindingCertificate ?? {{ThrowUnbound.Replace("new ", "new global::System.", StringComparison.Ordinal)}}).Subject;
        }
        """);

    [Theory]
    [InlineData("Use(result.BindingCertificate){|CS1002:|}")]
    [InlineData("{|CS0103:Missing|}(result.BindingCertificate);")]
    [InlineData("result.BindingCertificate.{|CS1061:Nothing|}();")]
    [InlineData("result.BindingCertificate.{|CS1001:{|CS1002:|}|}")]
    public Task Broken_code_is_silent(string use) => Rule.IsSilent(InMethod(use));

    private static string InMethod(string use) =>
        $$"""
        using System.Diagnostics.CodeAnalysis;

        class C
        {
            async Task M(IManagedIdentityApplication app, HttpClientHandler handler, bool flag, X509Certificate2 other, AuthenticationResult received)
            {
                var result = await app
                    .AcquireTokenForManagedIdentity("r")
                    .WithMtlsProofOfPossession()
                    .WithAttestationSupport()
                    .ExecuteAsync()
                    .ConfigureAwait(false);
                {{use}}
            }

            static void Require(AuthenticationResult result) { if (result.BindingCertificate is null) throw new InvalidOperationException(); }
            static bool TryGet(AuthenticationResult result, out X509Certificate2 certificate)
            {
                certificate = result.BindingCertificate;
                return certificate is not null;
            }
            static void Tolerant(X509Certificate2? certificate) { }
            static void Use(X509Certificate2 certificate) => Kept.Add(certificate); static readonly List<X509Certificate2> Kept = [];
            protected virtual Task<AuthenticationResult> Again(IManagedIdentityApplication app) => throw new InvalidOperationException();
        }

        static class Guard
        {
            public static void ThrowUnbound() => throw new InvalidOperationException();
            public static T NotNull<T>(T value) => value;
            public static void Check([NotNull] object? value) => _ = value ?? throw new ArgumentNullException(nameof(value));
            public static void Checked(X509Certificate2 value) { if (value == null) throw new ArgumentNullException(nameof(value)); }
            public static bool IsBound(this AuthenticationResult result) => result.BindingCertificate != null;
            public static void Log(this AuthenticationResult result) => Console.WriteLine(result.TokenType);
        }

        sealed class Checked
        {
            public Checked(AuthenticationResult result) => ArgumentNullException.ThrowIfNull(result.BindingCertificate);
        }
        """;
}
