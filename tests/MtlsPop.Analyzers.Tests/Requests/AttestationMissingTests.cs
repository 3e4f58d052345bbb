using MtlsPop.Analyzers.Requests;
using MtlsPop.CodeFixes.Requests;

namespace MtlsPop.Analyzers.Tests.Requests;

public sealed class AttestationMissingTests
{
    private static readonly Verify<RequestsAnalyzer, AttestationMissingFix> Rule = new("MPOP1001");

    [Fact]
    public Task A_bound_request_without_attestation_is_reported_at_the_binding_step() => Rule.Reports(
        """
        class C
        {
            Task<AuthenticationResult> Acquire(IManagedIdentityApplication app) => app
                .AcquireTokenForManagedIdentity("https://vault.azure.net")
                .{|MPOP1001:WithMtlsProofOfPossession|}()
                .ExecuteAsync();
        }
        """);

    [Fact]
    public Task The_fix_leaves_tabs_line_ends_and_regions_around_it_as_they_are() => Rule.Fixes(
        """
        class C
        {
        	object M(IManagedIdentityApplication app) => app
        		.AcquireTokenForManagedIdentity("r")
        			#region bound
        		.{|MPOP1001:WithMtlsProofOfPossession|}()
        			#endregion
        		.ExecuteAsync();
        }
        """.ReplaceLineEndings("\r\n"),
        """
        class C
        {
        	object M(IManagedIdentityApplication app) => app
        		.AcquireTokenForManagedIdentity("r")
        			#region bound
        		.WithMtlsProofOfPossession()
        		.WithAttestationSupport()
        			#endregion
        		.ExecuteAsync();
        }
        """.ReplaceLineEndings("\r\n"));

