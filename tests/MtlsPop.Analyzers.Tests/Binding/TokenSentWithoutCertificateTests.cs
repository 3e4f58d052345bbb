using MtlsPop.Analyzers.Binding;
using MtlsPop.CodeFixes.Binding;

namespace MtlsPop.Analyzers.Tests.Binding;

public sealed class TokenSentWithoutCertificateTests
{
    private static readonly Verify<BindingAnalyzer, TokenSentWithoutCertificateFix> Rule = new("MPOP3003");
    private static readonly Verify<BindingAnalyzer, TokenSentWithoutCertificateFix> RuntimeRule =
        Rule with { Action = "MPOP3003.Runtime", Sample = new() { ReferencesRuntime = true } };

    [Fact]
    public Task The_default_headers_of_a_client_without_a_certificate_are_reported() => Rule.Reports(Cases.Of(
        example => InMethod(example),
        """
        using var client = new HttpClient();
        client.DefaultRequestHeaders.{|MPOP3003:Authorization|} = header;
        await client.GetAsync("https://a");
        """,
        """
        using var client = new HttpClient();
        client.DefaultRequestHeaders.{|MPOP3003:Add|}("Authorization", result.CreateAuthorizationHeader());
        await client.GetAsync("https://a");
        """,
        """
        using var client = new HttpClient();
        client.DefaultRequestHeaders.{|MPOP3003:TryAddWithoutValidation|}("Authorization", $"mtls_pop {result.AccessToken}");
        """,
        "_http.DefaultRequestHeaders.{|MPOP3003:Authorization|} = header;",
        """
        using var client = new HttpClient();
        client.DefaultRequestHeaders.{|MPOP3003:Authorization|} = new("Bearer", result.AccessToken);
        """,
        """
        using var client = new HttpClient();
        client.DefaultRequestHeaders.{|MPOP3003:Authorization|} = AuthenticationHeaderValue.Parse(
            result.CreateAuthorizationHeader());
        """));

    [Fact]
    public Task A_message_that_a_client_without_a_certificate_sends_is_reported() => Rule.Reports(Cases.Of(
        example => InMethod(example),
        """
        using HttpClient client = new() { Timeout = TimeSpan.FromSeconds(9) };
        await client.{|MPOP3003:SendAsync|}(Message());
        """,
        """
        using var message = new HttpRequestMessage { Headers = { Authorization = new("mtls_pop", result.AccessToken) } };
        using var client = new HttpClient();
        using var response = client.{|MPOP3003:Send|}(message);
        """,
        "await new HttpClient().{|MPOP3003:SendAsync|}(cancellationToken: CancellationToken.None, request: Message());",
        "await _http.{|MPOP3003:SendAsync|}(Message());",
        """
        foreach (var i in new[] { 1, 2 }) { await _http.{|MPOP3003:SendAsync|}(Message()); }
        await _http.SendAsync(Message());
        """));

    [Fact]
    public Task A_client_over_a_handler_without_a_certificate_is_reported() => Rule.Reports(Cases.Of(
        example => InMethod(example),
        """
        var handler = new HttpClientHandler();
        using var client = new HttpClient(handler);
        await client.{|MPOP3003:SendAsync|}(Message());
        """,
        """
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        handler.UseCookies = false;
        using var client = new HttpClient(handler, disposeHandler: false);
        await client.{|MPOP3003:SendAsync|}(Message());
        """,
        """
        using var client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) });
        await client.{|MPOP3003:SendAsync|}(Message());
        """));

    [Fact]
    public Task A_client_of_a_function_of_the_method_is_reported() => Rule.Reports(Cases.Of(
        example => InMethod(example),
        """
        HttpClient Create() => new();
        await Create().{|MPOP3003:SendAsync|}(Message());
        """,
        """
        async Task Send(HttpClient client) => await client.{|MPOP3003:SendAsync|}(Message());
        await Send(new HttpClient());
        """));

