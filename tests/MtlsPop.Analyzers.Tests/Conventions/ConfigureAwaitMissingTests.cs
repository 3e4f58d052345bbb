using MtlsPop.Analyzers.Conventions;
using MtlsPop.CodeFixes.Conventions;

namespace MtlsPop.Analyzers.Tests.Conventions;

public sealed class ConfigureAwaitMissingTests
{
    private static readonly Verify<ConventionsAnalyzer, ConfigureAwaitMissingFix> Rule = new("MPOP5001");

    [Theory]
    [InlineData("{|MPOP5001:await|} Bound.ExecuteAsync();")]
    [InlineData("var task = Bound.ExecuteAsync(); {|MPOP5001:await|} task;")]
    [InlineData("await Bound.ExecuteAsync().ConfigureAwait(false); {|MPOP5001:await|} Task.Delay(1);")]
    [InlineData("await Bound.ExecuteAsync().ConfigureAwait(false); {|MPOP5001:await|} using var stream = new System.IO.MemoryStream();")]
    [InlineData("await Bound.ExecuteAsync().ConfigureAwait(false); {|MPOP5001:await|} using (var stream = new System.IO.MemoryStream()) { }")]
    [InlineData("await Bound.ExecuteAsync().ConfigureAwait(false); {|MPOP5001:await|} foreach (var item in Items()) { }")]
    [InlineData("await Bound.ExecuteAsync().ConfigureAwait(false); Func<Task> inner = async () => {|MPOP5001:await|} Task.Delay(1);")]
    [InlineData("await Bound.ExecuteAsync().ConfigureAwait(false); async Task Inner() => {|MPOP5001:await|} new ValueTask<int>(1);")]
    [InlineData("Console.WriteLine(({|MPOP5001:await|} Bound.ExecuteAsync()).AccessToken);")]
    [InlineData("await Bound.ExecuteAsync().ConfigureAwait(false); {|MPOP5001:await|} foreach (var item in Items().WithCancellation(default)) { }")]
    public Task An_await_beside_a_bound_token_is_reported_in_a_library(string body) => Rule.Reports(InMethod(body));