    [Fact]
    public Task A_request_in_a_variable_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var request = app.AcquireTokenForManagedIdentity(resource).{|MPOP1001:WithMtlsProofOfPossession|}();
        await request.ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource);
        request = request.{|MPOP1001:WithMtlsProofOfPossession|}();
        await request.ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource);
        request.{|MPOP1001:WithMtlsProofOfPossession|}();
        await request.ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource).{|MPOP1001:WithMtlsProofOfPossession|}();
        if (flag) request = request.WithForceRefresh(true);
        await request.ExecuteAsync();
        """));

    [Fact]
    public Task A_request_that_is_attested_on_no_path_where_it_is_bound_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var request = app.AcquireTokenForManagedIdentity(resource);
        if (flag) request = request.{|MPOP1001:WithMtlsProofOfPossession|}();
        await request.ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource);
        if (flag) request.{|MPOP1001:WithMtlsProofOfPossession|}();
        else request.WithAttestationSupport();
        await request.ExecuteAsync();
        """));

    [Fact]
    public Task A_request_in_one_expression_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var task = app.AcquireTokenForManagedIdentity(resource).{|MPOP1001:WithMtlsProofOfPossession|}().ExecuteAsync();
        await task.ConfigureAwait(false);
        """,
        """
        app
            .AcquireTokenForManagedIdentity(resource)
            .{|MPOP1001:WithMtlsProofOfPossession|}()
            .ExecuteAsync()
            .GetAwaiter()
            .GetResult();
        """,
        """
        await ManagedIdentityPopExtensions
            .{|MPOP1001:WithMtlsProofOfPossession|}(builder: app.AcquireTokenForManagedIdentity(resource: resource))
            .ExecuteAsync();
        """,
        """
        await (flag ? app : app!)
            .AcquireTokenForManagedIdentity(resource)
            .{|MPOP1001:WithMtlsProofOfPossession|}(new PoPOptions())
            .WithClaims(null)
            .ExecuteAsync();
        """));

    [Fact]
    public Task Each_of_several_bound_requests_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var request = flag ? app
            .AcquireTokenForManagedIdentity(resource)
            .{|MPOP1001:WithMtlsProofOfPossession|}() : app
            .AcquireTokenForManagedIdentity(resource)
            .{|MPOP1001:WithMtlsProofOfPossession|}();
        await request.ExecuteAsync();
        """,
        """
        var request = resource switch
        {
            "a" => app.AcquireTokenForManagedIdentity(resource).{|MPOP1001:WithMtlsProofOfPossession|}(),
            _ => null!,
        };
        await request.ExecuteAsync();
        """));

    [Fact]
    public Task A_request_in_a_loop_with_exception_handlers_is_reported() => Rule.Reports(InMethod(
        """
        for (var i = 0; i < 3; i++)
        {
            try { await app.AcquireTokenForManagedIdentity(resource).{|MPOP1001:WithMtlsProofOfPossession|}().ExecuteAsync(); }
            catch (MsalException) { continue; }
            finally { i++; }
        }
        """));

    [Fact]
    public Task A_request_of_a_function_of_the_method_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        async Task<AuthenticationResult> Local() =>
            await app.AcquireTokenForManagedIdentity(resource).{|MPOP1001:WithMtlsProofOfPossession|}().ExecuteAsync();
        await Local();
        """,
        """
        Func<Task<AuthenticationResult>> acquire = () =>
            app.AcquireTokenForManagedIdentity(resource).{|MPOP1001:WithMtlsProofOfPossession|}().ExecuteAsync();
        await acquire();
        """,
        """
        await Task.Run(async () =>
            await app.AcquireTokenForManagedIdentity(resource).{|MPOP1001:WithMtlsProofOfPossession|}().ExecuteAsync());
        """,
        """
        AcquireTokenForManagedIdentityParameterBuilder Bind(AcquireTokenForManagedIdentityParameterBuilder request) =>
            request.{|MPOP1001:WithMtlsProofOfPossession|}();
        await Bind(app.AcquireTokenForManagedIdentity(resource)).ExecuteAsync();
        """));

    [Fact]
    public Task An_attested_request_is_silent() => Rule.IsSilent(Cases.Of(
        InMethodWithHelpers,
        "await app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();",
        "await app.AcquireTokenForManagedIdentity(resource).WithAttestationSupport().WithMtlsProofOfPossession().ExecuteAsync();",
        """
        var request = app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession();
        request.WithAttestationSupport();
        await request.ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource);
        if (flag)
        {
            request.WithMtlsProofOfPossession();
            request.WithAttestationSupport();
        }
        await request.ExecuteAsync();
        """));

    [Fact]
    public Task A_request_that_is_attested_on_some_paths_is_silent() => Rule.IsSilent(InMethodWithHelpers(
        """
        var request = app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession();
        if (flag) request.WithAttestationSupport();
        await request.ExecuteAsync();
        """));

    [Fact]
    public Task A_request_that_other_code_may_attest_is_silent() => Rule.IsSilent(Cases.Of(
        InMethodWithHelpers,
        """
        var request = app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession();
        Configure(request);
        await request.ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession();
        configure(request);
        await request.ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().Attest();
        await request.ExecuteAsync();
        """,
        """
        _request = app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession();
        Prepare();
        await _request.ExecuteAsync();
        """));

    [Fact]
    public Task A_request_that_a_function_of_the_method_attests_is_silent() => Rule.IsSilent(Cases.Of(
        InMethodWithHelpers,
        """
        var request = app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession();
        Action attest = () => request.WithAttestationSupport();
        attest();
        await request.ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession();
        void Attest() => request.WithAttestationSupport();
        Attest();
        await request.ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession();
        var held = new[] { request };
        held[0].WithAttestationSupport();
        await request.ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession();
        later(() => request.WithAttestationSupport());
        await request.ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession();
        void Attest() => request.WithAttestationSupport();
        later(Attest);
        await request.ExecuteAsync();
        """));

    [Theory]
    [InlineData("await app.AcquireTokenForManagedIdentity(resource).ExecuteAsync();")]
    [InlineData("var request = app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession();")]
    [InlineData("// app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync()")]
    [InlineData("var name = nameof(ManagedIdentityPopExtensions.WithMtlsProofOfPossession);")]
    public Task A_request_that_is_not_bound_or_not_sent_is_silent(string body) => Rule.IsSilent(InMethodWithHelpers(body));

    [Fact]
    public Task A_request_with_more_paths_than_are_kept_apart_is_silent_where_one_of_them_attests() => Rule.IsSilent(
        """
        class C
        {
            Task M(IManagedIdentityApplication app, bool bind, bool attest, bool force, string? claims, Guid? id, string? note)
            {
                var request = app.AcquireTokenForManagedIdentity("r");
                if (force) request = request.WithForceRefresh(true);
                if (claims != null) request = request.WithClaims(claims);
                if (id is { } known) request = request.WithCorrelationId(known);
                if (note != null) Console.WriteLine(note);
                if (bind) request = request.WithMtlsProofOfPossession();
                if (attest && bind) request = request.WithAttestationSupport();
                return request.ExecuteAsync();
            }
        }
        """);

    [Fact]
    public Task The_fix_appends_the_call_laid_out_as_the_one_before_and_keeps_comments() => Rule.Fixes(
        """
        class C
        {
            async Task M(IManagedIdentityApplication app)
            {
                await app
                    .AcquireTokenForManagedIdentity("a")
                    // To its own key.
                    .{|MPOP1001:WithMtlsProofOfPossession|}() // bound
                    .ExecuteAsync();
                await app.AcquireTokenForManagedIdentity("b")./* bind */{|MPOP1001:WithMtlsProofOfPossession|}(/* it */).ExecuteAsync();
                var request = app
                    .AcquireTokenForManagedIdentity("c")
                    .{|MPOP1001:WithMtlsProofOfPossession|}();
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
                    // To its own key.
                    .WithMtlsProofOfPossession() // bound
                    .WithAttestationSupport()
                    .ExecuteAsync();
                await app.AcquireTokenForManagedIdentity("b")./* bind */WithMtlsProofOfPossession(/* it */).WithAttestationSupport().ExecuteAsync();
                var request = app
                    .AcquireTokenForManagedIdentity("c")
                    .WithMtlsProofOfPossession()
                    .WithAttestationSupport();
                await request.ExecuteAsync();
            }
        }
        """);

    [Fact]
    public Task The_fix_adds_the_using_that_the_call_needs() => (Rule with { Sample = WithoutUsing }).Fixes(
        """
        // A header.

        using System;
        using Microsoft.Identity.Client;
        using MSys = System.Math;

        class C
        {
            void M(IManagedIdentityApplication app) =>
                app.AcquireTokenForManagedIdentity("a").{|MPOP1001:WithMtlsProofOfPossession|}().ExecuteAsync();
        }
        """,
        """
        // A header.

        using System;
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.KeyAttestation;
        using MSys = System.Math;

        class C
        {
            void M(IManagedIdentityApplication app) =>
                app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();
        }
        """);

    [Fact]
    public Task The_fix_adds_the_using_under_a_header_that_no_blank_line_ends() => (Rule with { Sample = WithoutUsing }).Fixes(
        """
        // A header.
        using Shared;

        class C
        {
            void M(Microsoft.Identity.Client.IManagedIdentityApplication app) =>
                app.AcquireTokenForManagedIdentity("a").{|MPOP1001:WithMtlsProofOfPossession|}().ExecuteAsync();
        }

        namespace Shared { }
        """,
        """
        // A header.
        using Microsoft.Identity.Client.KeyAttestation;
        using Shared;

        class C
        {
            void M(Microsoft.Identity.Client.IManagedIdentityApplication app) =>
                app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();
        }

        namespace Shared { }
        """);

    [Fact]
    public Task The_fix_adds_the_using_under_a_header_in_a_file_without_usings() => (Rule with { Sample = WithoutUsing }).Fixes(
        """
        // A header.

        class C
        {
            void M(Microsoft.Identity.Client.IManagedIdentityApplication app) =>
                app.AcquireTokenForManagedIdentity("a").{|MPOP1001:WithMtlsProofOfPossession|}().ExecuteAsync();
        }
        """,
        """
        // A header.

        using Microsoft.Identity.Client.KeyAttestation;

        class C
        {
            void M(Microsoft.Identity.Client.IManagedIdentityApplication app) =>
                app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();
        }
        """);

    [Fact]
    public Task Without_the_attestation_package_the_message_names_it_and_no_fix_is_offered() =>
        (Rule with { Sample = new() { ReferencesKeyAttestation = false } }).ReportsWithoutFix(
        """
        class C
        {
            void M(IManagedIdentityApplication app) =>
                app.AcquireTokenForManagedIdentity("a").{|MPOP1001:WithMtlsProofOfPossession|}().ExecuteAsync();
        }
        """);

    [Theory]
    [InlineData("4.86.1")]
    [InlineData("4.92.0")]
    public async Task Where_the_runtime_is_referenced_its_call_can_take_the_place_of_the_whole_request(string msal)
    {
        const string Before =
            """
            class C
            {
                async Task M(IManagedIdentityApplication app, CancellationToken stop)
                {
                    // A vault's.
                    await app
                        .AcquireTokenForManagedIdentity("a")
                        .{|MPOP1001:WithMtlsProofOfPossession|}()
                        .ExecuteAsync(stop)
                        .ConfigureAwait(false); // bound
                    await app
                        .AcquireTokenForManagedIdentity(resource: "b")
                        .{|MPOP1001:WithMtlsProofOfPossession|}()
                        .ExecuteAsync(cancellationToken: stop)
                        .ConfigureAwait(false);
                    await app./* ask */AcquireTokenForManagedIdentity((await app
                        .AcquireTokenForManagedIdentity("c")
                        .{|MPOP1001:WithMtlsProofOfPossession|}()
                        .ExecuteAsync(default)
                        .ConfigureAwait(false)).Scopes.First()).{|MPOP1001:WithMtlsProofOfPossession|}().ExecuteAsync(default).ConfigureAwait(false);
                }
            }
            """;
        const string After =
            """
            using MtlsPop;

            class C
            {
                async Task M(IManagedIdentityApplication app, CancellationToken stop)
                {
                    // A vault's.
                    await app
                        .AcquireMtlsPopTokenAsync("a", stop)
                        .ConfigureAwait(false); // bound
                    await app
                        .AcquireMtlsPopTokenAsync(resource: "b", cancellationToken: stop)
                        .ConfigureAwait(false);
                    await app./* ask */AcquireMtlsPopTokenAsync((await app
                        .AcquireMtlsPopTokenAsync("c", default)
                        .ConfigureAwait(false)).Scopes.First(), default).ConfigureAwait(false);
                }
            }
            """;

        await (ByRuntime with { Sample = ByRuntime.Sample with { Msal = msal } }).Fixes(Before, After);
        await new EveryRule { Sample = ByRuntime.Sample }.IsSilent(After);
    }

    [Fact]
    public Task The_runtime_s_namespace_is_not_imported_twice() => ByRuntime.Fixes(
        [
            "global using MtlsPop;",
            """
            class C
            {
                Task M(IManagedIdentityApplication app) => app.AcquireTokenForManagedIdentity("a").{|MPOP1001:WithMtlsProofOfPossession|}().ExecuteAsync();
            }
            """,
        ],
        [
            "global using MtlsPop;",
            """
            class C
            {
                Task M(IManagedIdentityApplication app) => app.AcquireMtlsPopTokenAsync("a");
            }
            """,
        ]);

    [Theory]
    [InlineData(
        """
        var result = await app
            .AcquireTokenForManagedIdentity(resource)
            .{|MPOP1001:WithMtlsProofOfPossession|}()
            .WithForceRefresh(true)
            .ExecuteAsync();
        """)]
    [InlineData(
        """
        var result = await app
            .AcquireTokenForManagedIdentity(resource)
            .WithClaims("{}")
            .{|MPOP1001:WithMtlsProofOfPossession|}()
            .ExecuteAsync();
        """)]
    [InlineData(
        """
        var result = await app
            .AcquireTokenForManagedIdentity(resource)
            .{|MPOP1001:WithMtlsProofOfPossession|}(new PoPOptions())
            .ExecuteAsync();
        """)]
    [InlineData(
        """
        var result = await app
            .AcquireTokenForManagedIdentity(resource)
            .{|MPOP1001:WithMtlsProofOfPossession|}(/* bound */)
            .ExecuteAsync();
        """)]
    [InlineData(
        """
        var result = await ManagedIdentityPopExtensions
            .{|MPOP1001:WithMtlsProofOfPossession|}(app.AcquireTokenForManagedIdentity(resource))
            .ExecuteAsync();
        """)]
    [InlineData(
        """
        var request = app.AcquireTokenForManagedIdentity(resource).{|MPOP1001:WithMtlsProofOfPossession|}();
        var result = await request.ExecuteAsync();
        """)]
    [InlineData(
        """
        var task = app?.AcquireTokenForManagedIdentity(resource).{|MPOP1001:WithMtlsProofOfPossession|}().ExecuteAsync();
        if (task is not null) await task;
        """)]
    [InlineData("var result = await this.AcquireTokenForManagedIdentity(app).{|MPOP1001:WithMtlsProofOfPossession|}().ExecuteAsync();")]
    public Task The_runtime_s_call_is_not_offered_for_a_request_that_it_does_not_do_all_of(string body) => ByRuntime.ReportsWithoutFix(
        $$"""
        class C
        {
            async Task M(IManagedIdentityApplication app, string resource)
            {
                {{body}}
            }

            AcquireTokenForManagedIdentityParameterBuilder AcquireTokenForManagedIdentity(IManagedIdentityApplication app) =>
                app.AcquireTokenForManagedIdentity("a");
        }
        """);

    [Theory]
    [InlineData("await app.AcquireTokenForManagedIdentity({|CS0103:unknown|}).{|MPOP1001:WithMtlsProofOfPossession|}().ExecuteAsync();")]
    [InlineData("await app.AcquireTokenForManagedIdentity(resource).{|MPOP1001:WithMtlsProofOfPossession|}().{|CS1061:WithSomethingElse|}().ExecuteAsync();")]
    public Task Broken_code_is_unknown_and_the_rest_is_judged(string body) => Rule.Reports(
        $$"""
        class C
        {
            async Task M(IManagedIdentityApplication app, string resource)
            {
                {{body}}
            }
        }
        """);

    [Theory]
    [InlineData("await app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync(){|CS1002:|}")]
    public Task Broken_code_is_silent(string body) => Rule.IsSilent(
        $$"""
        class C
        {
            async Task M(IManagedIdentityApplication app, string resource)
            {
                {{body}}
            }
        }
        """);

    private static Verify<RequestsAnalyzer, AttestationMissingFix> ByRuntime =>
        Rule with { Action = "MPOP1001.Runtime", Sample = new() { ReferencesRuntime = true } };

    private static Sample WithoutUsing => new() { GlobalUsings = "global using Microsoft.Identity.Client;" };

    private static string InMethod(string body) =>
        $$"""
        class C
        {
            async Task M(IManagedIdentityApplication app, string resource, bool flag)
            {
                {{body}}
            }
        }
        """;

    private static string InMethodWithHelpers(string body) =>
        $$"""
        class C
        {
            async Task M(
                IManagedIdentityApplication app,
                string resource,
                bool flag,
                Action<AcquireTokenForManagedIdentityParameterBuilder> configure,
                Action<Action> later)
            {
                {{body}}
                await Task.CompletedTask;
            }

            private AcquireTokenForManagedIdentityParameterBuilder? _request;

            protected virtual void Prepare() => _request?.WithAttestationSupport();

            static void Configure(AcquireTokenForManagedIdentityParameterBuilder request) => request.WithAttestationSupport();
        }

        static class Extensions
        {
            public static AcquireTokenForManagedIdentityParameterBuilder Attest(this AcquireTokenForManagedIdentityParameterBuilder request) =>
                request.WithAttestationSupport();
        }
        """;
}
