using System.Collections.Immutable;
using MtlsPop.CodeFixes.Framework;

namespace MtlsPop.Analyzers.Tests;

/// <summary>A sample in an editor, where what is offered can be taken.</summary>
internal sealed class Workbench(Document document)
{
    private static readonly ImmutableArray<CodeFixProvider> _fixes =
    [
        .. typeof(EditorCodeFix).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(CodeFixProvider)))
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)
            .OrderBy(fix => fix.GetType().Name, StringComparer.Ordinal),
    ];

    public static async Task<Workbench> OpenAsync(Sample sample, string source)
    {
        var project = await ProjectAsync(sample, source);
        return new(project.GetDocument(project.DocumentIds[^1])!);
    }

    public static async Task<Project> ProjectAsync(Sample sample, params string[] sources)
    {
        var compilation = await sample.CompileAsync(sources);
        var id = ProjectId.CreateNewId();
        var documents = compilation.SyntaxTrees.Select((tree, index) => DocumentInfo.Create(
            DocumentId.CreateNewId(id), $"{index}.cs", filePath: $"/0/{index}.cs",
            loader: TextLoader.From(TextAndVersion.Create(SourceText.From(tree.ToString()), VersionStamp.Default))));
        return new AdhocWorkspace().CurrentSolution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, "Sample", "Sample", LanguageNames.CSharp,
            compilationOptions: compilation.Options, metadataReferences: compilation.References, documents: documents)).GetProject(id)!;
    }

    public async Task<string> TextAsync() => (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();

    /// <summary>The compiler's errors and the warnings of all rules, or what they say less loudly.</summary>
    public async Task<IReadOnlyList<Diagnostic>> FaultsAsync(DiagnosticSeverity least = DiagnosticSeverity.Warning)
    {
        var compilation = (await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        var found = await compilation
            .WithAnalyzers([.. EveryRule.Analyzers()], document.Project.AnalyzerOptions)
            .GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return
        [
            .. found
                .Where(fault => fault.Severity == DiagnosticSeverity.Error
                    || (fault.Severity >= least && fault.Id.StartsWith("MPOP", StringComparison.Ordinal)))
                .OrderBy(fault => fault.Location.SourceSpan.Start),
        ];
    }

    /// <summary>Takes the first fix that is offered for any fault, until none is offered.</summary>
    public async Task<Workbench> TakeAllFixesAsync()
    {
        var bench = this;
        for (var taken = 0; taken < 40; taken++)
        {
            if (await bench.FirstFixAsync() is not { } fix)
                return bench;
            bench = await bench.TakeAsync(fix);
        }

        return bench;
    }

    /// <summary>What the fix offers for the first of its faults.</summary>
    public async Task<IReadOnlyList<CodeAction>> OfferedAsync(CodeFixProvider fix)
    {
        var offered = new List<CodeAction>();
        var fault = (await FaultsAsync(DiagnosticSeverity.Info)).First(fault => fix.FixableDiagnosticIds.Contains(fault.Id));
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, fault, (action, _) => offered.Add(action), TestContext.Current.CancellationToken));
        return offered;
    }

    public async Task<IReadOnlyList<CodeAction>> RefactoringsAsync(CodeRefactoringProvider refactoring, int position)
    {
        var offered = new List<CodeAction>();
        await refactoring.ComputeRefactoringsAsync(
            new CodeRefactoringContext(document, new TextSpan(position, 0), offered.Add, TestContext.Current.CancellationToken));
        return offered;
    }

    public async Task<Workbench> TakeAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return new(operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!);
    }

    private async Task<CodeAction?> FirstFixAsync()
    {
        foreach (var fault in await FaultsAsync())
        {
            foreach (var fix in _fixes.Where(fix => fix.FixableDiagnosticIds.Contains(fault.Id)))
            {
                CodeAction? first = null;
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, fault, (action, _) => first ??= action, TestContext.Current.CancellationToken));
                if (first is not null)
                    return first;
            }
        }

        return null;
    }
}
