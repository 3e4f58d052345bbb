using MtlsPop.Analyzers.Requests;
using MtlsPop.CodeFixes.Requests;

namespace MtlsPop.Analyzers.Tests.Requests;

public sealed class SilentBeforeClientTests
{
    private static readonly Verify<RequestsAnalyzer, SilentBeforeClientFix> Rule = new("MPOP1007");

    [Fact]
    public Task An_attempt_on_the_way_to_the_same_token_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        try { return await app.{|MPOP1007:AcquireTokenSilent|}(scopes, account).ExecuteAsync(); }
        catch (MsalUiRequiredException) { return await app.AcquireTokenForClient(scopes).ExecuteAsync(); }
        """,
        """
        var silent = await app
            .{|MPOP1007:AcquireTokenSilent|}(scopes: scopes, account: account)
            .WithForceRefresh(true)
            .ExecuteAsync();
        if (silent.AccessToken.Length > 0) return silent;
        return await app.AcquireTokenForClient(scopes: scopes).ExecuteAsync();
        """,
        """
        AuthenticationResult? result = null;
        var accounts = await app.GetAccountsAsync();
        try { result = await app.{|MPOP1007:AcquireTokenSilent|}(scopes, accounts.FirstOrDefault()).ExecuteAsync(); }
        catch { }
        if (result == null) result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        return result;
        """,
        """
        await app.{|MPOP1007:AcquireTokenSilent|}(new[] { "r/.default" }, account).ExecuteAsync();
        return await app.AcquireTokenForClient(new[] { "r/.default" }).ExecuteAsync();
        """));

    [Fact]
    public Task One_of_the_two_alone_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        "return await app.AcquireTokenForClient(scopes).ExecuteAsync();",
        "return await app.AcquireTokenSilent(scopes, account).ExecuteAsync();",
        """
        // app.AcquireTokenSilent(scopes, account)
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """));

    [Fact]
    public Task An_attempt_that_is_an_alternative_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        if (flag) return await app.AcquireTokenSilent(scopes, account).ExecuteAsync();
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        return flag ? await app
            .AcquireTokenSilent(scopes, account)
            .ExecuteAsync() : await app
            .AcquireTokenForClient(scopes)
            .ExecuteAsync();
        """,
        """
        if (flag)
        {
            try { return await app.AcquireTokenSilent(scopes, account).ExecuteAsync(); }
            catch (MsalException) { throw; }
        }
        else return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """));

    [Fact]
    public Task An_attempt_for_another_token_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        await app.AcquireTokenSilent(userScopes, account).ExecuteAsync();
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        await users.AcquireTokenSilent(scopes, account).ExecuteAsync();
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        await app.AcquireTokenForClient(scopes).ExecuteAsync();
        return await app.AcquireTokenSilent(scopes, account).ExecuteAsync();
        """));

    [Fact]
    public Task Broken_code_is_unknown_and_the_rest_is_judged() =>
        Rule.Reports(InMethod(
            """
            await app.{|MPOP1007:AcquireTokenSilent|}(scopes, {|CS0103:unknown|}).ExecuteAsync();
            return await app.AcquireTokenForClient(scopes).ExecuteAsync();
            """));

    [Fact]
    public Task The_fix_leaves_what_is_left_to_do_with_its_comments() => Rule.Fixes(
        [InType("C", Before), InType("D", Before)],
        [InType("C", After), InType("D", After)]);

    private const string Before =
        """
                // The token.
                AuthenticationResult result;
                try
                {
                    result = await app.{|MPOP1007:AcquireTokenSilent|}(scopes, account).ExecuteAsync(); // quick
                }
                catch (MsalUiRequiredException) // or expired
                {
                    // Not cached.
                    result = await app.AcquireTokenForClient(scopes).ExecuteAsync(); // new
                }

                try
                {
                    var none = (IAccount?)null;
                    return await app.{|MPOP1007:AcquireTokenSilent|}(others, none).ExecuteAsync();
                }
                catch (MsalException)
                {
                    // Then not.
                }

                // Warm up.
                await app.{|MPOP1007:AcquireTokenSilent|}(others, account).ExecuteAsync();
                await app.AcquireTokenForClient(others).ExecuteAsync();
                return result;
        """;

    private const string After =
        """
                // The token.
                AuthenticationResult result;
                // quick
                // or expired
                // Not cached.
                result = await app.AcquireTokenForClient(scopes).ExecuteAsync(); // new

                // Then not.

                // Warm up.
                await app.AcquireTokenForClient(others).ExecuteAsync();
                return result;
        """;

    [Theory]
    [InlineData(
        """
        var silent = await app.{|MPOP1007:AcquireTokenSilent|}(scopes, account).ExecuteAsync();
        return flag ? silent : await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """)]
    [InlineData(
        """
        try { return await app.{|MPOP1007:AcquireTokenSilent|}(scopes, account).ExecuteAsync(); }
        catch (MsalUiRequiredException e)
        {
            Console.WriteLine(e);
            return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        }
        """)]
    [InlineData(
        """
        try { return await app.{|MPOP1007:AcquireTokenSilent|}(scopes, account).ExecuteAsync(); }
        catch (MsalUiRequiredException) when (flag) { return await app.AcquireTokenForClient(scopes).ExecuteAsync(); }
        """)]
    [InlineData(
        """
        try { await app.{|MPOP1007:AcquireTokenSilent|}(scopes, account).ExecuteAsync(); }
        catch (HttpRequestException) { }
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """)]
    [InlineData(
        """
        try {
        #line 1
        await app.{|MPOP1007:AcquireTokenSilent|}(scopes, account).ExecuteAsync();
        } catch (MsalException) { }
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """)]
    [InlineData(
        """
        try
        {
            await app.{|MPOP1007:AcquireTokenSilent|}(scopes, account).ExecuteAsync();
            return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        }
        catch (MsalException) { throw; }
        """)]
    public Task No_fix_is_offered_where_the_attempt_means_more(string body) => Rule.ReportsWithoutFix(InMethod(body));

    private static string InType(string name, string body) =>
        $$"""
        class {{name}}
        {
            async Task<AuthenticationResult> M(IConfidentialClientApplication app, string[] scopes, string[] others, IAccount account)
            {
        {{body}}
            }
        }
        """;

    private static string InMethod(string body) =>
        $$"""
        class C
        {
            async Task<AuthenticationResult> M(
                IConfidentialClientApplication app,
                IConfidentialClientApplication users,
                string[] scopes,
                string[] userScopes,
                IAccount account,
                bool flag)
            {
                {{body}}
            }
        }
        """;
}
