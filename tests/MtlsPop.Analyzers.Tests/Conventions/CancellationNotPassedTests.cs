using MtlsPop.Analyzers.Conventions;
using MtlsPop.CodeFixes.Conventions;

namespace MtlsPop.Analyzers.Tests.Conventions;

public sealed class CancellationNotPassedTests
{
    private static readonly Verify<ConventionsAnalyzer, CancellationNotPassedFix> Rule = new("MPOP5002");

    [Theory]
    [InlineData("await Bound.{|MPOP5002:ExecuteAsync|}();", "await Bound.ExecuteAsync(stop);")]
    [InlineData("var task = Bound.{|MPOP5002:ExecuteAsync|}(); await task;", "var task = Bound.ExecuteAsync(stop); await task;")]
    [InlineData(
        "await Bound.ExecuteAsync(stop); await client.{|MPOP5002:GetAsync|}(uri);",
        "await Bound.ExecuteAsync(stop); await client.GetAsync(uri, stop);")]
    [InlineData("await client.{|MPOP5002:GetAsync|}(requestUri: uri);", "await client.GetAsync(requestUri: uri, stop);")]
    [InlineData(
        "await client.{|MPOP5002:GetAsync|}(completionOption: HttpCompletionOption.ResponseHeadersRead, requestUri: uri);",
        """
        await client.GetAsync(completionOption: HttpCompletionOption.ResponseHeadersRead, requestUri: uri, cancellationToken: stop);
        """)]
    [InlineData(
        "await client.{|MPOP5002:SendAsync|}(new HttpRequestMessage(), HttpCompletionOption.ResponseHeadersRead);",
        "await client.SendAsync(new HttpRequestMessage(), HttpCompletionOption.ResponseHeadersRead, stop);")]
    [InlineData("await client.{|MPOP5002:GetFromJsonAsync|}<string>(uri);", "await client.GetFromJsonAsync<string>(uri, stop);")]
    [InlineData("client.{|MPOP5002:Send|}(new HttpRequestMessage());", "client.Send(new HttpRequestMessage(), stop);")]
    [InlineData(
        "HttpContent? content = null; await content!.{|MPOP5002:ReadAsStringAsync|}();",
        "HttpContent? content = null; await content!.ReadAsStringAsync(stop);")]
    [InlineData(
        "HttpClient? other = null; var task = other?.{|MPOP5002:GetAsync|}(uri);",
        "HttpClient? other = null; var task = other?.GetAsync(uri, stop);")]
    [InlineData(
        "await Task.Run(async () => await Bound.{|MPOP5002:ExecuteAsync|}());",
        "await Task.Run(async () => await Bound.ExecuteAsync(stop));")]
    [InlineData(
        "async Task Local() => await Bound.{|MPOP5002:ExecuteAsync|}(); await Local();",
        "async Task Local() => await Bound.ExecuteAsync(stop); await Local();")]
    [InlineData(
        "async Task Local(CancellationToken inner) => await Bound.{|MPOP5002:ExecuteAsync|}(); await Local(stop);",
        "async Task Local(CancellationToken inner) => await Bound.ExecuteAsync(inner); await Local(stop);")]
    [InlineData(
        """
        Func<AssertionRequestOptions, Task<string>> assertion = async options => (await Bound.{|MPOP5002:ExecuteAsync|}()).AccessToken;
        """,
        """
        Func<AssertionRequestOptions, Task<string>> assertion = async options => (await Bound.ExecuteAsync(options.CancellationToken)).AccessToken;
        """)]
    [InlineData(
        """
        Func<AssertionRequestOptions, CancellationToken, Task<string>> assertion = async (options, late) =>
            (await Bound.{|MPOP5002:ExecuteAsync|}()).AccessToken;
        """,
        """
        Func<AssertionRequestOptions, CancellationToken, Task<string>> assertion = async (options, late) =>
            (await Bound.ExecuteAsync(late)).AccessToken;
        """)]
    [InlineData(
        """
        Console.WriteLine((await Bound.{|MPOP5002:ExecuteAsync|}()).AccessToken);
        await client.{|MPOP5002:GetAsync|}((await Bound.{|MPOP5002:ExecuteAsync|}()).AccessToken);
        """,
        """
        Console.WriteLine((await Bound.ExecuteAsync(stop)).AccessToken);
        await client.GetAsync((await Bound.ExecuteAsync(stop)).AccessToken, stop);
        """)]
    public Task The_token_at_hand_is_passed(string before, string after) => Rule.Fixes(InMethod(before), InMethod(after));

    [Fact]
    public Task The_token_of_an_option_object_is_passed() => Rule.Fixes(
        """
        class Call { public string Scope { get; } = ""; public CancellationToken Aborted { get; } }
        class C(IConfidentialClientApplication app)
        {
            public Task M(Call @event) => app.AcquireTokenForClient(new[] { @event.Scope }).WithMtlsProofOfPossession().{|MPOP5002:ExecuteAsync|}();
        }
        """,
        """
        class Call { public string Scope { get; } = ""; public CancellationToken Aborted { get; } }
        class C(IConfidentialClientApplication app)
        {
            public Task M(Call @event) => app.AcquireTokenForClient(new[] { @event.Scope }).WithMtlsProofOfPossession().ExecuteAsync(@event.Aborted);
        }
        """);

