using MtlsPop.Analyzers.Requests;

namespace MtlsPop.Analyzers.Tests.Requests;

public sealed class CallUnderstoodTests
{
    private static readonly Verify<RequestsAnalyzer> Rule = new("MPOP0001");

    [Theory]
    [InlineData("client.{|MPOP0001:AcquireTokenForClient|}(scopes).ExecuteAsync()")]
    [InlineData("machine.{|MPOP0001:AcquireTokenForManagedIdentity|}(resource: \"r\").WithMtlsProofOfPossession().ExecuteAsync()")]
    [InlineData("ConfidentialClientApplicationBuilder.{|MPOP0001:Create|}(\"id\").Build().{|MPOP0001:AcquireTokenForClient|}(scopes).ExecuteAsync()")]
    public Task A_request_and_its_application_are_reported(string request) => Rule.Reports(InType(request));

    [Theory]
    [InlineData("client.AcquireTokenOnBehalfOf(scopes, new UserAssertion(\"a\")).ExecuteAsync()")]
    [InlineData("Task.FromResult(client.AcquireTokenForClient(scopes))")]
    public Task A_call_that_is_no_request_in_its_own_name_is_silent(string request) => Rule.IsSilent(InType(request));

    [Fact]
    public Task Broken_code_is_unknown_and_the_rest_is_judged() => Rule.Reports(InType("client.{|MPOP0001:AcquireTokenForClient|}({|CS0103:unknown|}).ExecuteAsync()"));

    [Fact]
    public async Task It_is_off_by_default() => Assert.Empty(await FindAsync("client.AcquireTokenForClient(scopes).ExecuteAsync()", on: false));

    [Fact]
    public async Task A_request_comes_with_its_facts()
    {
        var request = Assert.Single(
            await FindAsync(
                "machine.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").WithMtlsProofOfPossession().ExecuteAsync()",
                on: true));