    [Fact]
    public Task A_client_whose_handler_presents_the_certificate_is_silent() => Rule.IsSilent(Cases.Of(
        example => InMethod(example),
        """
        var handler = new HttpClientHandler();
        handler.ClientCertificates.Add(result.BindingCertificate);
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = new("mtls_pop", result.AccessToken);
        """,
        """
        var handler = new HttpClientHandler { ClientCertificates = { result.BindingCertificate } };
        using var client = new HttpClient(handler);
        await client.SendAsync(Message());
        """,
        """
        using var client = new HttpClient(new HttpClientHandler { ClientCertificateOptions = ClientCertificateOption.Automatic });
        await client.SendAsync(Message());
        """,
        """
        var handler = new HttpClientHandler();
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = header;
        handler.ClientCertificates.Add(result.BindingCertificate);
        await client.GetAsync("https://a");
        """,
        """
        var handler = new HttpClientHandler();
        if (flag) handler.ClientCertificates.Add(result.BindingCertificate);
        using var client = new HttpClient(handler);
        await client.SendAsync(Message());
        """,
        """
        using var client = new HttpClient(
            new SocketsHttpHandler { SslOptions = new() { ClientCertificates = [result.BindingCertificate] } });
        await client.SendAsync(Message());
        """,
        """
        var handler = new SocketsHttpHandler();
        handler.SslOptions.ClientCertificates = new X509CertificateCollection { result.BindingCertificate };
        using var client = new HttpClient(handler);
        await client.SendAsync(Message());
        """));

    [Fact]
    public Task A_handler_that_chooses_its_certificate_or_connects_by_itself_is_silent() => Rule.IsSilent(Cases.Of(
        example => InMethod(example),
        """
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                SslOptions = { LocalCertificateSelectionCallback = (_, _, _, _, _) => result.BindingCertificate },
            });
        await client.SendAsync(Message());
        """,
        """
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = null });
        await client.SendAsync(Message());
        """));

    [Fact]
    public Task A_handler_that_other_code_may_complete_is_silent() => Rule.IsSilent(Cases.Of(
        example => InMethod(example),
        """
        var handler = new HttpClientHandler();
        Configure(handler);
        using var client = new HttpClient(handler);
        await client.SendAsync(Message());
        """,
        """
        var handler = new HttpClientHandler();
        var handlers = new List<HttpMessageHandler> { handler };
        using var client = new HttpClient(handler);
        await client.SendAsync(Message());
        """,
        """
        using var client = new HttpClient(new Certifying(new HttpClientHandler()));
        await client.SendAsync(Message());
        """));

    [Fact]
    public Task A_client_that_is_made_elsewhere_is_silent() => Rule.IsSilent(Cases.Of(
        example => InMethod(example),
        """
        using var client = new HttpClient(given);
        await client.SendAsync(Message());
        """,
        "await injected.SendAsync(Message());",
        "await GetClient(result.BindingCertificate).SendAsync(Message());",
        """
        using var client = create(result.BindingCertificate!);
        await client.SendAsync(Message());
        """,
        """
        using var client = flag ? new HttpClient() : injected;
        await client.SendAsync(Message());
        """,
        """
        using var client = new Special();
        await client.SendAsync(Message());
        """));

    [Fact]
    public Task A_request_without_a_bound_token_is_silent() => Rule.IsSilent(Cases.Of(
        example => InMethod(example),
        """
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", plain.AccessToken);
        await client.GetAsync("https://a");
        """,
        """
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("mtls_pop", other.AccessToken);
        await client.GetAsync("https://a");
        """,
        """
        using var client = new HttpClient();
        await client.PostAsync("https://a", new StringContent(result.AccessToken));
        """,
        """
        using var client = new HttpClient();
        await client.GetAsync("https://a");
        """,
        "// using var client = new HttpClient(); await client.SendAsync(Message());"));

    [Theory]
    [InlineData("if (result.BindingCertificate is null) await _http.SendAsync(Message());")]
    [InlineData("if (result.TokenType == \"Bearer\") await _http.SendAsync(Message());")]
    public Task A_token_that_turned_out_not_to_be_bound_is_silent(string send) => Rule.IsSilent(InMethod(send));

