using System.Collections.Immutable;

namespace MtlsPop.CodeFixes.Framework;

/// <summary>
/// The way to edit more than one document. As with <see cref="EditorCodeFix"/>, what is planned is what is offered; many findings are fixed
/// one after the other, each planned on what those before it left.
/// </summary>
public abstract class SolutionCodeFix : CodeFixProvider
{
    private protected SolutionCodeFix(DiagnosticDescriptor rule) => FixableDiagnosticIds = ImmutableArray.Create(rule.Id);

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() => new SequentialFixAll(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics.Where(found => FixableDiagnosticIds.Contains(found.Id) && !FixContext.IsInOtherType(found)))
        {
            if (await PlanAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } edit)
                context.RegisterCodeFix(
                    CodeAction.Create(edit.Title, cancellation => ApplyAsync(context.Document, diagnostic, cancellation), edit.Key),
                    diagnostic);
        }
    }

    /// <summary>What can be done about the finding; null where the result would not compile.</summary>
    private protected abstract Task<SolutionEdit?> PlanAsync(Document document, FixContext context);

    private async Task<SolutionEdit?> PlanAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation) =>
        await PlanAsync(
            document,
            await FixContext.CreateAsync(document, diagnostic, cancellation).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Plans anew: the token of what was planned for the offer may be cancelled by now.</summary>
    private async Task<Solution> ApplyAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation) =>
        await PlanAsync(document, diagnostic, cancellation).ConfigureAwait(false) is { } edit
            ? await edit.Apply(cancellation).ConfigureAwait(false)
            : document.Project.Solution;

    private sealed class SequentialFixAll(SolutionCodeFix fix) : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext all)
        {
            var found = await FindAsync(all).ConfigureAwait(false);
            return found.Count == 0
                ? null
                : CodeAction.Create(
                    $"{found[0].Diagnostic.Descriptor.Title}",
                    cancellation => ApplyAsync(all.Solution, found, all.CodeActionEquivalenceKey, cancellation),
                    all.CodeActionEquivalenceKey);
        }

        private static async Task<List<Finding>> FindAsync(FixAllContext all)
        {
            var diagnostics = all.Scope == FixAllScope.Document
                ? await all.GetDocumentDiagnosticsAsync(all.Document!).ConfigureAwait(false)
                : ImmutableArray<Diagnostic>.Empty;
            foreach (var project in all.Scope == FixAllScope.Document ? [] : all.Scope == FixAllScope.Solution ? all.Solution.Projects : [all.Project])
                diagnostics = diagnostics.AddRange(await all.GetAllDiagnosticsAsync(project).ConfigureAwait(false));

            return
            [
                .. from diagnostic in diagnostics.Distinct()
                   where fixable(diagnostic)
                   let document = all.Solution.GetDocumentId(diagnostic.Location.SourceTree)
                   where document is not null
                   orderby diagnostic.Location.SourceTree!.FilePath, diagnostic.Location.SourceSpan
                   select new Finding(diagnostic, document, diagnostic.Location.SourceSpan),
            ];

            bool fixable(Diagnostic diagnostic) => all.DiagnosticIds.Contains(diagnostic.Id) && !FixContext.IsInOtherType(diagnostic);
        }

        private async Task<Solution> ApplyAsync(
            Solution solution, IReadOnlyList<Finding> found, string? key, CancellationToken cancellation)
        {
            for (var waiting = found; waiting.Count > 0;)
            {
                var finding = waiting[0];
                waiting = [.. waiting.Skip(1)];
                var document = solution.GetDocument(finding.Document)!;
                var tree = await document.GetSyntaxTreeAsync(cancellation).ConfigureAwait(false);
                var here = Diagnostic.Create(finding.Diagnostic.Descriptor, Location.Create(tree!, finding.Span));
                if (await fix.PlanAsync(document, here, cancellation).ConfigureAwait(false) is not { } edit
                    || (key is not null && edit.Key != key))
                    continue;

                var changed = await edit.Apply(cancellation).ConfigureAwait(false);
                waiting = await MovedAsync(waiting, solution, changed, cancellation).ConfigureAwait(false);
                solution = changed;
            }

            return solution;
        }

        /// <summary>Where the findings are after an edit.</summary>
        private static async Task<IReadOnlyList<Finding>> MovedAsync(
            IReadOnlyList<Finding> findings, Solution before, Solution after, CancellationToken cancellation)
        {
            var moved = new List<Finding>();
            foreach (var inDocument in findings.GroupBy(finding => finding.Document))
            {
                var changes = await after.GetDocument(inDocument.Key)!.GetTextChangesAsync(
                    before.GetDocument(inDocument.Key)!,
                    cancellation)
                    .ConfigureAwait(false);
                foreach (var finding in inDocument)
                {
                    var shift = changes.Where(change => change.Span.End <= finding.Span.Start)
                        .Sum(change => (change.NewText?.Length ?? 0) - change.Span.Length);
                    moved.Add(finding with { Span = new TextSpan(finding.Span.Start + shift, finding.Span.Length) });
                }
            }

            return moved;
        }
    }

    private sealed record Finding(Diagnostic Diagnostic, DocumentId Document, TextSpan Span);
}

/// <summary>What a fix offers to do to a solution.</summary>
/// <param name="Key">Names the action, so that all of its kind can be applied at once.</param>
/// <param name="Title">What the action does.</param>
/// <param name="Apply">Does it.</param>
internal sealed record SolutionEdit(string Key, string Title, Func<CancellationToken, Task<Solution>> Apply);