        Assert.Equal(
            [
                ("attested", "no"), ("audience", "https://vault.azure.net"), ("bearerOverMtls", "no"), ("bound", "yes"), ("call", "request"),
                ("chainSent", "unknown"), ("forExchange", "no"), ("identity", "managedIdentity"), ("secondLeg", "unknown"), ("understood", "yes"),
            ],
            FactsOf(request));
    }

    [Fact]
    public async Task An_application_comes_with_its_facts()
    {
        var found = await FindAsync(
            """
            ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t").WithClientSecret(scopes[0]).Build()
                .AcquireTokenForClient(scopes).ExecuteAsync()
            """,
            on: true);

        Assert.Equal(
            [
                ("bound", "no"), ("call", "application"), ("canBind", "no"), ("identity", "client"),
                ("presentsAssertion", "no"), ("region", "no"), ("tenanted", "yes"), ("understood", "yes"),
            ],
            FactsOf(Assert.Single(found, diagnostic => diagnostic.Properties["call"] == "application")));
    }

    [Theory]
    [InlineData("certificate, sendX5C: true", "yes")]
    [InlineData("certificate", "no")]
    public async Task A_request_knows_whether_its_application_sends_the_chain(string credential, string chainSent)
    {
        var found = await FindAsync(
            $"ConfidentialClientApplicationBuilder.Create(\"id\").WithCertificate({credential}).Build().AcquireTokenForClient(scopes).ExecuteAsync()",
            on: true);

        Assert.Equal(chainSent, Assert.Single(found, diagnostic => diagnostic.Properties["call"] == "request").Properties["chainSent"]);
    }

    [Fact]
    public async Task A_bound_assertion_comes_with_its_facts()
    {
        var found = await FindAsync(
            """
            ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t").WithClientAssertion(async (options, cancellation) =>
            {
                var leg1 = await machine.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync(cancellation);
                return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
            }).Build().AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync()
            """,
            on: true);

        Assert.Equal(
            [("call", "assertion"), ("certificate", "yes"), ("oneResult", "yes"), ("tokenBound", "yes"), ("understood", "yes")],
            FactsOf(Assert.Single(found, diagnostic => diagnostic.Properties["call"] == "assertion")));
    }

    [Theory]
    [InlineData("add(request);", "code that is not seen may add to the request")]
    [InlineData("if (scopes.Length > 1) request.WithMtlsProofOfPossession();", "some paths do what others leave out")]
    public async Task A_request_that_was_not_understood_says_why(string given, string reason)
    {
        var found = await FindInAsync(InBody($"""
            var request = client.AcquireTokenForClient(scopes);
            {given}
            await request.ExecuteAsync();
            """));

        var request = Assert.Single(found, diagnostic => diagnostic.Properties["call"] == "request");
        Assert.Equal(("no", reason), (request.Properties["understood"], request.Properties["reason"]));
    }

    [Theory]
    [InlineData("clientHandler.ClientCertificates.Add(result.BindingCertificate);", "mtls_pop", "https", "yes", "yes", "yes")]
    [InlineData("", "Bearer", "http", "no", "no", "no")]
    public async Task A_call_that_sends_a_token_comes_with_its_facts(string certificate, string scheme, string protocol, string presents, string boundScheme, string tls)
    {
        var resource = await ResourceCallAsync($$"""
            var result = await client.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            var clientHandler = new HttpClientHandler();
            {{certificate}}
            using var http = new HttpClient(clientHandler);
            using var message = new HttpRequestMessage(HttpMethod.Get, "{{protocol}}://vault.azure.net/secrets");
            message.Headers.Authorization = new AuthenticationHeaderValue("{{scheme}}", result.AccessToken);
            await http.SendAsync(message);
            """);

        Assert.Equal(
            [("bound", "yes"), ("boundScheme", boundScheme), ("call", "resource"), ("certificate", presents), ("tls", tls), ("understood", "yes")],
            FactsOf(resource));
    }

    [Fact]
    public async Task A_call_of_a_client_that_is_not_seen_says_so()
    {
        var resource = await ResourceCallAsync("""
            var result = await client.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            using var message = new HttpRequestMessage(HttpMethod.Get, "https://vault.azure.net/secrets");
            message.Headers.Authorization = new AuthenticationHeaderValue("mtls_pop", result.AccessToken);
            await new HttpMessageInvoker(handler).SendAsync(message, default);
            """);

        Assert.Equal(("no", "what certificate the client presents is not seen"), (resource.Properties["understood"], resource.Properties["reason"]));
    }

    private static async Task<Diagnostic> ResourceCallAsync(string body) =>
        Assert.Single(await FindInAsync(InBody(body)), diagnostic => diagnostic.Properties["call"] == "resource");

    private static IEnumerable<(string, string?)> FactsOf(Diagnostic diagnostic) =>
        diagnostic.Properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => (property.Key, property.Value));

    private static Task<Diagnostic[]> FindAsync(string request, bool on) => FindInAsync(InType(request), on);

    private static async Task<Diagnostic[]> FindInAsync(string program, bool on = true)
    {
        var compilation = await new Sample().CompileAsync(program);
        if (on)
            compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new("MPOP0001", ReportDiagnostic.Info)]));
        var found = await compilation.WithAnalyzers([new RequestsAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. found.Where(diagnostic => diagnostic.Id == "MPOP0001")];
    }

    private static string InBody(string body) =>
        $$"""
        class C
        {
            async Task M(IConfidentialClientApplication client, string[] scopes, HttpMessageHandler handler,
                Func<AcquireTokenForClientParameterBuilder, AcquireTokenForClientParameterBuilder> add)
            {
                {{body}}
            }
        }
        """;

    private static string InType(string request) =>
        $$"""
        class C
        {
            Task M(IManagedIdentityApplication machine, IConfidentialClientApplication client, string[] scopes, X509Certificate2 certificate) => {{request}};
        }
        """;
}