    [Fact]
    public Task Clients_cached_for_each_certificate_are_silent() => Rule.IsSilent(
        """
        using System.Collections.Concurrent;

        static class Caller
        {
            private static readonly ConcurrentDictionary<string, HttpClient> _clients = new();

            public static async Task Call(IConfidentialClientApplication app, string[] scopes)
            {
                var result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                var client = _clients.GetOrAdd(result.BindingCertificate.Thumbprint, _ =>
                {
                    var handler = new HttpClientHandler();
                    handler.ClientCertificates.Add(result.BindingCertificate);
                    return new HttpClient(handler, disposeHandler: true);
                });
                using var request = new HttpRequestMessage(HttpMethod.Get, "https://graph.microsoft.com/v1.0/applications");
                request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
                await client.SendAsync(request);
            }
        }
        """);

    [Theory]
    [InlineData("await new HttpClient().SendAsync(Message()){|CS1002:|}")]
    [InlineData("await new HttpClient({|CS0103:unknown|}).SendAsync(Message());")]
    public Task Broken_code_is_silent(string send) => Rule.IsSilent(InMethod(send));

    [Theory]
    [InlineData("new HttpClient()", "new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } })")]
    [InlineData(
        "new HttpClient { Timeout = TimeSpan.Zero }",
        "new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }) { Timeout = TimeSpan.Zero }")]
    [InlineData(
        "new HttpClient(new HttpClientHandler())",
        "new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } })")]
    [InlineData(
        "new HttpClient(new HttpClientHandler { UseCookies = false /* none */ }, false)",
        """
        new HttpClient(new HttpClientHandler { UseCookies = false, ClientCertificates = { result.BindingCertificate } /* none */ }, false)
        """)]
    [InlineData(
        "new HttpClient(disposeHandler: true, handler: new SocketsHttpHandler { UseCookies = false })",
        $$"""
        new HttpClient(disposeHandler: true, handler: new SocketsHttpHandler { UseCookies = false, SslOptions = { ClientCertificates = {{Certificates}} } })
        """)]
    public Task The_fix_gives_the_handler_the_certificate_and_keeps_its_settings(string before, string after) => Rule.Fixes(
        InMethod($"using var client = {before}; await client.{{|MPOP3003:SendAsync|}}(Message());", plain: false),
        InMethod($"using var client = {after}; await client.SendAsync(Message());", plain: false));

    [Fact]
    public Task Three_in_one_method_are_fixed_together() => Rule.Fixes(
        InMethod(
            """
            var handler = new HttpClientHandler
                    {
                        UseCookies = false,
                        AllowAutoRedirect = false,
                    };

                    // The client.
                    using var first = new HttpClient(handler);
                    using var second = new HttpClient(new HttpClientHandler
                    {
                        UseCookies = false, // none
                    });
                    await first.{|MPOP3003:SendAsync|}(Message());
                    await second.{|MPOP3003:SendAsync|}(Message());
                    await new HttpClient().{|MPOP3003:SendAsync|}(Message()); // third
            """,
            plain: false),
        InMethod(
            """
            var handler = new HttpClientHandler
                    {
                        UseCookies = false,
                        AllowAutoRedirect = false,
                    };

                    // The client.
                    handler.ClientCertificates.Add(result.BindingCertificate);
                    using var first = new HttpClient(handler);
                    using var second = new HttpClient(new HttpClientHandler
                    {
                        UseCookies = false,
                        ClientCertificates = { result.BindingCertificate } // none
                    });
                    await first.SendAsync(Message());
                    await second.SendAsync(Message());
                    await new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }).SendAsync(Message()); // third
            """,
            plain: false));

    [Fact]
    public Task Several_documents_are_fixed_together() => Rule.Fixes(
        [
            InMethod("await new HttpClient().{|MPOP3003:SendAsync|}(Message());", plain: false),
            OtherDocument("new HttpClient()", "{|MPOP3003:Authorization|}"),
        ],
        [
            InMethod(
                "await new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }).SendAsync(Message());",
                plain: false),
            OtherDocument("new HttpClient(new HttpClientHandler { ClientCertificates = { bound.BindingCertificate } })", "Authorization"),
        ]);

