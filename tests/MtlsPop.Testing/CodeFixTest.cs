using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Microsoft.CodeAnalysis.Testing;

public abstract class CodeFixTest<TVerifier> : AnalyzerTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    protected CodeFixTest()
    {
        FixedState = NewState();
        BatchFixedState = NewState();
    }

    public string FixedCode
    {
        set => FixedState.Sources.Add(value);
    }

    public string BatchFixedCode
    {
        set => BatchFixedState.Sources.Add(value);
    }

    public SolutionState FixedState { get; }

    /// <summary>What Fix All leaves, when it differs from fixing one after the other.</summary>
    public SolutionState BatchFixedState { get; }

    public string? CodeActionEquivalenceKey { get; set; }

    public int? CodeActionIndex { get; set; }

    public CodeActionValidationMode CodeActionValidationMode { get; set; } = CodeActionValidationMode.SemanticStructure;

    /// <summary>How many fixes lead to the fixed state; negative for 'at most'. Left open: at most one for each fixable diagnostic.</summary>
    public int? NumberOfIncrementalIterations { get; set; }

    public int? NumberOfFixAllIterations { get; set; }

    protected abstract IEnumerable<CodeFixProvider> GetCodeFixProviders();

    protected override async Task RunImplAsync(CancellationToken cancellationToken)
    {
        var analyzers = GetDiagnosticAnalyzers().ToImmutableArray();
        var providers = GetCodeFixProviders().ToImmutableArray();
        var meaning = Meaning(analyzers, [.. providers.SelectMany(provider => provider.FixableDiagnosticIds)]);
        var before = EvaluatedState.Of(TestState, null, meaning);
        var after = EvaluatedState.Of(FixedState, before, meaning);
        var afterBatch = EvaluatedState.Of(BatchFixedState, after, meaning);

        var project = await VerifyTestStateAsync(before, analyzers, cancellationToken).ConfigureAwait(false);
        if (!after.HasSameFilesAs(before))
            await VerifyStateAsync(after, analyzers, Verify.PushContext("Diagnostics of fixed state"), cancellationToken).ConfigureAwait(false);
        if (!afterBatch.HasSameFilesAs(after))
            await VerifyStateAsync(afterBatch, analyzers, Verify.PushContext("Diagnostics of batch fixed state"), cancellationToken).ConfigureAwait(false);

        var fixable = before.ExpectedDiagnostics.Count(diagnostic => meaning.IsFixable(diagnostic.Id));
        var fixAll = NumberOfFixAllIterations ?? (afterBatch.HasSameFilesAs(before) ? 0 : 1);
        var fixAllInDocument = NumberOfFixAllIterations ?? afterBatch.DifferingSources(before);
        await VerifyFixAsync("Fix one after the other", null, after, NumberOfIncrementalIterations ?? -fixable).ConfigureAwait(false);
        if (providers.All(provider => provider.GetFixAllProvider() is null))
            return;
        await VerifyFixAsync("Fix All in document", FixAllScope.Document, afterBatch, fixAllInDocument).ConfigureAwait(false);
        await VerifyFixAsync("Fix All in project", FixAllScope.Project, afterBatch, fixAll).ConfigureAwait(false);
        await VerifyFixAsync("Fix All in solution", FixAllScope.Solution, afterBatch, fixAll).ConfigureAwait(false);

        async Task VerifyFixAsync(string context, FixAllScope? scope, EvaluatedState expected, int iterations)
        {
            var verify = Verify.PushContext(context);
            var (actual, done) = await FixAsync(project, scope, Math.Abs(iterations), analyzers, providers, verify, cancellationToken).ConfigureAwait(false);
            await VerifyFilesAsync(expected, actual, verify, cancellationToken).ConfigureAwait(false);
            if (iterations < 0)
                verify.True(done <= -iterations, $"Expected at most {-iterations} iterations, and a fix is still offered after them.");
            else
                verify.Equal(iterations, done, "The fix took another number of iterations.");
        }
    }

    /// <summary>Fixes until no fix is left, or one more than <paramref name="expected"/> was applied.</summary>
    private async Task<(Project Project, int Iterations)> FixAsync(
        Project project,
        FixAllScope? scope,
        int expected,
        ImmutableArray<DiagnosticAnalyzer> analyzers,
        ImmutableArray<CodeFixProvider> providers,
        IVerifier verify,
        CancellationToken cancellationToken)
    {
        for (var done = 0; done <= expected; done++)
        {
            var diagnostics = await DiagnoseAsync(project, analyzers, cancellationToken).ConfigureAwait(false);
            if (await NextActionAsync(diagnostics).ConfigureAwait(false) is not { } action)
                return (project, done);
            project = await ApplyAsync(project, action, verify, cancellationToken).ConfigureAwait(false);
        }

        return (project, expected + 1);

        async Task<CodeAction?> NextActionAsync(ImmutableArray<Diagnostic> diagnostics)
        {
            foreach (var diagnostic in diagnostics.Where(diagnostic => diagnostic.Location.IsInSource)
                .OrderBy(diagnostic => diagnostic.Location.SourceTree!.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start))
            {
                var document = project.GetDocument(diagnostic.Location.SourceTree)!;
                if (await OfferedAsync(document, diagnostic).ConfigureAwait(false) is not var (provider, action))
                    continue;
                if (scope is not { } all)
                    return action;
                if (provider.GetFixAllProvider() is { } fixAll)
                {
                    return await fixAll.GetFixAsync(new FixAllContext(
                        document, provider, all, action.EquivalenceKey!, provider.FixableDiagnosticIds, new Known(diagnostics), cancellationToken)).ConfigureAwait(false);
                }
            }

            return null;
        }

        async Task<(CodeFixProvider, CodeAction)?> OfferedAsync(Document document, Diagnostic diagnostic)
        {
            var offered = new List<(CodeFixProvider Provider, CodeAction Action)>();
            foreach (var provider in providers.Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, Register, cancellationToken)).ConfigureAwait(false);

                void Register(CodeAction action, ImmutableArray<Diagnostic> fixes)
                {
                    if (CodeActionEquivalenceKey is null || CodeActionEquivalenceKey == action.EquivalenceKey)
                        offered.Add((provider, action));
                }
            }

            return offered.Count > (CodeActionIndex ?? 0) ? offered[CodeActionIndex ?? 0] : null;
        }
    }

    private async Task<Project> ApplyAsync(Project project, CodeAction action, IVerifier verify, CancellationToken cancellationToken)
    {
        var operations = await action.GetOperationsAsync(cancellationToken).ConfigureAwait(false);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
        if (CodeActionValidationMode == CodeActionValidationMode.None)
            return changed;

        foreach (var document in changed.Documents.Where(document => document != project.GetDocument(document.Id)))
        {
            var tree = (await document.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false))!;
            var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            var parsed = CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath, cancellationToken);
            var root = await tree.GetRootAsync(cancellationToken).ConfigureAwait(false);
            var parsedRoot = await parsed.GetRootAsync(cancellationToken).ConfigureAwait(false);
            verify.True(
                CodeActionValidationMode == CodeActionValidationMode.Full ? root.IsEquivalentTo(parsedRoot) : HaveSameStructure(root, parsedRoot),
                $"'{action.Title}' made a tree for '{document.Name}' that its own text does not parse to:\n{Diff.Of(Shape(parsedRoot), Shape(root))}");
        }

        return changed;

        // Roslyn's own comparison takes a list of one for another thing than the one.
        static bool HaveSameStructure(SyntaxNodeOrToken left, SyntaxNodeOrToken right) =>
            left.RawKind == right.RawKind
            && (left.IsToken
                ? left.ToString() == right.ToString()
                : left.ChildNodesAndTokens().Count == right.ChildNodesAndTokens().Count
                    && left.ChildNodesAndTokens().Zip(right.ChildNodesAndTokens()).All(pair => HaveSameStructure(pair.First, pair.Second)));

        static string Shape(SyntaxNode root) => string.Join('\n', root.DescendantNodesAndTokensAndSelf()
            .Select(node => $"{new string(' ', node.AsNode()?.Ancestors().Count() ?? node.Parent!.Ancestors().Count() + 1)}{node.Kind()} {(node.IsToken ? node.ToString() : "")}"));
    }

    private static async Task VerifyFilesAsync(EvaluatedState expected, Project actual, IVerifier verify, CancellationToken cancellationToken)
    {
        await VerifyAsync(expected.Sources, actual.Documents).ConfigureAwait(false);
        await VerifyAsync(expected.AdditionalFiles, actual.AdditionalDocuments).ConfigureAwait(false);

        async Task VerifyAsync(ImmutableArray<(string Path, Text.SourceText Text)> expected, IEnumerable<TextDocument> actual)
        {
            verify.SequenceEqual(expected.Select(file => file.Path), actual.Select(document => document.Name), message: "The fix left other files.");
            foreach (var (file, document) in expected.Zip(actual))
            {
                var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
                verify.True(file.Text.ContentEquals(text), $"The fix left another '{file.Path}' (- expected, + actual):\n{Diff.Of($"{file.Text}", $"{text}")}");
            }
        }
    }

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false);
            return diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(diagnostics.Where(diagnostic => !diagnostic.Location.IsInSource));
    }
}

/// <summary>How the tree that a fix makes is compared with what its text parses to.</summary>
public enum CodeActionValidationMode
{
    None,
    SemanticStructure,
    Full,
}
