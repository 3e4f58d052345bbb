using System.Collections.Immutable;

namespace MtlsPop.CodeFixes.Framework;

/// <summary>The one way to edit: a fix plans, and what it planned is what is offered, so no offer does nothing. One finding and all of a solution are fixed by the same code.</summary>
public abstract class EditorCodeFix : CodeFixProvider
{
    private protected EditorCodeFix(DiagnosticDescriptor rule)
        : this(rule.Id)
    {
    }

    /// <summary>For errors that the compiler finds.</summary>
    private protected EditorCodeFix(params string[] ids) => FixableDiagnosticIds = ImmutableArray.Create(ids);

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() => new Everywhere(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        // 'dotnet format' also hands over what other rules of the same analyzer report.
        foreach (var diagnostic in context.Diagnostics.Where(found => FixableDiagnosticIds.Contains(found.Id)))
        {
            var site = await FixSite.FindAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            var here = new Places { { context.Document, ImmutableArray.Create(diagnostic) } };
            foreach (var edit in Plan(site))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(edit.Title, cancellation => ApplyAsync(here, context.Document.Project.Solution, edit.Key, cancellation), edit.Key),
                    diagnostic);
            }
        }
    }

    /// <summary>Whether one edit must see what the one before it did: where both may declare the same name.</summary>
    private protected virtual bool InTurn => false;

    /// <summary>What can be done about the finding; nothing where the result would not compile.</summary>
    private protected abstract IEnumerable<Edit> Plan(FixSite site);

    private async Task<Solution> ApplyInTurnAsync(Places places, Solution solution, string? key, CancellationToken cancellation)
    {
        foreach (var (document, found) in places)
        {
            var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
            var waiting = found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic => new MovingDiagnostic(diagnostic, root)).ToList();
            solution = solution.WithDocumentSyntaxRoot(document.Id, MovingDiagnostic.Mark(root, waiting));
            foreach (var moving in waiting)
            {
                var current = solution.GetDocument(document.Id)!;
                if (moving.In((await current.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!) is { } diagnostic)
                    solution = await ApplyAsync(new Places { { current, ImmutableArray.Create(diagnostic) } }, solution, key, cancellation).ConfigureAwait(false);
            }
        }

        return solution;
    }

    /// <summary>Applies the action of that key to each finding; the first one that is offered where there is no key, as when 'dotnet format' found none to ask for.</summary>
    private async Task<Solution> ApplyAsync(Places places, Solution solution, string? key, CancellationToken cancellation)
    {
        var planned = new List<(Document Document, Edit Edit)>();
        foreach (var (document, found) in places)
        {
            // Inner places first: an edit further out then sees what became of them.
            foreach (var diagnostic in found.OrderByDescending(diagnostic => diagnostic.Location.SourceSpan.Start))
            {
                var site = await FixSite.FindAsync(document, diagnostic, cancellation).ConfigureAwait(false);
                if (Plan(site).FirstOrDefault(edit => key is null || edit.Key == key) is { } edit)
                    planned.Add((solution.GetDocument(edit.File) ?? document, edit));
            }
        }

        foreach (var edits in planned.GroupBy(edit => edit.Document.Id, edit => edit))
        {
            var editor = await DocumentEditor.CreateAsync(edits.First().Document, cancellation).ConfigureAwait(false);
            foreach (var (_, edit) in edits)
                edit.Apply(editor);
            var usings = new SortedSet<string>(edits.SelectMany(edit => edit.Edit.Usings), StringComparer.Ordinal);
            solution = solution.WithDocumentSyntaxRoot(edits.Key, Usings.Add(editor.GetChangedRoot(), usings));
        }

        return solution;
    }

    /// <summary>The findings of documents.</summary>
    private sealed class Places : List<(Document Document, ImmutableArray<Diagnostic> Found)>
    {
        public void Add(Document document, ImmutableArray<Diagnostic> found) => Add((document, found));
    }

    /// <summary>Fixes all of a kind in one edit of the solution: what fixes a finding may stand in another document.</summary>
    private sealed class Everywhere(EditorCodeFix fix) : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext all)
        {
            var places = new Places();
            foreach (var document in Documents(all))
                places.Add(document, await all.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false));
            return CodeAction.Create(
                "Fix all",
                cancellation => fix.InTurn
                    ? fix.ApplyInTurnAsync(places, all.Solution, all.CodeActionEquivalenceKey, cancellation)
                    : fix.ApplyAsync(places, all.Solution, all.CodeActionEquivalenceKey, cancellation),
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

/// <summary>One thing that a fix offers to do.</summary>
/// <param name="Key">Names the action, so that all of its kind can be applied at once.</param>
/// <param name="Title">What the action does.</param>
/// <param name="Apply">Does it. Nodes are replaced through the editor's current version of them, so that edits inside survive.</param>
internal sealed record Edit(string Key, string Title, Action<SyntaxEditor> Apply)
{
    /// <summary>The file that is edited, where it is another than that of the finding.</summary>
    public SyntaxTree? File { get; init; }

    /// <summary>Namespaces that the edited file must import.</summary>
    public ImmutableArray<string> Usings { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The namespace that the edited file must import, if there is one.</summary>
    public string? Using
    {
        init => Usings = value is null ? ImmutableArray<string>.Empty : ImmutableArray.Create(value);
    }
}
