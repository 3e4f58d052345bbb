using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Tests.Units;

/// <summary>
/// What the engine knows of a request where it is executed: "step" was surely taken, "step?" perhaps, and "escaped" says that unseen code may have taken more.
/// </summary>
public sealed class EngineTests
{
    [Fact]
    public async Task A_step_under_a_condition_was_perhaps_taken() => Assert.Equal(
        ["AcquireTokenForManagedIdentity, WithMtlsProofOfPossession, WithClaims?"],
        await RequestsAsync(InMethod(
            """
            var request = app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession();
            if (flag)
                request.WithClaims("{}");
            await request.ExecuteAsync();
            """)));

    [Fact]
    public async Task Branches_that_each_take_a_step_are_kept_apart() => Assert.Equal(
        ["AcquireTokenForManagedIdentity, WithMtlsProofOfPossession", "AcquireTokenForManagedIdentity, WithClaims"],
        await RequestsAsync(InMethod(
            """
            var request = app.AcquireTokenForManagedIdentity("r");
            if (flag)
                request.WithMtlsProofOfPossession();
            else
                request.WithClaims("{}");
            await request.ExecuteAsync();
            """)));

    [Fact]
    public async Task What_is_cleaned_up_in_a_retry_loop_hides_nothing() => Assert.Equal(
        ["AcquireTokenForManagedIdentity, WithMtlsProofOfPossession"],
        await RequestsAsync(InMethod(
            """
            while (true)
            {
                try
                {
                    using var stream = new System.IO.MemoryStream();
                    await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
                }
                catch (MsalServiceException)
                {
                }
            }
            """)));

    [Fact]
    public async Task A_method_of_another_type_is_known_where_it_is_called() => Assert.Equal(
        ["AcquireTokenForManagedIdentity, WithMtlsProofOfPossession"],
        await RequestsAsync(
            InMethod("await Requests.Bound(app.AcquireTokenForManagedIdentity(\"r\")).ExecuteAsync();")
            + """

            static class Requests
            {
                public static AcquireTokenForManagedIdentityParameterBuilder Bound(AcquireTokenForManagedIdentityParameterBuilder request) =>
                    request.WithMtlsProofOfPossession();
            }
            """));

    [Fact]
    public async Task Methods_that_call_each_other_in_a_circle_are_understood() => Assert.Contains(
        "AcquireTokenForManagedIdentity, WithMtlsProofOfPossession, WithClaims?",
        await RequestsAsync(InType(
            """
            Task<AuthenticationResult> Even(IManagedIdentityApplication app, int left)
            {
                var request = app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession();
                if (left > 0)
                    Odd(app, request, left - 1);
                return request.ExecuteAsync();
            }

            void Odd(IManagedIdentityApplication app, AcquireTokenForManagedIdentityParameterBuilder request, int left)
            {
                request.WithClaims("{}");
                if (left > 0)
                    Even(app, left - 1);
            }
            """)));

    [Fact]
    public async Task A_builder_that_unseen_code_gets_has_escaped() => Assert.Equal(
        ["AcquireTokenForManagedIdentity, escaped"],
        await RequestsAsync(InType(
            """
            Task<AuthenticationResult> M(IManagedIdentityApplication app, Action<AcquireTokenForManagedIdentityParameterBuilder> configure)
            {
                var request = app.AcquireTokenForManagedIdentity("r");
                configure(request);
                return request.ExecuteAsync();
            }
            """)));

    [Fact]
    public async Task A_field_is_each_value_that_its_type_gives_it() => Assert.Equal(
        ["AcquireTokenForManagedIdentity of app(Create, WithExperimentalFeatures, Build)", "AcquireTokenForManagedIdentity of app(Create, Build)"],
        await RequestsAsync(
            InType(
                """
                private readonly IManagedIdentityApplication _app;

                C(bool flag)
                {
                    if (flag)
                        _app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).WithExperimentalFeatures().Build();
                    else
                        _app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
                }

                Task<AuthenticationResult> Get() => _app.AcquireTokenForManagedIdentity("r").ExecuteAsync();
                """),
            withApplication: true));

    [Fact]
    public async Task Finally_blocks_in_finally_blocks_cost_what_they_are() => Assert.Equal(
        ["AcquireTokenForManagedIdentity, WithMtlsProofOfPossession"],
        await RequestsAsync(InMethod(
            string.Concat(Enumerable.Repeat("try { Console.WriteLine(); } finally { ", 24))
            + "await app.AcquireTokenForManagedIdentity(\"r\").WithMtlsProofOfPossession().ExecuteAsync();"
            + string.Concat(Enumerable.Repeat(" }", 24)))));

    [Fact]
    public async Task A_lambda_is_known_where_it_is_handed_on() => Assert.Equal(
        ["AcquireTokenForManagedIdentity, WithMtlsProofOfPossession"],
        await RequestsAsync(InMethod(
            """
            var resource = "r";
            await Task.Run(() => app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync());
            """)));