    [Fact]
    public Task The_fix_keeps_layout_and_comments() => Rule.Fixes(
        """
        class C(IConfidentialClientApplication app, HttpClient client)
        {
            public async Task M(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                await app
                    .AcquireTokenForClient(new[] { "a/.default" })
                    .WithMtlsProofOfPossession()
                    .{|MPOP5002:ExecuteAsync|}() // now
                    .ConfigureAwait(false);
                await client.{|MPOP5002:SendAsync|}(
                    request, // as it is
                    HttpCompletionOption.ResponseHeadersRead /* no body */);
                await client.{|MPOP5002:SendAsync|}( /* that */ request /* this */);
            }
        }
        """,
        """
        class C(IConfidentialClientApplication app, HttpClient client)
        {
            public async Task M(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                await app
                    .AcquireTokenForClient(new[] { "a/.default" })
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync(cancellationToken) // now
                    .ConfigureAwait(false);
                await client.SendAsync(
                    request, // as it is
                    HttpCompletionOption.ResponseHeadersRead /* no body */,
                    cancellationToken);
                await client.SendAsync( /* that */ request /* this */, cancellationToken);
            }
        }
        """);

    [Fact]
    public Task The_fix_works_in_several_documents() => Rule.Fixes(
        [InMethod("await Bound.{|MPOP5002:ExecuteAsync|}();"), InMethod("await Bound.{|MPOP5002:ExecuteAsync|}();", "D")],
        [InMethod("await Bound.ExecuteAsync(stop);"), InMethod("await Bound.ExecuteAsync(stop);", "D")]);

    [Fact]
    public Task A_call_that_is_given_a_token_is_silent() => Rule.IsSilent(Cases.Of(
        example => InMethod(example),
        "await Bound.ExecuteAsync(stop);",
        "await Bound.ExecuteAsync(CancellationToken.None);",
        "await Bound.ExecuteAsync(cancellationToken: default);",
        """
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Bound.ExecuteAsync(limit.Token);
        """,
        "await client.GetAsync(uri, stop);"));

    [Fact]
    public Task A_call_that_takes_none_is_silent() => Rule.IsSilent(Cases.Of(
        example => InMethod(example),
        """
        client.CancelPendingRequests();
        client.Dispose();
        """,
        "await Task.Delay(1);",
        "// Bound.ExecuteAsync()"));

    [Fact]
    public Task A_call_where_no_token_or_more_than_one_is_at_hand_is_silent() => Rule.IsSilent(Cases.Of(
        example => InMethod(example),
        """
        static async Task Local(IConfidentialClientApplication app) => await app.AcquireTokenForClient(new[] { "" }).ExecuteAsync();
        await Local(app);
        """,
        """
        async Task Local(CancellationToken one, CancellationToken two) => await Bound.ExecuteAsync();
        await Local(stop, stop);
        """,
        """
        Func<AssertionRequestOptions, CancellationToken, Task<string>> assertion = async (_, _) =>
            (await Bound.ExecuteAsync()).AccessToken;
        """));

    [Theory]
    [InlineData("var kept = new Lazy<Task<AuthenticationResult>>(() => Bound.ExecuteAsync());")]
    [InlineData("Func<Task> later = () => Bound.ExecuteAsync();")]
    public Task A_call_that_is_made_later_is_silent(string body) => Rule.IsSilent(InMethod(body));

    [Fact]
    public Task A_call_that_must_be_made_although_the_caller_gave_up_is_silent() => Rule.IsSilent(Cases.Of(
        example => InMethod(example),
        """
        try { await Bound.ExecuteAsync(stop); }
        catch (OperationCanceledException) { await Bound.ExecuteAsync(); }
        """,
        """
        try { await Bound.ExecuteAsync(stop); }
        finally { await client.DeleteAsync(uri); }
        """));

    [Fact]
    public Task Without_a_token_in_scope_it_is_silent() => Rule.IsSilent(
        """
        class C(IConfidentialClientApplication app, CancellationToken stopping)
        {
            public async Task M(string scope) => await app.AcquireTokenForClient(new[] { scope }).WithMtlsProofOfPossession().ExecuteAsync();

            public CancellationToken Stopping => stopping;
        }
        """);

    [Fact]
    public Task Plain_bearer_code_is_silent() => Rule.IsSilent(
        """
        class C(IConfidentialClientApplication app, HttpClient client)
        {
            public async Task M(CancellationToken cancellationToken) =>
                await client.GetAsync((await app.AcquireTokenForClient(new[] { "a/.default" }).ExecuteAsync()).AccessToken);
        }
        """);

    [Theory]
    [InlineData("await Bound.{|MPOP5002:ExecuteAsync|}(); await {|CS0103:client2|}.GetAsync(uri);")]
    public Task Broken_code_is_unknown_and_the_rest_is_judged(string body) => Rule.Reports(InMethod(body));

    [Theory]
    [InlineData("await Bound.ExecuteAsync(){|CS1002:|}")]
    [InlineData("await Bound.ExecuteAsync({|CS0103:unknown|});")]
    public Task Broken_code_is_silent(string body) => Rule.IsSilent(InMethod(body));

    private static string InMethod(string body, string type = "C") =>
        $$"""
        using System.Net.Http.Json;

        class {{type}}(IConfidentialClientApplication app, HttpClient client)
        {
            public async Task M(Uri uri, CancellationToken stop)
            {
                var Bound = app.AcquireTokenForClient(new[] { "a/.default" }).WithMtlsProofOfPossession();
                {{body}}
                await Task.CompletedTask;
            }
        }
        """;
}
