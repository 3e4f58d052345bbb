using MtlsPop.Analyzers.Binding;
using MtlsPop.CodeFixes.Binding;

namespace MtlsPop.Analyzers.Tests.Binding;

public sealed class ClientPerCallTests
{
    private static readonly Verify<BindingAnalyzer, ClientPerCallFix> Rule = new("MPOP3004");
    private static readonly Verify<BindingAnalyzer, ClientPerCallFix> RuntimeRule =
        Rule with { Action = "MPOP3004.Runtime", Sample = new() { ReferencesRuntime = true } };

    [Fact]
    public Task A_client_over_a_handler_in_a_variable_that_each_call_makes_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var handler = new HttpClientHandler();
        handler.ClientCertificates.Add(result.BindingCertificate);
        using var client = new {|MPOP3004:HttpClient|}(handler);
        await client.GetAsync("https://a");
        """,
        """
        var certificate = received.BindingCertificate;
        var handler = new HttpClientHandler();
        handler.ClientCertificates.Add(certificate);
        using var client = new {|MPOP3004:HttpClient|}(handler);
        await client.GetAsync("https://a");
        """));

    [Fact]
    public Task A_client_that_each_call_makes_with_its_handler_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        using HttpClient client = {|MPOP3004:new|}(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
        using var message = Message();
        await client.SendAsync(message);
        """,
        """
        var client = new {|MPOP3004:HttpClient|}(
            disposeHandler: true,
            handler: new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
        await client.GetStringAsync("https://a");
        """,
        """
        using (
            var client = new {|MPOP3004:HttpClient|}(
                new SocketsHttpHandler
                {
                    SslOptions = { ClientCertificates = new X509CertificateCollection { result.BindingCertificate } },
                }))
            await client.GetAsync("https://a");
        """,
        """
        using var client = new {|MPOP3004:HttpClient|}(
            new SocketsHttpHandler { SslOptions = new() { ClientCertificates = [result.BindingCertificate] } });
        await client.GetAsync("https://a");
        """));

    [Fact]
    public Task A_client_that_is_kept_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var handler = new HttpClientHandler { ClientCertificates = { result.BindingCertificate } };
        _client = new HttpClient(handler);
        await _client.GetAsync("https://a");
        """,
        """
        _client ??= new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
        await _client.GetAsync("https://a");
        """,
        """
        var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
        _clients[result.BindingCertificate] = client;
        await client.GetAsync("https://a");
        """,
        """
        var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
        _clients.Add(result.BindingCertificate, client);
        await client.GetAsync("https://a");
        """));

    [Fact]
    public Task A_client_that_others_get_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
        await client.GetAsync("https://a");
        return client;
        """,
        """
        var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
        Keep(client);
        await client.GetAsync("https://a");
        """,
        """
        Func<HttpClient> create = () =>
            new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
        await create().GetAsync("https://a");
        """));

    [Theory]
    [InlineData("var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });")]
    [InlineData("// using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });")]
    public Task A_client_that_is_not_used_is_silent(string call) => Rule.IsSilent(InMethod(call));

    [Fact]
    public Task A_client_without_the_binding_certificate_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { own } });
        await client.GetAsync("https://a");
        """,
        """
        using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { plain.BindingCertificate } });
        await client.GetAsync("https://a");
        """,
        """
        using var client = new HttpClient();
        await client.GetAsync("https://a");
        """,
        """
        using var client = new HttpClient(given);
        await client.GetAsync("https://a");
        """));

    [Fact]
    public Task A_program_that_runs_once_is_silent() => (Rule with { Sample = new() { OutputKind = OutputKind.ConsoleApplication } }).IsSilent(
        """
        var app = ConfidentialClientApplicationBuilder.Create("id").WithAuthority("https://login.microsoftonline.com/t").Build();
        var result = await app.AcquireTokenForClient(["s"]).WithMtlsProofOfPossession().ExecuteAsync();
        var handler = new HttpClientHandler();
        handler.ClientCertificates.Add(result.BindingCertificate);
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("mtls_pop", result.AccessToken);
        var response = await client.GetAsync("https://graph.microsoft.com/v1.0/applications");
        """);

    [Theory]
    [InlineData("public static async Task Main(string[] arguments)")]
    [InlineData("protected async Task InitializeAsync()")]
    public Task A_method_that_runs_once_is_silent(string method) => Rule.IsSilent(
        $$"""
        class C
        {
            private static readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create("id").Build();

            {{method}}
            {
                var result = await _app.AcquireTokenForClient(["s"]).WithMtlsProofOfPossession().ExecuteAsync();
                using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
                await client.GetAsync("https://a");
            }
        }

        namespace Xunit
        {
            class FactAttribute : Attribute;
        }
        """);

    [Theory]
    [InlineData(
        """
        using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
        await client.GetAsync({|CS0103:unknown|});
        """)]
    public Task Broken_code_may_be_no_request(string call) => Rule.IsSilent(InMethod(call));

    [Fact]
    public Task Broken_code_in_another_statement_changes_nothing() => Rule.Reports(InMethod(
        """
        using var client = new {|MPOP3004:HttpClient|}(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
        await client.GetAsync("https://a"){|CS1002:|}
        """));

    [Theory]
    [InlineData(
        "new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }",
        "new HttpClientHandler { ClientCertificates = { certificate } }")]
    [InlineData(
        "new HttpClientHandler { UseCookies = false /* none */, ClientCertificates = { result.BindingCertificate } }",
        "new HttpClientHandler { UseCookies = false /* none */, ClientCertificates = { certificate } }")]
    [InlineData(
        """
        new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), SslOptions = new() { ClientCertificates = [result.BindingCertificate] } }
        """,
        """
        new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), SslOptions = new() { ClientCertificates = [certificate] } }
        """)]
    [InlineData(
        """
        new SocketsHttpHandler { ConnectTimeout = _patience, SslOptions = { ClientCertificates = new X509CertificateCollection { result.BindingCertificate } } }
        """,
        """
        new SocketsHttpHandler { ConnectTimeout = _patience, SslOptions = { ClientCertificates = new X509CertificateCollection { certificate } } }
        """)]
    [InlineData(
        $$"""
        new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, s, _, e) => s != null && IsFine(e), ClientCertificates = { {{Certificate}} } }
        """,
        """
        new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, s, _, e) => s != null && IsFine(e), ClientCertificates = { certificate } }
        """)]
    public Task The_handler_is_kept_for_each_certificate_with_its_settings(string handler, string kept) => Rule.Fixes(
        Caller($$"""
                using var client = new {|MPOP3004:HttpClient|}({{handler}});
                await client.GetAsync("https://a");
            """),
        Caller($$"""
                using var client = new HttpClient(_handlers.GetValue(result.BindingCertificate, static certificate => {{kept}}), disposeHandler: false);
                await client.GetAsync("https://a");
            """, Table));

    [Theory]
    [InlineData(
        "using HttpClient client = {|MPOP3004:new|}(HANDLER) { Timeout = TimeSpan.FromSeconds(9) };",
        "using HttpClient client = new(KEPT, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(9) };")]
    [InlineData("using var client = new {|MPOP3004:HttpClient|}(HANDLER, true);", "using var client = new HttpClient(KEPT, false);")]
    [InlineData(
        "using var client = new {|MPOP3004:HttpClient|}(disposeHandler: true, handler: HANDLER);",
        "using var client = new HttpClient(disposeHandler: false, handler: KEPT);")]
    public Task The_client_keeps_its_other_settings(string client, string after) => Rule.Fixes(
        Caller($"    {client.Replace("HANDLER", Handler, StringComparison.Ordinal)} await client.GetAsync(\"https://a\");"),
        Caller($"    {after.Replace("KEPT", KeptHandler, StringComparison.Ordinal)} await client.GetAsync(\"https://a\");", Table));

    [Fact]
    public Task The_field_is_named_as_the_static_fields_of_the_type_are() => Rule.Fixes(
        """
        class C
        {
            private static readonly Uri s_uri = new("https://a");

            async Task M(AuthenticationResult result)
            {
                using var client = new {|MPOP3004:HttpClient|}(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
                await client.GetAsync(s_uri);
            }
        }
        """,
        $$"""
        using System.Runtime.CompilerServices;

        class C
        {
            private static readonly Uri s_uri = new("https://a");
            private static readonly ConditionalWeakTable<X509Certificate2, HttpMessageHandler> s_handlers = new();

            async Task M(AuthenticationResult result)
            {
                using var client = new HttpClient(s{{KeptHandler}}, disposeHandler: false);
                await client.GetAsync(s_uri);
            }
        }
        """);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public Task A_handler_in_a_variable_moves_along_with_its_settings(string endOfLine) => Rule.Fixes(
        Caller("""
                // Ours.
                using var handler = new HttpClientHandler();
                handler.UseCookies = false; // none
                handler.ClientCertificates.Add(result.BindingCertificate);

                using var client = new {|MPOP3004:HttpClient|}(handler);
                await client.GetAsync("https://a");
            """).ReplaceLineEndings(endOfLine),
        Caller("""
                // Ours.
                // none

                using var client = new HttpClient(_handlers.GetValue(result.BindingCertificate, static certificate =>
                {
                    var handler = new HttpClientHandler();
                    handler.UseCookies = false;
                    handler.ClientCertificates.Add(certificate);
                    return handler;
                }), disposeHandler: false);
                await client.GetAsync("https://a");
            """, Table).ReplaceLineEndings(endOfLine));

    [Fact]
    public Task A_handler_that_is_set_where_it_is_made_stays_one_expression() => Rule.Fixes(
        Caller("""
                var certificate = result.BindingCertificate;

                var handler = new HttpClientHandler
                {
                    UseCookies = false, // none
                    ClientCertificates = { certificate },
                };
                using (var client = new {|MPOP3004:HttpClient|}(handler))
                    await client.GetAsync("https://a");
            """),
        Caller("""
                var certificate = result.BindingCertificate;

                using (var client = new HttpClient(_handlers.GetValue(certificate, static binding => new HttpClientHandler
                {
                    UseCookies = false, // none
                    ClientCertificates = { binding },
                }), disposeHandler: false))
                    await client.GetAsync("https://a");
            """, Table));

    [Fact]
    public Task The_check_of_the_certificate_stays_in_the_method() => Rule.Fixes(
        Caller($$"""
                using var client = new {|MPOP3004:HttpClient|}({{WithCheck(Handler)}});
                await client.GetAsync("https://a");
            """),
        Caller($$"""
                using var client = new HttpClient({{WithCheck(KeptHandler)}}, disposeHandler: false);
                await client.GetAsync("https://a");
            """, Table));

    [Fact]
    public Task Three_in_one_method_share_a_table_where_their_handlers_are_alike() => Rule.Fixes(
        Caller($$"""
                using var first = new {|MPOP3004:HttpClient|}({{Handler}});
                await first.GetAsync("https://a");
                using var second = new {|MPOP3004:HttpClient|}({{WithoutCookies(Handler)}});
                await second.GetAsync("https://a");
                using var third = new {|MPOP3004:HttpClient|}(new HttpClientHandler { ClientCertificates = { received.BindingCertificate } });
                await third.GetAsync("https://a");
            """),
        Caller($$"""
                using var first = new HttpClient({{KeptHandler}}, disposeHandler: false);
                await first.GetAsync("https://a");
                using var second = new HttpClient({{WithoutCookies(WithOtherName(KeptHandler))}}, disposeHandler: false);
                await second.GetAsync("https://a");
                using var third = new HttpClient({{KeptHandler.Replace("result", "received", StringComparison.Ordinal)}}, disposeHandler: false);
                await third.GetAsync("https://a");
            """, Table + "\n    private static readonly ConditionalWeakTable<X509Certificate2, HttpMessageHandler> _handlers2 = new();"));

    [Fact]
    public Task Several_documents_are_fixed_together() => Rule.Fixes(
        [Caller(First), Part("Other", First).Replace("class C", "class D", StringComparison.Ordinal)],
        [Caller(Kept, Table), Part("Other", Kept, Table).Replace("class C", "class D", StringComparison.Ordinal)]);

    [Fact]
    public Task The_parts_of_a_type_do_not_declare_the_same_field() => Rule.Fixes(
        [Caller(First).Replace("class C", "partial class C", StringComparison.Ordinal), Part("Other", First)],
        [
            Caller(Kept, Table).Replace("class C", "partial class C", StringComparison.Ordinal),
            Part("Other", WithOtherName(Kept), WithOtherName(Table)),
        ]);

    [Fact]
    public Task An_older_language_gets_what_it_can_say() =>
        (Rule with { Sample = new() { LanguageVersion = LanguageVersion.CSharp7_3, GlobalUsings = "" } }).Fixes(
        """
        using System.Net.Http;
        using System.Threading.Tasks;
        using Microsoft.Identity.Client;

        class C
        {
            async Task M(AuthenticationResult result)
            {
                using (var client = new {|MPOP3004:HttpClient|}(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }))
                    await client.GetAsync("https://a");
            }
        }
        """,
        $$"""
        using System.Net.Http;
        using System.Runtime.CompilerServices;
        using System.Security.Cryptography.X509Certificates;
        using System.Threading.Tasks;
        using Microsoft.Identity.Client;

        class C
        {
            private static readonly {{TableType}} _handlers = new {{TableType}}();

            async Task M(AuthenticationResult result)
            {
                using (var client = new HttpClient({{KeptHandler.Replace("static ", "", StringComparison.Ordinal)}}, disposeHandler: false))
                    await client.GetAsync("https://a");
            }
        }
        """);

    [Theory]
    [InlineData("new HttpClientHandler { UseCookies = flag, ClientCertificates = { result.BindingCertificate } }")]
    [InlineData("new HttpClientHandler { Proxy = _proxy, ClientCertificates = { result.BindingCertificate } }")]
    [InlineData("new HttpClientHandler { Proxy = this.Proxy(), ClientCertificates = { result.BindingCertificate } }")]
    [InlineData("new HttpClientHandler { Proxy = Current, ClientCertificates = { result.BindingCertificate } }")]
    [InlineData("new HttpClientHandler { Proxy = NewProxy(), ClientCertificates = { result.BindingCertificate } }")]
    [InlineData("new HttpClientHandler { Proxy = await Task.FromResult<System.Net.IWebProxy?>(null), ClientCertificates = { result.BindingCertificate } }")]
    [InlineData("new HttpClientHandler { ClientCertificates = { result.BindingCertificate, own } }")]
    [InlineData("new HttpClientHandler { ClientCertificates = { result.BindingCertificate, received.BindingCertificate } }")]
    [InlineData("new Logging(new HttpClientHandler()) { Certificate = result.BindingCertificate }")]
    public Task No_fix_is_offered_where_the_handler_is_of_this_call(string handler) => Rule.ReportsWithoutFix(
        Caller($$"""
                using var client = new {|MPOP3004:HttpClient|}({{handler}});
                await client.GetAsync("https://a");
            """));

    [Theory]
    [InlineData(
        """
        if (flag) handler.UseCookies = false;
        using var client = new {|MPOP3004:HttpClient|}(handler);
        """)]
    [InlineData(
        """
        Console.WriteLine(handler.UseCookies);
        using var client = new {|MPOP3004:HttpClient|}(handler);
        """)]
    [InlineData(
        """
        using var client = new {|MPOP3004:HttpClient|}(handler);
        handler.UseCookies = false;
        """)]
    [InlineData(
        """
        using var client = new {|MPOP3004:HttpClient|}(handler);
        handler.Dispose();
        """)]
    [InlineData(
        """
        using var client = new {|MPOP3004:HttpClient|}(handler);
        using var other = new {|MPOP3004:HttpClient|}(handler);
        await other.GetAsync("https://b");
        """)]
    [InlineData(
        """
        for (var i = 0; i < 3; i++)
        {
            using var again = new {|MPOP3004:HttpClient|}(handler, false);
            await again.GetAsync("https://b");
        }
        var client = new HttpClient();
        """)]
    public Task No_fix_is_offered_where_the_handler_is_used_for_more(string use) => Rule.ReportsWithoutFix(
        Caller($$"""
                var handler = new HttpClientHandler();
                handler.ClientCertificates.Add(result.BindingCertificate);
                {{use}}
                await client.GetAsync("https://a");
            """));

    [Fact]
    public Task A_certificate_that_the_runtime_has_checked_is_known_as_well() => RuntimeRule.Fixes(
        Caller("""
                var bound = await app.AcquireMtlsPopTokenAsync(["https://graph.microsoft.com/.default"]);
                var handler = new HttpClientHandler { ClientCertificates = { bound.RequireBinding() } };
                using var client = new {|MPOP3004:HttpClient|}(handler);
                await client.GetAsync("https://a");
            """, usings: "using MtlsPop;\n\n"),
        Caller("""
                var bound = await app.AcquireMtlsPopTokenAsync(["https://graph.microsoft.com/.default"]);
                using var client = _connections.CreateClient(bound);
                await client.GetAsync("https://a");
            """, Connections));

    [Theory]
    [InlineData("new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }")]
    [InlineData(
        """
        new HttpClientHandler
        {
            ClientCertificateOptions = ClientCertificateOption.Manual,
            AllowAutoRedirect = false,
            UseCookies = false,
            ClientCertificates = { result.BindingCertificate },
        }
        """)]
    [InlineData(
        "new SocketsHttpHandler { SslOptions = new() { ClientCertificates = [result.BindingCertificate] } }, disposeHandler: false")]
    [InlineData(
        """
        new SocketsHttpHandler { SslOptions = { ClientCertificates = new X509Certificate2Collection(result.BindingCertificate) } }
        """)]
    public Task The_runtime_makes_the_client(string handler) => RuntimeRule.Fixes(
        Caller($$"""
                using var client = new {|MPOP3004:HttpClient|}({{handler}});
                client.DefaultRequestHeaders.Authorization = new(result.TokenType, result.AccessToken);
                await client.GetAsync("https://a");
            """),
        Caller("""
                using var client = _connections.CreateClient(result);
                client.DefaultRequestHeaders.Authorization = new(result.TokenType, result.AccessToken);
                await client.GetAsync("https://a");
            """, Connections));

    [Fact]
    public Task For_the_runtime_the_variables_of_handler_and_certificate_go() => RuntimeRule.Fixes(
        Caller("""
                // The client.
                var certificate = result.BindingCertificate;
                using HttpClientHandler handler = new() { UseCookies = false };
                handler.ClientCertificates.Add(certificate);
                using HttpClient client = {|MPOP3004:new|}(handler); // ours
                await client.GetAsync("https://a");
            """),
        Caller("""
                // The client.
                using HttpClient client = _connections.CreateClient(result); // ours
                await client.GetAsync("https://a");
            """, Connections));

    [Fact]
    public Task Three_in_one_method_share_the_runtime_s_connections() => RuntimeRule.Fixes(
        Caller(string.Concat("abc".Select(name => ThirdOf(name, $"new {{|MPOP3004:HttpClient|}}({Handler})")))),
        Caller(string.Concat("abc".Select(name => ThirdOf(name, "_connections.CreateClient(result)"))), Connections));

    [Fact]
    public Task Several_documents_use_the_runtime_together() => RuntimeRule.Fixes(
        [Caller(First).Replace("class C", "partial class C", StringComparison.Ordinal), Part("Other", First)],
        [Caller(ByRuntime, Connections).Replace("class C", "partial class C", StringComparison.Ordinal), Part("Other", ByRuntime)]);

    [Theory]
    [InlineData("private readonly MtlsPop.MtlsPopConnections _bound = new();", "_bound")]
    [InlineData(
        """
        private static readonly MtlsPop.MtlsPopConnections Bound = new(new MtlsPop.MtlsPopTransportOptions { MaxConnectionsPerServer = 8 });
        """,
        "Bound")]
    public Task Connections_that_the_type_has_are_used(string field, string name) => RuntimeRule.Fixes(
        Caller(First, "    " + field, usings: ""),
        Caller(ByRuntime.Replace("_connections", name, StringComparison.Ordinal), "    " + field, usings: ""));

    [Fact]
    public Task Connections_of_the_object_are_not_used_in_a_static_method() => RuntimeRule.Fixes(
        Static(Part("M", First, OfTheObject)),
        Static(Part("M", ByRuntime, $"{OfTheObject}\n{Connections}")));

    [Theory]
    [InlineData(
        """
        using var client = new {|MPOP3004:HttpClient|}(
            new HttpClientHandler { CheckCertificateRevocationList = flag, ClientCertificates = { result.BindingCertificate } });
        """)]
    [InlineData(
        """
        using var client = new {|MPOP3004:HttpClient|}(
            new SocketsHttpHandler
            {
                ConnectTimeout = Patience(),
                SslOptions = new() { ClientCertificates = [result.BindingCertificate] },
            });
        """)]
    [InlineData(
        """
        using var client = new {|MPOP3004:HttpClient|}(
            new SocketsHttpHandler
            {
                ConnectTimeout = Patience(),
                SslOptions = { ClientCertificates = [result.BindingCertificate] },
            }) { Timeout = TimeSpan.FromSeconds(9) };
        """)]
    [InlineData(
        """
        var handler = new HttpClientHandler { ClientCertificates = { result.BindingCertificate } };
        handler.Properties.Add("a", flag);
        using var client = new {|MPOP3004:HttpClient|}(handler);
        """)]
    public Task Neither_fix_is_offered_where_a_setting_would_be_lost(string client) => (RuntimeRule with { Action = null }).ReportsWithoutFix(
        Caller("    " + client + " await client.GetAsync(\"https://a\");"));

    [Theory]
    [InlineData("{ Timeout = TimeSpan.FromSeconds(9) }; await client.GetAsync(\"https://a\");")]
    [InlineData("; client.Send(new HttpRequestMessage());")]
    [InlineData("; client.DefaultRequestHeaders.Authorization = new(\"Bearer\", received.AccessToken); await client.GetAsync(\"https://a\");")]
    [InlineData("; client.DefaultRequestHeaders.Authorization = new(\"Bearer\", app.ToString()); await client.GetAsync(\"https://a\");")]
    [InlineData("; await client.GetAsync(\"https://a\"); result = received; await client.GetAsync(\"https://a\");")]
    public async Task The_runtime_s_client_is_not_offered_where_it_would_not_do_the_same(string use)
    {
        var source = Caller("    using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } })" + use);

        Assert.Equal(["Keep the handler for each certificate"], await OfferedAsync(source));
    }

    [Fact]
    public async Task Without_the_runtime_its_client_is_not_offered() =>
        Assert.Equal(
            ["Keep the handler for each certificate"],
            await OfferedAsync(Caller(First.Replace("{|MPOP3004:HttpClient|}", "HttpClient", StringComparison.Ordinal)), new Sample()));

    [Theory]
    [InlineData(Kept, Table)]
    [InlineData(ByRuntime, Connections)]
    public Task What_is_written_is_clean_of_every_rule(string client, string field) => new EveryRule { Sample = RuntimeRule.Sample }.IsSilent(
        $$"""
        using System.Runtime.CompilerServices;
        using MtlsPop;

        public sealed class Graph(IConfidentialClientApplication app)
        {
        {{field}}

            public async Task<string> M(CancellationToken cancellationToken)
            {
                var result = await app
                    .AcquireTokenForClient(["https://graph.microsoft.com/.default"])
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync(cancellationToken)
                    .ConfigureAwait(false);
                if (result.BindingCertificate is null)
                    throw new InvalidOperationException("The token is not bound to a certificate.");

            {{client.Split('\n')[0]}}
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
                return await client.GetStringAsync("https://graph.microsoft.com/v1.0/applications", cancellationToken).ConfigureAwait(false);
            }
        }
        """);

    private const string Table = "    private static readonly ConditionalWeakTable<X509Certificate2, HttpMessageHandler> _handlers = new();";

    private const string TableType = "ConditionalWeakTable<X509Certificate2, HttpMessageHandler>";

    private const string Connections = "    private static readonly MtlsPopConnections _connections = new();";

    private const string OfTheObject = "    private readonly MtlsPopConnections _bound = new();";

    private const string Certificate = "result.BindingCertificate";

    private const string Handler = "new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }";

    private const string KeptHandler =
        "_handlers.GetValue(result.BindingCertificate, static certificate => new HttpClientHandler { ClientCertificates = { certificate } })";

    private const string First =
        $$"""
            using var client = new {|MPOP3004:HttpClient|}({{Handler}});
            await client.GetAsync("https://a");
        """;

    private const string Kept =
        $$"""
            using var client = new HttpClient({{KeptHandler}}, disposeHandler: false);
            await client.GetAsync("https://a");
        """;

    private const string ByRuntime =
        """
            using var client = _connections.CreateClient(result);
            await client.GetAsync("https://a");
        """;

    private static string WithCheck(string code) => code.Replace(
        "result.BindingCertificate",
        "result.BindingCertificate ?? throw new InvalidOperationException(\"unbound\")",
        StringComparison.Ordinal);

    private static string WithoutCookies(string code) =>
        code.Replace("HttpClientHandler {", "HttpClientHandler { UseCookies = false,", StringComparison.Ordinal);

    private static string WithOtherName(string code) => code.Replace("_handlers", "_handlers2", StringComparison.Ordinal);

    private static string ThirdOf(char name, string creation) =>
        $"    using var {name} = {creation};\n    await {name}.GetAsync(\"https://a\");\n    ";

    private static string Static(string part) =>
        "using MtlsPop;\n\n" + part
            .Replace("using System.Runtime.CompilerServices;\n\n", "", StringComparison.Ordinal)
            .Replace("async", "static async", StringComparison.Ordinal);

    private static async Task<IEnumerable<string>> OfferedAsync(string source, Sample? sample = null)
    {
        var bench = await Workbench.OpenAsync(sample ?? RuntimeRule.Sample, source);
        return (await bench.OfferedAsync(new ClientPerCallFix())).Select(fix => fix.Title);
    }

    private static string Part(string method, string body, string field = "") =>
        (field switch
        {
            "" => "",
            Connections => "using MtlsPop;\n\n",
            _ => "using System.Runtime.CompilerServices;\n\n",
        })
        + $$"""
        partial class C
        {
        {{(field == "" ? "" : field + "\n\n")}}    async Task {{method}}(AuthenticationResult result)
            {
            {{body.Replace("\n    ", "\n        ", StringComparison.Ordinal)}}
            }
        }
        """;

    private static string Caller(string body, string field = "", string? usings = null) =>
        (usings ?? (field switch
        {
            "" => "",
            Connections => "using MtlsPop;\n\n",
            _ => "using System.Runtime.CompilerServices;\n\n",
        }))
        + $$"""
        class C
        {
            private static readonly TimeSpan _patience = TimeSpan.FromSeconds(9);
            private readonly System.Net.IWebProxy? _proxy = null;
        {{(field == "" ? "" : field + "\n")}}
            private static System.Net.IWebProxy? Current { get; set; }

            async Task M(IConfidentialClientApplication app, AuthenticationResult result, AuthenticationResult received, X509Certificate2 own, bool flag)
            {
            {{body.Replace("\n    ", "\n        ", StringComparison.Ordinal)}}
            }

            private System.Net.IWebProxy? Proxy() => _proxy;

            private static System.Net.IWebProxy? NewProxy() => null;

            private static TimeSpan Patience() => _patience;

            private static bool IsFine(System.Net.Security.SslPolicyErrors errors) => errors == default;
        }

        class Logging(HttpMessageHandler inner) : DelegatingHandler(inner)
        {
            public X509Certificate2? Certificate { get; init; }
        }
        """;

    private static string InMethod(string call) =>
        $$"""
        class C
        {
            private readonly Dictionary<X509Certificate2, HttpClient> _clients = [];
            private HttpClient? _client;

            async Task<object?> M(
                IConfidentialClientApplication app,
                AuthenticationResult received,
                X509Certificate2 own,
                HttpMessageHandler given,
                string[] scopes)
            {
                var result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                var plain = await app.AcquireTokenForClient(scopes).ExecuteAsync();
                {{call}}
                return null;
            }

            protected virtual HttpRequestMessage Message() => new();
            protected virtual void Keep(HttpClient client) { }
        }
        """;
}