    [Fact]
    public Task An_await_that_says_where_to_resume_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        "await Bound.ExecuteAsync().ConfigureAwait(false);",
        "await Bound.ExecuteAsync().ConfigureAwait(continueOnCapturedContext: false);",
        "await Bound.ExecuteAsync().ConfigureAwait(true);",
        "await Bound.ExecuteAsync().ConfigureAwait(ConfigureAwaitOptions.None);",
        """
        var task = Bound.ExecuteAsync().ConfigureAwait(false);
        await task;
        """,
        """
        await Bound.ExecuteAsync().ConfigureAwait(false);
        await foreach (var item in Items().ConfigureAwait(false)) { }
        """,
        """
        await Bound.ExecuteAsync().ConfigureAwait(false);
        var stream = new System.IO.MemoryStream();
        await using (stream.ConfigureAwait(false)) { }
        """,
        """
        await Bound.ExecuteAsync().ConfigureAwait(false);
        await foreach (var item in Items().ConfigureAwait(false).WithCancellation(default)) { }
        """,
        """
        await Bound.ExecuteAsync().ConfigureAwait(false);
        var items = Items().WithCancellation(default).ConfigureAwait(false);
        await foreach (var item in items) { }
        """));

    [Fact]
    public Task An_await_of_what_cannot_say_it_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        await Bound.ExecuteAsync().ConfigureAwait(false);
        await Task.Yield();
        """,
        """
        await Bound.ExecuteAsync().ConfigureAwait(false);
        dynamic d = 1;
        await d;
        """));

    [Fact]
    public Task Elsewhere_in_a_type_of_bound_tokens_only_awaits_of_MSAL_count() => Rule.Reports(
        """
        class C(IConfidentialClientApplication app)
        {
            public object Bound() => app.AcquireTokenForClient(new[] { "a/.default" }).WithMtlsProofOfPossession();

            public async Task Bearer() => {|MPOP5001:await|} app.AcquireTokenForClient(new[] { "a/.default" }).ExecuteAsync();

            public async Task Other() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Plain_bearer_code_is_silent() => Rule.IsSilent(
        """
        class C(IConfidentialClientApplication app)
        {
            public async Task Bearer() => await app.AcquireTokenForClient(new[] { "a/.default" }).ExecuteAsync();
        }
        """);

    [Fact]
    public Task Code_that_sends_a_bound_token_is_reported_too() => Rule.Reports(
        """
        class C
        {
            public async Task Send(AuthenticationResult result, HttpClientHandler handler, Uri uri)
            {
                handler.ClientCertificates.Add(result.BindingCertificate ?? throw new InvalidOperationException());
                using var client = new HttpClient(handler);
                {|MPOP5001:await|} client.GetAsync(uri);
            }
        }
        """);

    [Fact]
    public Task Code_that_sends_what_another_method_acquired_is_reported_too() => Rule.Reports(
        """
        class C(IConfidentialClientApplication app, HttpClient client)
        {
            public async Task Send(Uri uri)
            {
                var result = await Acquire().ConfigureAwait(false);
                using var request = new HttpRequestMessage(HttpMethod.Get, uri);
                request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
                {|MPOP5001:await|} client.SendAsync(request);
            }

            private Task<AuthenticationResult> Acquire() => app.AcquireTokenForClient(new[] { "a/.default" }).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Fact]
    public Task Code_that_sends_what_its_constructor_was_given_is_reported_too() => Rule.Reports(
        """
        class Caller
        {
            private readonly HttpClient _client;
            private readonly AuthenticationResult _result;

            public Caller(AuthenticationResult result)
            {
                _client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
                _result = result;
            }

            public async Task Send(HttpRequestMessage request)
            {
                request.Headers.Authorization = new(_result.TokenType, _result.AccessToken);
                {|MPOP5001:await|} _client.SendAsync(request);
            }
        }
        """);

    [Fact]
    public Task A_name_alone_is_not_a_bound_token() => Rule.IsSilent(
        """
        class C
        {
            private X509Certificate2? BindingCertificate { get; set; }

            public async Task M() { BindingCertificate = null; await Task.Delay(1); }
        }
        """);

    [Theory]
    [InlineData(OutputKind.ConsoleApplication)]
    [InlineData(OutputKind.WindowsApplication)]
    public Task A_program_is_silent(OutputKind kind) => (Rule with { Sample = new() { OutputKind = kind } }).IsSilent(
        """
        class Program
        {
            static async Task Main() => await ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build()
                .AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Fact]
    public Task A_program_that_asks_for_it_is_reported() =>
        (Rule with { Sample = new() { OutputKind = OutputKind.ConsoleApplication, EditorConfig = "mtlspop.configure_await = always" } }).Reports(
        """
        var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
        {|MPOP5001:await|} app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
        """);

    [Fact]
    public Task A_library_that_wants_none_of_it_is_silent() =>
        (Rule with { Sample = new() { EditorConfig = "mtlspop.configure_await = never" } }).IsSilent(InMethod("await Bound.ExecuteAsync();"));

    [Theory]
    [InlineData("{|MPOP5001:await|} Bound.ExecuteAsync(); // bound", "await Bound.ExecuteAsync().ConfigureAwait(false); // bound")]
    [InlineData("var t = Bound.ExecuteAsync(); {|MPOP5001:await|} t;", "var t = Bound.ExecuteAsync(); await t.ConfigureAwait(false);")]
    [InlineData(
        "{|MPOP5001:await|} (true ? Bound.ExecuteAsync() : null!);",
        "await (true ? Bound.ExecuteAsync() : null!).ConfigureAwait(false);")]
    [InlineData("{|MPOP5001:await|} (Task)Bound.ExecuteAsync();", "await ((Task)Bound.ExecuteAsync()).ConfigureAwait(false);")]
    [InlineData("{|MPOP5001:await|} foreach (var item in Items()) { }", "await foreach (var item in Items().ConfigureAwait(false)) { }")]
    [InlineData(
        "var s = new System.IO.MemoryStream(); {|MPOP5001:await|} using (s) { }",
        "var s = new System.IO.MemoryStream(); await using (s.ConfigureAwait(false)) { }")]
    [InlineData(
        "Console.WriteLine(({|MPOP5001:await|} Bound.ExecuteAsync()).AccessToken);",
        "Console.WriteLine((await Bound.ExecuteAsync().ConfigureAwait(false)).AccessToken);")]
    [InlineData(
        """
        {|MPOP5001:await|} Task.WhenAll(({|MPOP5001:await|} Bound.ExecuteAsync()).AccessToken == "" ? Task.CompletedTask : Task.Delay(1));
        {|MPOP5001:await|} Task.Delay(2);
        """,
        """
        await Task.WhenAll((await Bound.ExecuteAsync().ConfigureAwait(false)).AccessToken == "" ? Task.CompletedTask : Task.Delay(1)).ConfigureAwait(false);
        await Task.Delay(2).ConfigureAwait(false);
        """)]
    public Task The_fix_appends_the_call(string before, string after) => Rule.Fixes(InMethod(before), InMethod(after));

    [Fact]
    public Task The_fix_lays_the_call_out_as_the_chain_is_and_declares_what_is_disposed_apart() => Rule.Fixes(
        """
        class C(IConfidentialClientApplication app)
        {
            public async Task M()
            {
                {|MPOP5001:await|} app
                    .AcquireTokenForClient(new[] { "a/.default" }) // the scope
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync();

                // A stream.
                {|MPOP5001:await|} using var stream = new System.IO.MemoryStream(); // declared
                {|MPOP5001:await|} using (var other = new System.IO.MemoryStream())
                {
                    other.WriteByte(1);
                }
            }
        }
        """,
        """
        class C(IConfidentialClientApplication app)
        {
            public async Task M()
            {
                await app
                    .AcquireTokenForClient(new[] { "a/.default" }) // the scope
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync()
                    .ConfigureAwait(false);

                // A stream.
                var stream = new System.IO.MemoryStream();
                await using var streamDisposal = stream.ConfigureAwait(false); // declared
                var other = new System.IO.MemoryStream();
                await using (other.ConfigureAwait(false))
                {
                    other.WriteByte(1);
                }
            }
        }
        """);

    [Theory]
    [InlineData("await Bound.{|CS1061:Execute|}(); {|MPOP5001:await|} Task.Delay(1);")]
    public Task Broken_code_is_unknown_and_the_rest_is_judged(string body) => Rule.Reports(InMethod(body));

    [Theory]
    [InlineData("await Bound.ExecuteAsync(){|CS1002:|}")]
    public Task Broken_code_is_silent_in_the_statement_with_a_syntax_error(string body) => Rule.IsSilent(InMethod(body));

    private static string InMethod(string body) =>
        $$"""
        class C(IConfidentialClientApplication app)
        {
            public async Task M()
            {
                var Bound = app.AcquireTokenForClient(new[] { "a/.default" }).WithMtlsProofOfPossession();
                {{body}}
            }

            private static IAsyncEnumerable<int> Items() => throw new InvalidOperationException();
        }
        """;
}
