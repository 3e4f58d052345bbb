using MtlsPop.Analyzers.Requests;
using MtlsPop.CodeFixes.Requests;

namespace MtlsPop.Analyzers.Tests.Requests;

public sealed class ScopeWithoutDefaultTests
{
    private static readonly Verify<RequestsAnalyzer, ScopeWithoutDefaultFix> Rule = new("MPOP1008");

    [Fact]
    public Task A_constant_scope_that_is_no_default_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        await app.AcquireTokenForClient(new[] { {|MPOP1008:"https://vault.azure.net"|} }).ExecuteAsync();
        """,
        """
        await app.AcquireTokenForClient([{|MPOP1008:"https://vault.azure.net"|}]).WithMtlsProofOfPossession().ExecuteAsync();
        """,
        """
        await app.AcquireTokenForClient(
            scopes: new string[] { "https://vault.azure.net/.default", {|MPOP1008:"User.Read"|} }).ExecuteAsync();
        """,
        """
        await app.AcquireTokenForClient(new[] { {|MPOP1008:$"{Resource}/User.Read"|} }).ExecuteAsync();
        """,
        """
        await app.AcquireTokenForClient(new[] { {|MPOP1008:Resource + "/User.Read"|} }).ExecuteAsync();
        """,
        """
        app.AcquireTokenForClient(new[] { {|MPOP1008:"api://AzureFMITokenExchange"|} });
        """));

    [Fact]
    public Task A_scope_in_a_variable_or_a_function_is_followed() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var scopes = new[] { {|MPOP1008:"https://vault.azure.net"|} };
        await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        string[] scopes = { {|MPOP1008:Resource|} };
        await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        await app.AcquireTokenForClient({|MPOP1008:Scopes()|}).ExecuteAsync();
        static string[] Scopes() => new[] { Resource };
        """,
        """
        Task Get(string scope) => app.AcquireTokenForClient(new[] { scope }).ExecuteAsync();
        await {|MPOP1008:Get|}(Resource);
        await Get(Resource + "/.default");
        """));

    [Theory]
    [InlineData("private static readonly string[] _scopes = { {|MPOP1008:\"https://vault.azure.net\"|} };")]
    [InlineData("private readonly string[] _scopes = [{|MPOP1008:\"https://vault.azure.net\"|}];")]
    [InlineData("private static string[] _scopes => new[] { {|MPOP1008:\"https://vault.azure.net\"|} };")]
    [InlineData("private static string[] _scopes { get; } = new[] { {|MPOP1008:\"https://vault.azure.net\"|} };")]
    public Task A_scope_kept_by_the_type_is_reported_where_it_is_written(string member) => Rule.Reports(
        $$"""
        class C
        {
            {{member}}

            Task M(IConfidentialClientApplication app) => app.AcquireTokenForClient(_scopes).ExecuteAsync();
        }
        """);

    [Theory]
    [InlineData(
        """
        private string _scope = Resource;
        public string Scope { set => _scope = value; }
        """)]
    [InlineData(
        """
        private readonly string _scope;

        C(string resource)
        {
            _scope = Resource;
            if (resource.Length > 0) _scope = resource;
            _scope += "/.default";
        }
        """)]
    [InlineData(
        """
        private readonly string[] _scopes = [Resource];
        private string _scope => _scopes[0];
        C() => _scopes[0] += "/.default";
        """,
        "_scopes")]
    public Task A_scope_that_the_type_changes_is_silent(string members, string scopes = "[_scope]") => Rule.IsSilent(
        $$"""
        class C
        {
            private const string Resource = "https://vault.azure.net";
            {{members}}

            Task M(IConfidentialClientApplication app) => app.AcquireTokenForClient({{scopes}}).ExecuteAsync();
        }
        """);

    [Theory]
    [InlineData("await app.AcquireTokenForClient(new[] { \"https://vault.azure.net/.default\" }).ExecuteAsync();")]
    [InlineData("await app.AcquireTokenForClient(new[] { \"https://vault.azure.net//.Default\" }).ExecuteAsync();")]
    [InlineData("await app.AcquireTokenForClient(new[] { $\"{Resource}/.default\" }).ExecuteAsync();")]
    [InlineData("await app.AcquireTokenForClient(new[] { given + \"/.default\" }).ExecuteAsync();")]
    [InlineData("await app.AcquireTokenForClient(new[] { \".default\" }).ExecuteAsync();")]
    public Task A_default_scope_is_silent(string body) => Rule.IsSilent(InMethod(body));

    [Fact]
    public Task A_scope_that_is_not_known_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        "await app.AcquireTokenForClient(new[] { given }).ExecuteAsync();",
        "await app.AcquireTokenForClient(givens).ExecuteAsync();",
        """
        var scopes = new[] { Resource };
        scopes = givens;
        await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        string? configured = given;
        await app.AcquireTokenForClient([configured ?? Resource]).ExecuteAsync();
        """,
        """
        await app.AcquireTokenForClient(new[] { _kept }).ExecuteAsync();
        _kept = given;
        """));

    [Fact]
    public Task A_scope_that_becomes_a_default_one_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var scope = Resource;
        if (!scope.EndsWith(given)) scope += "/.default";
        await app.AcquireTokenForClient([scope]).ExecuteAsync();
        """,
        """
        await app.AcquireTokenForClient([Resource.EndsWith(given) ? Resource : Resource + "/.default"]).ExecuteAsync();
        """,
        """
        var scopes = new[] { Resource };
        scopes[0] += "/.default";
        await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        var scopes = new[] { Resource };
        Complete(scopes);
        await app.AcquireTokenForClient(scopes).ExecuteAsync();
        void Complete(string[] all) => all[0] = given;
        """,
        """
        var scope = Resource;
        if (!scope.EndsWith("/.default")) scope += "/.default";
        await app.AcquireTokenForClient(new[] { scope }).ExecuteAsync();
        """,
        """
        string[] scopes = { Resource };
        scopes[0] += "/.default";
        await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        List<string> scopes = [Resource];
        scopes[0] = given;
        await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        List<string> scopes = [Resource];
        scopes.Clear();
        scopes.Add(given);
        await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """));

    [Fact]
    public Task Requests_that_need_no_default_scope_are_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        await app.AcquireTokenForClient(new[] { "api://AzureADTokenExchange" }).ExecuteAsync();
        """,
        """
        await ConfidentialClientApplicationBuilder
            .Create("id")
            .WithOidcAuthority("https://sign.in")
            .Build()
            .AcquireTokenForClient(new[] { "orders.read" })
            .ExecuteAsync();
        """,
        """
        await app.AcquireTokenOnBehalfOf(new[] { "User.Read" }, new UserAssertion(given)).ExecuteAsync();
        """,
        """
        await managed.AcquireTokenForManagedIdentity("https://vault.azure.net").ExecuteAsync();
        """,
        """
        // app.AcquireTokenForClient(new[] { "https://vault.azure.net" })
        """));

    [Theory]
    [InlineData("await app.AcquireTokenForClient(new[] { {|MPOP1008:\"https://vault.azure.net\"|} }).ExecuteAsync({|CS0103:unknown|});")]
    public Task Broken_code_is_unknown_and_the_rest_is_judged(string body) => Rule.Reports(InMethod(body));

    [Theory]
    [InlineData("await app.AcquireTokenForClient(new[] { \"https://vault.azure.net\" }).ExecuteAsync(){|CS1002:|}")]
    public Task Broken_code_is_silent_in_the_statement_with_a_syntax_error(string body) => Rule.IsSilent(InMethod(body));

    [Fact]
    public Task The_fix_asks_for_the_default_of_the_same_resource_and_keeps_comments() => Rule.Fixes(
        [
            InType("C", "{|MPOP1008:", "|}", "https://vault.azure.net", "https://graph.microsoft.com/User.Read", "Resource"),
            InType("D", "{|MPOP1008:", "|}", "https://management.azure.com/", "api://orders/Orders.Read", "Resource"),
        ],
        [
            InType("C", "", "", "https://vault.azure.net/.default", "https://graph.microsoft.com/.default", "Resource + \"/.default\""),
            InType("D", "", "", "https://management.azure.com/.default", "api://orders/.default", "Resource + \"/.default\""),
        ]);

    [Theory]
    [InlineData("api://orders/access_as_user", "api://orders/.default")]
    [InlineData("https://management.azure.com/user_impersonation", "https://management.azure.com/.default")]
    [InlineData("api://tenant/orders", "api://tenant/orders/.default")]
    public Task The_fix_tells_a_permission_from_a_resource(string before, string after) => Rule.Fixes(
        InMethod($$"""await app.AcquireTokenForClient(new[] { {|MPOP1008:"{{before}}"|} }).ExecuteAsync();"""),
        InMethod($$"""await app.AcquireTokenForClient(new[] { "{{after}}" }).ExecuteAsync();"""));

    [Fact]
    public Task No_fix_is_offered_where_the_scope_is_written_elsewhere() =>
        Rule.ReportsWithoutFix(InMethod(
            """
            await app.AcquireTokenForClient({|MPOP1008:Scopes()|}).ExecuteAsync();
            static string[] Scopes() => new[] { Resource };
            """));

    private static string InType(string name, string mark, string endMark, string first, string second, string third) =>
        $$"""
        class {{name}}
        {
            private const string Resource = "https://storage.azure.com";
            private static readonly string[] _scopes = { /* ours */ {{mark}}"{{first}}"{{endMark}} };

            async Task M(IConfidentialClientApplication app)
            {
                await app.AcquireTokenForClient(_scopes).ExecuteAsync();
                await app.AcquireTokenForClient(new[] { {{mark}}"{{second}}"{{endMark}} /* theirs */ }).ExecuteAsync();
                await app.AcquireTokenForClient([{{mark}}{{third}}{{endMark}}]).ExecuteAsync();
            }
        }
        """;

    private static string InMethod(string body) =>
        $$"""
        class C
        {
            private const string Resource = "https://vault.azure.net";
            private string _kept = Resource;

            async Task M(IConfidentialClientApplication app, IManagedIdentityApplication managed, string given, string[] givens)
            {
                {{body}}
                await Task.CompletedTask;
            }
        }
        """;
}
