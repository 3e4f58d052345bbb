using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace MtlsPop.CodeFixes;

/// <summary>The one way to edit: a fix plans, and what it planned is what is offered, so no offer does nothing. One finding and all of a document are fixed by the same code.</summary>
public abstract class EditorCodeFix : CodeFixProvider
{
    private protected EditorCodeFix(DiagnosticDescriptor rule) => FixableDiagnosticIds = ImmutableArray.Create(rule.Id);

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (all, document, found) =>
            await (InTurn
            ? ApplyInTurnAsync(document, found, all.CodeActionEquivalenceKey, all.CancellationToken)
            : ApplyAsync(document, found, all.CodeActionEquivalenceKey, all.CancellationToken)).ConfigureAwait(false));

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var site = await FixSite.FindAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            foreach (var edit in Plan(site))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(edit.Title, cancellation => ApplyAsync(context.Document, ImmutableArray.Create(diagnostic), edit.Key, cancellation), edit.Key),
                    diagnostic);
            }
        }
    }

    /// <summary>Whether one edit must see what the one before it did: where both may declare the same name.</summary>
    private protected virtual bool InTurn => false;

    /// <summary>What can be done about the finding; nothing where the result would not compile.</summary>
    private protected abstract IEnumerable<Edit> Plan(FixSite site);

    private async Task<Document> ApplyInTurnAsync(Document document, ImmutableArray<Diagnostic> found, string? key, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var waiting = found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic => new MovingDiagnostic(diagnostic, root)).ToList();
        document = document.WithSyntaxRoot(MovingDiagnostic.Mark(root, waiting));
        foreach (var moving in waiting)
        {
            root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
            if (moving.In(root) is { } diagnostic)
                document = await ApplyAsync(document, ImmutableArray.Create(diagnostic), key, cancellation).ConfigureAwait(false);
        }

        return document;
    }

    private async Task<Document> ApplyAsync(Document document, ImmutableArray<Diagnostic> found, string? key, CancellationToken cancellation)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        var usings = new SortedSet<string>(StringComparer.Ordinal);

        // Inner places first: an edit further out then sees what became of them.
        foreach (var diagnostic in found.OrderByDescending(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            var site = await FixSite.FindAsync(document, diagnostic, cancellation).ConfigureAwait(false);
            if (Plan(site).FirstOrDefault(edit => edit.Key == key) is { } edit)
            {
                edit.Apply(editor);
                if (edit.Using is { } needed)
                    usings.Add(needed);
            }
        }

        return document.WithSyntaxRoot(Usings.Add(editor.GetChangedRoot(), usings));
    }
}

/// <summary>One thing that a fix offers to do.</summary>
/// <param name="Key">Names the action, so that all of its kind can be applied at once.</param>
/// <param name="Title">What the action does.</param>
/// <param name="Apply">Does it. Nodes are replaced through the editor's current version of them, so that edits inside survive.</param>
internal sealed record Edit(string Key, string Title, Action<SyntaxEditor> Apply)
{
    /// <summary>A namespace that the edited file must import.</summary>
    public string? Using { get; init; }
}