    [Theory]
    [InlineData("await _http.{|MPOP3003:SendAsync|}(Message());")]
    [InlineData("HttpClient Create() => new(); await Create().{|MPOP3003:SendAsync|}(Message());")]
    public Task Where_the_client_is_shared_or_the_result_is_ambiguous_no_fix_is_offered(string send) => Rule.ReportsWithoutFix(InMethod(send));

    [Theory]
    [InlineData("using var client = new HttpClient();", "using var client = _connections.CreateClient(result);")]
    [InlineData("using HttpClient client = new();", "using HttpClient client = _connections.CreateClient(result);")]
    [InlineData("using var client = new HttpClient(new HttpClientHandler());", "using var client = _connections.CreateClient(result);")]
    [InlineData(
        "using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, true);",
        "using var client = _connections.CreateClient(result);")]
    [InlineData(
        "var handler = new HttpClientHandler(); handler.UseCookies = false; using var client = new HttpClient(handler);",
        "using var client = _connections.CreateClient(result);")]
    public Task The_runtime_makes_the_client(string before, string after) => RuntimeRule.Fixes(
        InMethod(before + " await client.{|MPOP3003:SendAsync|}(Message());", plain: false),
        ByRuntime(after + " await client.SendAsync(Message());"));

    [Fact]
    public Task The_runtime_s_client_is_returned_with_its_token() => RuntimeRule.Fixes(
        Returning("new HttpClient()", "{|MPOP3003:Authorization|}"),
        "using MtlsPop;\n\n"
            + Returning("_connections.CreateClient(result)", "Authorization", "    private static readonly MtlsPopConnections _connections = new();\n\n"));

    [Fact]
    public Task Three_in_one_method_use_the_runtime_together() => RuntimeRule.Fixes(
        InMethod(
            """
            var handler = new HttpClientHandler();
                    handler.UseCookies = false; // none

                    // The clients.
                    using var first = new HttpClient(handler);
                    using var second = new HttpClient();
                    await first.{|MPOP3003:SendAsync|}(Message());
                    await second.{|MPOP3003:SendAsync|}(Message());
                    await new HttpClient().{|MPOP3003:SendAsync|}(Message()); // third
            """,
            plain: false),
        ByRuntime(
            """
            // none

                    // The clients.
                    using var first = _connections.CreateClient(result);
                    using var second = _connections.CreateClient(result);
                    await first.SendAsync(Message());
                    await second.SendAsync(Message());
                    await _connections.CreateClient(result).SendAsync(Message()); // third
            """));

    [Fact]
    public Task Several_documents_use_the_runtime_together() => RuntimeRule.Fixes(
        [
            InMethod("await new HttpClient().{|MPOP3003:SendAsync|}(Message());", plain: false),
            OtherDocument("new HttpClient()", "{|MPOP3003:Authorization|}"),
        ],
        [
            ByRuntime("await _connections.CreateClient(result).SendAsync(Message());"),
            "using MtlsPop;\n\n" + OtherDocumentByRuntime("MtlsPopConnections"),
        ]);

    [Fact]
    public Task The_runtime_s_type_is_named_in_full_beside_another_of_its_name() => RuntimeRule.Fixes(
        OtherDocument("new HttpClient()", "{|MPOP3003:Authorization|}") + "class MtlsPopConnections;",
        OtherDocumentByRuntime("MtlsPop.MtlsPopConnections") + "class MtlsPopConnections;");

