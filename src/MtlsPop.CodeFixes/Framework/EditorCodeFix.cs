using System.Collections.Immutable;

namespace MtlsPop.CodeFixes.Framework;

/// <summary>
/// Base of the fixes that edit through a <see cref="SyntaxEditor"/>. A fix plans its edits, and only what it planned is offered, so no
/// offer does nothing. One finding and all findings of a solution are fixed by the same code.
/// </summary>
/// <remarks>
/// Fixes are not marked <c>[Shared]</c>: the attribute would add a reference to System.Composition.AttributedModel 9.0.0.0,
/// which IDEs on Roslyn 4.5 do not have. MEF then makes a new fix for each request, which costs nothing, because a fix has no state.
/// </remarks>
public abstract class EditorCodeFix : CodeFixProvider
{
    private protected EditorCodeFix(DiagnosticDescriptor rule)
        : this(rule.Id)
    {
    }

    /// <summary>For errors that the compiler reports.</summary>
    private protected EditorCodeFix(params string[] ids) => FixableDiagnosticIds = ImmutableArray.Create(ids);

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() => new EditorFixAll(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        // 'dotnet format' also passes what other rules of the same analyzer report.
        foreach (var diagnostic in context.Diagnostics.Where(found => FixableDiagnosticIds.Contains(found.Id) && !FixContext.IsInOtherType(found)))
        {
            var planning = await FixContext.CreateAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            var finding = (context.Document, diagnostic);
            foreach (var edit in Plan(planning))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        edit.Title,
                        cancellation => ApplyAsync([finding], context.Document.Project.Solution, edit.Key, cancellation),
                        edit.Key),
                    diagnostic);
            }
        }
    }

    /// <summary>Whether each edit must see the result of the one before, as where two edits may declare the same name.</summary>
    private protected virtual bool ApplySequentially => false;

    /// <summary>The edits that fix the finding; none where the result would not compile.</summary>
    private protected abstract IEnumerable<PlannedEdit> Plan(FixContext context);

    private async Task<Solution> ApplySequentiallyAsync(
        IEnumerable<(Document Document, Diagnostic Diagnostic)> findings, Solution solution, string? key, CancellationToken cancellation)
    {
        foreach (var inDocument in findings.Where(finding => !FixContext.IsInOtherType(finding.Diagnostic)).GroupBy(finding => finding.Document, finding => finding.Diagnostic))
        {
            var id = inDocument.Key.Id;
            var root = (await inDocument.Key.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
            var waiting = inDocument
                .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .Select(diagnostic => new TrackedDiagnostic(diagnostic, root))
                .ToList();
            solution = solution.WithDocumentSyntaxRoot(id, TrackedDiagnostic.Track(root, waiting));
            foreach (var tracked in waiting)
            {
                var current = solution.GetDocument(id)!;
                if (tracked.FindIn((await current.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!) is { } diagnostic)
                    solution = await ApplyAsync([(current, diagnostic)], solution, key, cancellation).ConfigureAwait(false);
            }
        }

        return solution;
    }

    /// <summary>
    /// Applies the action with the key to each finding; the first action where the key is null, as 'dotnet format' may pass it.
    /// </summary>
    private async Task<Solution> ApplyAsync(
        IEnumerable<(Document Document, Diagnostic Diagnostic)> findings, Solution solution, string? key, CancellationToken cancellation)
    {
        var planned = new List<(Document Document, PlannedEdit Edit)>();
        foreach (var inDocument in findings.Where(finding => !FixContext.IsInOtherType(finding.Diagnostic)).GroupBy(finding => finding.Document, finding => finding.Diagnostic))
        {
            // From the end of the document: edits of inner nodes come first, so that an edit of an outer node sees their result.
            foreach (var diagnostic in inDocument.OrderByDescending(diagnostic => diagnostic.Location.SourceSpan.Start))
            {
                var context = await FixContext.CreateAsync(inDocument.Key, diagnostic, cancellation).ConfigureAwait(false);
                if (Plan(context).FirstOrDefault(edit => key is null || edit.Key == key) is { } edit)
                    planned.Add((solution.GetDocument(edit.File) ?? inDocument.Key, edit));
            }
        }

        foreach (var edits in planned.GroupBy(edit => edit.Document.Id))
        {
            var editor = await DocumentEditor.CreateAsync(edits.First().Document, cancellation).ConfigureAwait(false);
            foreach (var (_, edit) in edits)
                edit.Apply(editor);
            var usings = new SortedSet<string>(edits.SelectMany(edit => edit.Edit.Usings), StringComparer.Ordinal);
            solution = solution.WithDocumentSyntaxRoot(edits.Key, UsingDirectives.Add(editor.GetChangedRoot(), usings));
        }

        return solution;
    }

    /// <summary>Fixes all findings in one edit of the solution: what fixes a finding may stand in another document.</summary>
    private sealed class EditorFixAll(EditorCodeFix fix) : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext all)
        {
            var findings = new List<(Document, Diagnostic)>();
            foreach (var document in Documents(all))
            {
                foreach (var diagnostic in await all.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false))
                    findings.Add((document, diagnostic));
            }

            return CodeAction.Create(
                "Fix all",
                cancellation => fix.ApplySequentially
                    ? fix.ApplySequentiallyAsync(findings, all.Solution, all.CodeActionEquivalenceKey, cancellation)
                    : fix.ApplyAsync(findings, all.Solution, all.CodeActionEquivalenceKey, cancellation),
                all.CodeActionEquivalenceKey);
        }

        private static IEnumerable<Document> Documents(FixAllContext all) => all.Scope switch
        {
            FixAllScope.Document => all.Document is { } document ? [document] : [],
            FixAllScope.Project => all.Project.Documents,
            _ => all.Solution.Projects.SelectMany(project => project.Documents),
        };
    }
}
