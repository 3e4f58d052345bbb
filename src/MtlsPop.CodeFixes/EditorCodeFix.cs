using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace MtlsPop.CodeFixes;

/// <summary>The one way to edit: a fix plans, and what it planned is what is offered, so no offer does nothing. One finding and all of a document are fixed by the same code.</summary>
public abstract class EditorCodeFix : CodeFixProvider
{
    private protected EditorCodeFix(DiagnosticDescriptor rule)
        : this(rule.Id)
    {
    }

    /// <summary>For errors that the compiler finds.</summary>
    private protected EditorCodeFix(params string[] ids) => FixableDiagnosticIds = ImmutableArray.Create(ids);

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (all, document, found) => await ApplyAsync(document, found, all.CodeActionEquivalenceKey, all.CancellationToken).ConfigureAwait(false));

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

    /// <summary>What can be done about the finding; nothing where the result would not compile.</summary>
    private protected abstract IEnumerable<Edit> Plan(FixSite site);

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
                usings.UnionWith(edit.Usings);
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
    /// <summary>Namespaces that the edited file must import.</summary>
    public ImmutableArray<string> Usings { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The namespace that the edited file must import, if there is one.</summary>
    public string? Using
    {
        init => Usings = value is null ? ImmutableArray<string>.Empty : ImmutableArray.Create(value);
    }
}