    [Theory]
    [InlineData(
        """
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(9) };
        await client.SendAsync(Message());
        """)]
    [InlineData(
        """
        using var client = new HttpClient(new HttpClientHandler { CheckCertificateRevocationList = true });
        await client.SendAsync(Message());
        """)]
    [InlineData(
        """
        using var client = new HttpClient(/* plain */ new HttpClientHandler());
        await client.SendAsync(Message());
        """)]
    [InlineData(
        """
        using var client = new HttpClient();
        client.Send(Message());
        """)]
    [InlineData(
        """
        _kept = new HttpClient();
        await _kept.SendAsync(Message());
        """)]
    [InlineData(
        """
        var client = new HttpClient();
        _kept = client;
        await client.SendAsync(Message());
        """)]
    [InlineData(
        """
        using var client = new HttpClient();
        await client.SendAsync(Message());
        result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        await client.SendAsync(Message());
        """)]
    public async Task The_runtime_s_client_is_not_offered_where_it_would_not_do_the_same(string send)
    {
        var bench = await Workbench.OpenAsync(RuntimeRule.Sample, InMethod(send, plain: false));

        Assert.Equal(["Give the client the binding certificate"], (await bench.OfferedAsync(new TokenSentWithoutCertificateFix())).Select(fix => fix.Title));
    }

    [Fact]
    public Task What_the_runtime_does_is_clean_of_every_rule() => new EveryRule { Sample = RuntimeRule.Sample }.IsSilent(
        """
        using MtlsPop;

        public sealed class Graph(IConfidentialClientApplication app)
        {
            private static readonly MtlsPopConnections _connections = new();

            public async Task<HttpClient> CreateAsync(CancellationToken cancellationToken)
            {
                var result = await app
                    .AcquireTokenForClient(["https://graph.microsoft.com/.default"])
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync(cancellationToken)
                    .ConfigureAwait(false);
                var client = _connections.CreateClient(result);
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
                return client;
            }
        }
        """);

    private static string Returning(string client, string header, string field = "") =>
        $$"""
        class C
        {
        {{field}}    async Task<HttpClient> M(IConfidentialClientApplication app, string[] scopes)
            {
                var result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                var client = {{client}};
                client.DefaultRequestHeaders.{{header}} = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
                return client;
            }
        }
        """;

    private static string ByRuntime(string send) => "using MtlsPop;\n\n" + InMethod(send, plain: false)
        .Replace("_kept;\n", "_kept;\n    private static readonly MtlsPopConnections _connections = new();\n", StringComparison.Ordinal);

    private static string OtherDocument(string client, string header) =>
        $$"""
        class D
        {
            async Task M(IConfidentialClientApplication app, string[] scopes)
            {
                var bound = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                using var client = {{client}};
                client.DefaultRequestHeaders.{{header}} = new AuthenticationHeaderValue(bound.TokenType, bound.AccessToken);
            }
        }
        """;

    private const string Certificates = "new X509CertificateCollection { result.BindingCertificate }";

    private static string OtherDocumentByRuntime(string connections) =>
        OtherDocument("_connections.CreateClient(bound)", "Authorization").Replace(
            "{\n    async",
            $"{{\n    private static readonly {connections} _connections = new();\n\n    async",
            StringComparison.Ordinal);

    private static string InMethod(string send, bool plain = true) =>
        $$"""
        class C
        {
            private static readonly HttpClient _http = new();
            private HttpClient? _kept;

            async Task M(
                IConfidentialClientApplication app,
                HttpClient injected,
                HttpMessageHandler given,
                Func<X509Certificate2, HttpClient> create,
                {{(plain ? "AuthenticationResult other," : "")}}
                string[] scopes,
                bool flag)
            {
                var result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                {{(plain ? "var plain = await app.AcquireTokenForClient(scopes).ExecuteAsync();" : "")}}
                var header = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
                {{send}}

                HttpRequestMessage Message()
                {
                    var message = new HttpRequestMessage(HttpMethod.Get, "https://graph.microsoft.com/v1.0/applications");
                    message.Headers.Authorization = header;
                    return message;
                }
            }

            protected virtual void Configure(HttpClientHandler handler) { }

            protected virtual HttpClient GetClient(X509Certificate2 certificate) => new();
        }

        class Certifying(HttpMessageHandler inner) : DelegatingHandler(inner);

        class Special : HttpClient;
        """;
}
