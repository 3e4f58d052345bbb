using MtlsPop.Analyzers.Requests;
using MtlsPop.CodeFixes.Requests;

namespace MtlsPop.Analyzers.Tests.Requests;

public sealed class AttestationWithoutBindingTests
{
    private static readonly Verify<RequestsAnalyzer, AttestationWithoutBindingFix> Rule = new("MPOP1002");

    [Fact]
    public Task An_attested_request_that_nothing_binds_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        "await app.AcquireTokenForManagedIdentity(resource).{|MPOP1002:WithAttestationSupport|}().ExecuteAsync();",
        """
        await app
            .AcquireTokenForManagedIdentity(resource: resource)
            .WithForceRefresh(true)
            .{|MPOP1002:WithAttestationSupport|}()
            .WithClaims(null)
            .ExecuteAsync(CancellationToken.None)
            .ConfigureAwait(false);
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource);
        request.{|MPOP1002:WithAttestationSupport|}();
        await request.ExecuteAsync();
        """,
        """
        await ManagedIdentityAttestationExtensions
            .{|MPOP1002:WithAttestationSupport|}(builder: app.AcquireTokenForManagedIdentity(resource))
            .ExecuteAsync();
        """));

    [Fact]
    public Task An_attested_request_that_is_bound_on_no_path_where_it_is_attested_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var request = app.AcquireTokenForManagedIdentity(resource);
        if (flag) request = request.{|MPOP1002:WithAttestationSupport|}();
        await request.ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource);
        if (flag) request.WithMtlsProofOfPossession();
        else request.{|MPOP1002:WithAttestationSupport|}();
        await request.ExecuteAsync();
        """));

    [Fact]
    public Task A_bound_request_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        "await app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();",
        "await app.AcquireTokenForManagedIdentity(resource).WithAttestationSupport().WithMtlsProofOfPossession().ExecuteAsync();",
        "await app.AcquireTokenForManagedIdentity(resource).WithAttestationSupport().WithRequestOverMtls().ExecuteAsync();",
        """
        var request = app.AcquireTokenForManagedIdentity(resource).WithAttestationSupport();
        if (flag) request.WithMtlsProofOfPossession();
        else request.WithRequestOverMtls();
        await request.ExecuteAsync();
        """));

    [Fact]
    public Task A_request_that_other_code_may_bind_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var request = app.AcquireTokenForManagedIdentity(resource).WithAttestationSupport();
        configure(request);
        await request.ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource).WithAttestationSupport();
        Action bind = () => request.WithMtlsProofOfPossession();
        bind();
        await request.ExecuteAsync();
        """));

    [Theory]
    [InlineData("await app.AcquireTokenForManagedIdentity(resource).ExecuteAsync();")]
    [InlineData("var request = app.AcquireTokenForManagedIdentity(resource).WithAttestationSupport();")]
    [InlineData("// app.AcquireTokenForManagedIdentity(resource).WithAttestationSupport().ExecuteAsync()")]
    [InlineData("var name = nameof(ManagedIdentityAttestationExtensions.WithAttestationSupport);")]
    public Task A_request_that_is_not_attested_or_not_sent_is_silent(string body) => Rule.IsSilent(InMethod(body));

    [Theory]
    [InlineData("await app.AcquireTokenForManagedIdentity({|CS0103:unknown|}).{|MPOP1002:WithAttestationSupport|}().ExecuteAsync();")]
    public Task Broken_code_is_unknown_and_the_rest_is_judged(string body) => Rule.Reports(InMethod(body));

    [Theory]
    [InlineData("await app.AcquireTokenForManagedIdentity(resource).WithAttestationSupport().ExecuteAsync(){|CS1002:|}")]
    public Task Broken_code_is_silent_in_the_statement_with_a_syntax_error(string body) => Rule.IsSilent(InMethod(body));

    [Fact]
    public Task The_fix_binds_the_request_laid_out_as_it_is_and_keeps_comments() => Rule.Fixes(
        """
        class C
        {
            async Task M(IManagedIdentityApplication app)
            {
                await app
                    .AcquireTokenForManagedIdentity("a")
                    .{|MPOP1002:WithAttestationSupport|}() // attested
                    .ExecuteAsync();
                await app.AcquireTokenForManagedIdentity("b").{|MPOP1002:WithAttestationSupport|}(/* it */).ExecuteAsync();
                var request = app.AcquireTokenForManagedIdentity("c");
                request.{|MPOP1002:WithAttestationSupport|}(); // attested
                await request.ExecuteAsync();
            }
        }
        """,
        """
        class C
        {
            async Task M(IManagedIdentityApplication app)
            {
                await app
                    .AcquireTokenForManagedIdentity("a")
                    .WithAttestationSupport() // attested
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync();
                await app.AcquireTokenForManagedIdentity("b").WithAttestationSupport(/* it */).WithMtlsProofOfPossession().ExecuteAsync();
                var request = app.AcquireTokenForManagedIdentity("c");
                request.WithAttestationSupport().WithMtlsProofOfPossession(); // attested
                await request.ExecuteAsync();
            }
        }
        """);

    [Fact]
    public Task The_fix_reaches_every_document_and_adds_the_using_that_the_call_needs() =>
        (Rule with { Sample = new() { GlobalUsings = "global using Microsoft.Identity.Client.KeyAttestation;" } }).Fixes(
            [
                """
                class C
                {
                    void M(Microsoft.Identity.Client.IManagedIdentityApplication app) =>
                        app.AcquireTokenForManagedIdentity("a").{|MPOP1002:WithAttestationSupport|}().ExecuteAsync();
                }
                """,
                """
                using Microsoft.Identity.Client;

                class D
                {
                    void M(IManagedIdentityApplication app) =>
                        app.AcquireTokenForManagedIdentity("a").{|MPOP1002:WithAttestationSupport|}().ExecuteAsync();
                }
                """,
            ],
            [
                """
                using Microsoft.Identity.Client;

                class C
                {
                    void M(Microsoft.Identity.Client.IManagedIdentityApplication app) =>
                        app.AcquireTokenForManagedIdentity("a").WithAttestationSupport().WithMtlsProofOfPossession().ExecuteAsync();
                }
                """,
                """
                using Microsoft.Identity.Client;

                class D
                {
                    void M(IManagedIdentityApplication app) =>
                        app.AcquireTokenForManagedIdentity("a").WithAttestationSupport().WithMtlsProofOfPossession().ExecuteAsync();
                }
                """,
            ]);

    private static string InMethod(string body) =>
        $$"""
        class C
        {
            async Task M(IManagedIdentityApplication app, string resource, bool flag, Action<AcquireTokenForManagedIdentityParameterBuilder> configure)
            {
                {{body}}
                await Task.CompletedTask;
            }
        }
        """;
}
