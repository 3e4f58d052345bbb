using MtlsPop.Analyzers.Tests.Catalogue;
using MtlsPop.CodeFixes.Conventions;
using MtlsPop.CodeFixes.Requests;

namespace MtlsPop.Analyzers.Tests.Robustness;

/// <summary>
/// Fixes as <c>dotnet format</c> asks for them: with the key of what is offered for the first finding of the analyzer, whichever rule reports that,
/// and with no key where nothing is offered.
/// </summary>
public sealed class FixAllTests
{
    private const string BoundAndBearer = """
        class Tokens
        {
            async Task Acquire(IManagedIdentityApplication app)
            {
                await app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().WithRequestOverMtls().ExecuteAsync();
                await app.AcquireTokenForManagedIdentity("a").WithRequestOverMtls().WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """;

    private const string Legs = """
        class Tokens
        {
            async Task Acquire(IManagedIdentityApplication app)
            {
                var leg1 = await app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync();
                var legToken = await app.AcquireTokenForManagedIdentity("b").WithMtlsProofOfPossession().ExecuteAsync();
                Console.WriteLine(leg1.AccessToken + legToken.AccessToken);
            }
        }
        """;

    [Fact]
    public async Task Without_a_key_the_first_action_is_taken_at_each_finding()
    {
        var (project, findings) = await FindAsync(BoundAndBearer);

        var all = await FixAllAsync(new BoundAndBearerTogetherFix(), "MPOP1003", key: null, project, findings);

        Assert.Equal(BoundAndBearer.Replace(".WithRequestOverMtls()", ""), all);
    }

    [Fact]
    public async Task With_a_key_that_action_is_taken()
    {
        var (project, findings) = await FindAsync(BoundAndBearer);

        var all = await FixAllAsync(new BoundAndBearerTogetherFix(), "MPOP1003", "MPOP1003.KeepBearer", project, findings);

        Assert.Equal(BoundAndBearer.Replace(".WithMtlsProofOfPossession()", ""), all);
    }

    [Fact]
    public async Task Without_a_key_names_are_changed_in_the_whole_solution()
    {
        var (project, findings) = await FindAsync(Legs);

        var all = await FixAllAsync(new DirectFlowCalledLegFix(), "MPOP5007", key: null, project, findings);

        Assert.Equal(Legs.Replace("leg1", "result").Replace("legToken", "token"), all);
    }

    [Theory]
    [MemberData(nameof(Fixes))]
    public async Task A_fix_passes_over_what_other_rules_report(string fixName)
    {
        var fix = RuleEntry.Fixes.Single(fix => fix.GetType().Name == fixName);
        var (project, findings) = await FindAsync(BoundAndBearer + Legs.Replace("Tokens", "Legs"));

        foreach (var foreign in findings.Where(finding => !fix.FixableDiagnosticIds.Contains(finding.Id)))
            Assert.Empty(await OfferedAsync(fix, project, foreign, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_offered_can_be_taken_after_the_search_for_offers_was_cancelled()
    {
        var (project, findings) = await FindAsync(Legs);
        using var search = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var offered = await OfferedAsync(new DirectFlowCalledLegFix(), project, findings.First(finding => finding.Id == "MPOP5007"), search.Token);

        await search.CancelAsync();

        Assert.Equal(Legs.Replace("leg1", "result"), await ApplyAsync(Assert.Single(offered), project));
    }

    public static TheoryData<string> Fixes => [.. RuleEntry.Fixes.Select(fix => fix.GetType().Name)];

    private static async Task<(Project Project, IReadOnlyList<Diagnostic> Findings)> FindAsync(string source)
    {
        var project = await Workbench.ProjectAsync(new Sample(), source);
        return (project, await new Workbench(project.GetDocument(project.DocumentIds[^1])!).FaultsAsync(DiagnosticSeverity.Info));
    }

    private static async Task<string> FixAllAsync(CodeFixProvider fix, string rule, string? key, Project project, IReadOnlyList<Diagnostic> findings)
    {
        var document = project.GetDocument(project.DocumentIds[^1])!;
        var context = new FixAllContext(document, fix, FixAllScope.Solution, key!, [rule], new KnownFindings(findings), TestContext.Current.CancellationToken);
        return await ApplyAsync((await fix.GetFixAllProvider()!.GetFixAsync(context))!, project);
    }

    private static async Task<List<CodeAction>> OfferedAsync(CodeFixProvider fix, Project project, Diagnostic finding, CancellationToken cancellationToken)
    {
        var offered = new List<CodeAction>();
        var document = project.GetDocument(finding.Location.SourceTree)!;
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => offered.Add(action), cancellationToken));
        return offered;
    }

    private static async Task<string> ApplyAsync(CodeAction action, Project project)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(project.DocumentIds[^1])!;
        return (await changed.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
    }
}
