using System.Collections.Immutable;
using MtlsPop.Analyzers.Tests.Catalogue;

namespace MtlsPop.Analyzers.Tests.Robustness;

/// <summary>A program of several documents with every rule on, in which all that a fix can do is done at once.</summary>
internal sealed class WholeProgram
{
    private readonly Project _project;
    private readonly ImmutableArray<Diagnostic> _found;

    private WholeProgram(Project project, ImmutableArray<Diagnostic> found) => (_project, _found) = (project, found);

    /// <summary>The rules of which there are findings, without the one that only says what is understood.</summary>
    public IEnumerable<string> Rules => RuleEntry.All.Select(rule => rule.Id).Where(rule => rule != "MPOP0001" && Of(rule).Any());

    private IEnumerable<Diagnostic> Errors => _found.Where(finding => finding.Severity == DiagnosticSeverity.Error);

    public static async Task<WholeProgram> OpenAsync(Sample sample, IEnumerable<string> sources)
    {
        var project = await Workbench.ProjectAsync(sample, [.. sources]);
        var everyRule = RuleEntry.All.ToDictionary(rule => rule.Id, _ => ReportDiagnostic.Warn);
        return await CompiledAsync(project.WithCompilationOptions(project.CompilationOptions!.WithSpecificDiagnosticOptions(everyRule)));
    }

    /// <summary>With the rules that are on by default.</summary>
    public static async Task<WholeProgram> OpenAsItComesAsync(Sample sample, string source) =>
        await CompiledAsync(await Workbench.ProjectAsync(sample, source));

    /// <summary>
    /// Runs Fix All in the solution for each rule, with the action that is chosen from those offered at a finding; the same program where
    /// nothing is offered.
    /// </summary>
    public async Task<WholeProgram> FixEverythingAsync(Func<IReadOnlyList<CodeAction>, CodeAction> choose)
    {
        var program = this;
        foreach (var rule in RuleEntry.Fixes.SelectMany(fix => fix.FixableDiagnosticIds).Where(id => id.StartsWith("MPOP", StringComparison.Ordinal)))
            program = await program.FixAsync(rule, choose);

        return program;
    }

    /// <summary>The same for one rule.</summary>
    public async Task<WholeProgram> FixAsync(string rule, Func<IReadOnlyList<CodeAction>, CodeAction> choose)
    {
        var program = this;
        foreach (var fix in RuleEntry.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(rule)))
        {
            var taken = new HashSet<string>();
            while ((await program.OfferedAsync(fix, rule)).Select(actions => choose(actions).EquivalenceKey!).FirstOrDefault(taken.Add) is { } action)
                program = await program.FixAllAsync(fix, rule, action);
        }

        return program;
    }

    /// <summary>Mends all findings for which the action is offered and no other, and leaves a program that compiles and has all its comments.</summary>
    private async Task<WholeProgram> FixAllAsync(CodeFixProvider fix, string rule, string action)
    {
        var offered = await OfferedAsync(fix, rule);
        var mended = offered.Count(actions => actions.Any(one => one.EquivalenceKey == action));
        var context = new FixAllContext(
            _project.Documents.First(),
            fix,
            FixAllScope.Solution,
            action,
            [rule],
            new KnownFindings(Of(rule)),
            TestContext.Current.CancellationToken);
        var all = (await fix.GetFixAllProvider()!.GetFixAsync(context))!;
        var operations = await all.GetOperationsAsync(TestContext.Current.CancellationToken);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(_project.Id)!;

        var fixedProgram = await LookAtAsync(await SavedAsync(changed));
        Assert.True(!fixedProgram.Errors.Any(), $"{action} made {string.Join('\n', fixedProgram.Errors)}");
        Assert.True(fixedProgram.Of(rule).Count() == Of(rule).Count() - mended, $"{action} left {string.Join('\n', fixedProgram.Of(rule))}");
        var lost = (await CommentsAsync(besides: rule)).Except(await fixedProgram.CommentsAsync(besides: rule));
        Assert.True(!lost.Any(), $"{action} lost {string.Join('\n', lost)}");
        return fixedProgram;
    }

    /// <summary>What is offered at each finding of a rule at which something is.</summary>
    private async Task<List<List<CodeAction>>> OfferedAsync(CodeFixProvider fix, string rule)
    {
        var offered = new List<List<CodeAction>>();
        foreach (var finding in Of(rule))
        {
            var actions = new List<CodeAction>();
            var document = _project.GetDocument(finding.Location.SourceTree)!;
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
            if (actions.Count > 0)
                offered.Add(actions);
        }

        return offered;
    }

    private IEnumerable<Diagnostic> Of(string rule) => _found.Where(finding => finding.Id == rule);

    private static async Task<WholeProgram> CompiledAsync(Project project)
    {
        var program = await LookAtAsync(project);
        Assert.Empty(program.Errors);
        return program;
    }

    private static async Task<WholeProgram> LookAtAsync(Project project)
    {
        var compilation = (await project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        return new(
            project,
            await compilation
                .WithAnalyzers([.. EveryRule.Analyzers()], project.AnalyzerOptions)
                .GetAllDiagnosticsAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>As whoever opens it next will read it: as text, whatever trees the fix made.</summary>
    private async Task<Project> SavedAsync(Project changed)
    {
        var solution = changed.Solution;
        foreach (var id in changed.GetChanges(_project).GetChangedDocuments())
        {
            var text = await changed.GetDocument(id)!.GetTextAsync(TestContext.Current.CancellationToken);
            solution = solution.WithDocumentText(id, SourceText.From($"{text}"));
        }

        return solution.GetProject(changed.Id)!;
    }

    /// <summary>The comments that are not what a rule finds, each with the number of the times that it was said before.</summary>
    private async Task<HashSet<(string Comment, int Before)>> CommentsAsync(string besides)
    {
        var comments = new List<string>();
        foreach (var document in _project.Documents)
        {
            var root = (await document.GetSyntaxRootAsync(TestContext.Current.CancellationToken))!;
            comments.AddRange(
                from trivia in root.DescendantTrivia()
                where trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
                where !Of(besides).Any(finding => finding.Location.SourceTree == root.SyntaxTree && finding.Location.SourceSpan.OverlapsWith(trivia.Span))
                select trivia.ToString());
        }

        return [.. comments.GroupBy(comment => comment).SelectMany(same => same.Select((comment, before) => (comment, before)))];
    }
}
