using MtlsPop.Analyzers.Requests;
using MtlsPop.CodeFixes.Requests;

namespace MtlsPop.Analyzers.Tests.Requests;

public sealed class BoundAndBearerTogetherTests
{
    private static readonly Verify<RequestsAnalyzer, BoundAndBearerTogetherFix> Rule = new("MPOP1003");

    [Fact]
    public Task A_request_for_both_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        await app
            .AcquireTokenForManagedIdentity(resource)
            .WithMtlsProofOfPossession()
            .{|MPOP1003:WithRequestOverMtls|}()
            .ExecuteAsync();
        """,
        """
        await app
            .AcquireTokenForManagedIdentity(resource)
            .{|MPOP1003:WithRequestOverMtls|}()
            .WithAttestationSupport()
            .WithMtlsProofOfPossession(new PoPOptions())
            .ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource);
        request.WithMtlsProofOfPossession();
        if (flag) request.{|MPOP1003:WithRequestOverMtls|}();
        await request.ExecuteAsync();
        """,
        """
        await ManagedIdentityPopExtensions
            .{|MPOP1003:WithRequestOverMtls|}(builder: app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession())
            .ExecuteAsync();
        """));

    [Theory]
    [InlineData("await app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("await app.AcquireTokenForManagedIdentity(resource).WithRequestOverMtls().ExecuteAsync();")]
    [InlineData("// app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().WithRequestOverMtls().ExecuteAsync()")]
    public Task A_request_for_one_of_them_is_silent(string body) => Rule.IsSilent(InMethod(body));

    [Fact]
    public Task Two_requests_or_paths_each_for_one_of_them_are_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var request = app.AcquireTokenForManagedIdentity(resource);
        if (flag) request.WithMtlsProofOfPossession();
        else request.WithRequestOverMtls();
        await request.ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource);
        request = flag ? request.WithMtlsProofOfPossession() : request.WithRequestOverMtls();
        await request.ExecuteAsync();
        """,
        """
        await app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync();
        await app.AcquireTokenForManagedIdentity(resource).WithRequestOverMtls().ExecuteAsync();
        """));

    [Theory]
    [InlineData("await app.AcquireTokenForManagedIdentity({|CS0103:unknown|}).WithMtlsProofOfPossession().{|MPOP1003:WithRequestOverMtls|}().ExecuteAsync();")]
    public Task Broken_code_is_unknown_and_the_rest_is_judged(string body) => Rule.Reports(InMethod(body));

    [Theory]
    [InlineData("await app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().WithRequestOverMtls().ExecuteAsync(){|CS1002:|}")]
    public Task Broken_code_is_silent_in_the_statement_with_a_syntax_error(string body) => Rule.IsSilent(InMethod(body));

    [Fact]
    public Task One_action_keeps_the_bound_token_and_the_comments() => (Rule with { Action = "MPOP1003.KeepBound" }).Fixes(
        InBothDocuments("""
            await app
                .AcquireTokenForManagedIdentity("a")
                .WithMtlsProofOfPossession() // bound
                .{|MPOP1003:WithRequestOverMtls|}()
                .ExecuteAsync();
            await app.AcquireTokenForManagedIdentity("b").{|MPOP1003:WithRequestOverMtls|}().WithMtlsProofOfPossession().ExecuteAsync();
            var request = app.AcquireTokenForManagedIdentity("c").WithMtlsProofOfPossession();
            request.{|MPOP1003:WithRequestOverMtls|}();
            await request.ExecuteAsync();
        """),
        InBothDocuments("""
            await app
                .AcquireTokenForManagedIdentity("a")
                .WithMtlsProofOfPossession() // bound
                .ExecuteAsync();
            await app.AcquireTokenForManagedIdentity("b").WithMtlsProofOfPossession().ExecuteAsync();
            var request = app.AcquireTokenForManagedIdentity("c").WithMtlsProofOfPossession();
            await request.ExecuteAsync();
        """));

    [Fact]
    public Task The_other_action_keeps_the_bearer_token() => (Rule with { Action = "MPOP1003.KeepBearer" }).Fixes(
        InBothDocuments("""
            await app
                .AcquireTokenForManagedIdentity("a")
                .WithMtlsProofOfPossession(new PoPOptions()) // bound
                .{|MPOP1003:WithRequestOverMtls|}()
                .ExecuteAsync();
            await app.AcquireTokenForManagedIdentity("b").{|MPOP1003:WithRequestOverMtls|}().WithMtlsProofOfPossession().ExecuteAsync();
            var request = app.AcquireTokenForManagedIdentity("c").{|MPOP1003:WithRequestOverMtls|}();
            // Bound.
            request = request.WithMtlsProofOfPossession();
            await request.ExecuteAsync();
        """),
        InBothDocuments("""
            await app
                .AcquireTokenForManagedIdentity("a") // bound
                .WithRequestOverMtls()
                .ExecuteAsync();
            await app.AcquireTokenForManagedIdentity("b").WithRequestOverMtls().ExecuteAsync();
            var request = app.AcquireTokenForManagedIdentity("c").WithRequestOverMtls();
            // Bound.
            await request.ExecuteAsync();
        """));

    [Theory]
    [InlineData("\n        // why\n        .{|MPOP1003:WithRequestOverMtls|}()\n        ", "\n        // why\n        ")]
    [InlineData("\n        .{|MPOP1003:WithRequestOverMtls|}() // why\n        ", " // why\n        ")]
    [InlineData("\n        // why\n        .{|MPOP1003:WithRequestOverMtls|}() // how\n        ", "\n        // why\n        // how\n        ")]
    public Task Comments_above_and_behind_the_step_stay(string step, string comments) => Rule.Fixes(
        InMethod($"await app.AcquireTokenForManagedIdentity(resource)\n        .WithMtlsProofOfPossession(){step}.ExecuteAsync();"),
        InMethod($"await app.AcquireTokenForManagedIdentity(resource)\n        .WithMtlsProofOfPossession(){comments}.ExecuteAsync();"));

    [Fact]
    public Task No_action_is_offered_for_calls_that_are_no_step_of_a_chain() => Rule.ReportsWithoutFix(InMethod(
        """
        await ManagedIdentityPopExtensions
            .{|MPOP1003:WithRequestOverMtls|}(
                ManagedIdentityPopExtensions.WithMtlsProofOfPossession(app.AcquireTokenForManagedIdentity(resource)))
            .ExecuteAsync();
        """));

    private static string[] InBothDocuments(string body) => [InType("C", body), InType("D", body)];

    private static string InType(string name, string body) =>
        $$"""
        class {{name}}
        {
            async Task M(IManagedIdentityApplication app)
            {
        {{body}}
            }
        }
        """;

    private static string InMethod(string body) =>
        $$"""
        class C
        {
            async Task M(IManagedIdentityApplication app, string resource, bool flag)
            {
                {{body}}
                await Task.CompletedTask;
            }
        }
        """;
}