    [Fact]
    public async Task A_delegate_that_leaves_with_a_variable_that_holds_it_hides_nothing() => Assert.Equal(
        ["AcquireTokenForManagedIdentity, WithMtlsProofOfPossession"],
        await RequestsAsync(InType(
            """
            async Task M(IManagedIdentityApplication app)
            {
                Retry(3)();
                await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
            }

            System.Action Retry(int times)
            {
                System.Action again = null!;
                again = () => { if (times-- > 0) again(); };
                return again;
            }
            """)));

    [Fact]
    public async Task Options_that_are_filled_one_by_one_cost_what_they_are() => Assert.Equal(
        ["AcquireTokenForManagedIdentity, WithMtlsProofOfPossession"],
        await RequestsAsync(
            InMethod("new Options().Fill(flag); await app.AcquireTokenForManagedIdentity(\"r\").WithMtlsProofOfPossession().ExecuteAsync();")
            + $$"""

            public sealed class Options
            {
                {{string.Concat(Enumerable.Range(0, 300).Select(i => $"public string? P{i} {{ get; set; }}\n"))}}

                public void Fill(bool flag)
                {
                    {{string.Concat(Enumerable.Range(0, 300).Select(i => $"if (flag && string.IsNullOrEmpty(P{i})) P{i} = \"{i}\";\n"))}}
                }
            }
            """));

    [Fact]
    public async Task In_broken_code_a_jump_back_out_of_a_finally_block_ends() => Assert.Equal(
        ["AcquireTokenForManagedIdentity, WithMtlsProofOfPossession"],
        await RequestsAsync(
            InMethod(
                """
                again:
                await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
                try { } finally { goto again; }
                """),
            isBroken: true));

    [Fact]
    public async Task In_broken_code_a_step_that_was_made_up_hides_no_other() => Assert.Equal(
        ["AcquireTokenForManagedIdentity, WithMtlsProofOfPossession, WithAttestationSupport"],
        await RequestsAsync(
            InMethod("""await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().WithTenantId("t").WithAttestationSupport().ExecuteAsync();"""),
            isBroken: true));

    [Fact]
    public async Task In_broken_code_a_step_is_known_although_its_argument_is_not() => Assert.Equal(
        ["AcquireTokenForManagedIdentity, WithMtlsProofOfPossession, WithClaims"],
        await RequestsAsync(
            InMethod("""await unknown.AcquireTokenForManagedIdentity(unknown).WithMtlsProofOfPossession().WithClaims(unknown.Text).ExecuteAsync();"""),
            isBroken: true));

    [Fact]
    public async Task In_broken_code_what_goes_to_unknown_code_may_be_changed_by_it() => Assert.Equal(
        ["AcquireTokenForManagedIdentity, WithMtlsProofOfPossession, escaped"],
        await RequestsAsync(
            InMethod(
                """
                var request = app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession();
                Unknown.AddTo(request);
                await request.ExecuteAsync();
                """),
            isBroken: true));

    private static string InMethod(string body) => InType(
        $$"""
        async Task M(IManagedIdentityApplication app, bool flag)
        {
            {{body}}
            await Task.CompletedTask;
        }
        """);

    private static string InType(string members) =>
        $$"""
        class C
        {
            {{members}}
        }
        """;

    private static async Task<IEnumerable<string>> RequestsAsync(string source, bool withApplication = false, bool isBroken = false)
    {
        var compilation = await new Sample().CompileAsync(source);
        Assert.Equal(isBroken, compilation.GetDiagnostics(TestContext.Current.CancellationToken).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees.Single(tree => tree.ToString().Contains(source, StringComparison.Ordinal));
        var type = (await tree.GetRootAsync(TestContext.Current.CancellationToken)).DescendantNodes().OfType<TypeDeclarationSyntax>().First();
        var model = compilation.GetSemanticModel(tree);
        var analysis = TypeAnalysis.Of(
            MsalLibrary.In(compilation)!,
            TypeSource.Of(type, model, TestContext.Current.CancellationToken)!,
            model,
            TestContext.Current.CancellationToken);
        return analysis.CallsOf(MsalNames.ExecuteAsync)
            .Where(happened => happened.Receiver is AllocatedObject)
            .Select(happened => Describe(happened.State[happened.Receiver]!) + (withApplication ? Application(happened) : ""))
            .Distinct();
    }

    private static string Application(TraceEvent executed) =>
        $" of app({Describe(executed.State[executed.State[executed.Receiver]!.Steps[0].Receiver] ?? CallLog.Escaped)})";

    private static string Describe(CallLog log) => string.Join(
        ", ",
        log.Steps.Select(step => step.Name).Concat(log.Perhaps.Select(step => step.Name + "?")).Concat(log.IsEscaped ? ["escaped"] : []));
}
