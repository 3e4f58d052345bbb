using System.Collections.Immutable;
using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Packages;

namespace MtlsPop.CodeFixes.Framework;

/// <summary>
/// The one way to edit a project's files: as text, so that all that is not the matter stays as it was typed. The same from a finding in the
/// code as from one in the file.
/// </summary>
public abstract class ProjectFileFix : CodeFixProvider
{
    private readonly string _rule;

    private protected ProjectFileFix(DiagnosticDescriptor rule)
    {
        _rule = rule.Id;
        FixableDiagnosticIds = ImmutableArray.Create(rule.Id);
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() => new ProjectFixAll(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics.Where(found => found.Id == _rule))
        {
            if (await PlanAsync(context.TextDocument.Project, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } edit)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        edit.Title,
                        cancellation => ApplyAsync(context.TextDocument.Project, diagnostic, cancellation),
                        _rule),
                    diagnostic);
            }
        }
    }

    /// <summary>Null where the project's files are not understood.</summary>
    private protected abstract ProjectEdit? Plan(ProjectFiles files, MsalLibrary msal, Version mending);

    private async Task<ProjectEdit?> PlanAsync(Project project, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (!diagnostic.Properties.TryGetValue(PackageFault.VersionProperty, out var version) || version is null
            || await project.GetCompilationAsync(cancellation).ConfigureAwait(false) is not { } compilation
            || MsalLibrary.In(compilation) is not { } msal)
            return null;

        var files = new List<ProjectFile>();
        foreach (var document in project.AdditionalDocuments)
        {
            if (document.FilePath is { } path && ProjectFile.IsOne(path)
                && ProjectFile.Parse(path, await document.GetTextAsync(cancellation).ConfigureAwait(false)) is { } file)
                files.Add(file);
        }

        return Plan(new ProjectFiles(files), msal, Version.Parse(version)) is { Changes.Count: > 0 } edit ? edit : null;
    }

    private async Task<Solution> ApplyAsync(Project project, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var solution = project.Solution;
        if (await PlanAsync(project, diagnostic, cancellation).ConfigureAwait(false) is not { } edit)
            return solution;

        // A file of central versions belongs to many projects, each of which sees its own copy.
        foreach (var changes in edit.Changes.GroupBy(change => change.File))
        {
            var text = changes.Key.Text.WithChanges(changes.Select(change => change.Text));
            foreach (var document in solution.Projects.SelectMany(sharing => sharing.AdditionalDocuments).Where(document => document.FilePath == changes.Key.Path))
                solution = solution.WithAdditionalDocumentText(document.Id, text);
        }

        return solution;
    }

    private sealed class ProjectFixAll(ProjectFileFix fix) : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext all)
        {
            var solution = all.Solution;
            var projects = all.Scope == FixAllScope.Solution ? solution.ProjectIds : [all.Project.Id];
            foreach (var id in projects)
            {
                foreach (var diagnostic in await all.GetAllDiagnosticsAsync(all.Solution.GetProject(id)!).ConfigureAwait(false))
                    solution = await fix.ApplyAsync(solution.GetProject(id)!, diagnostic, all.CancellationToken).ConfigureAwait(false);
            }

            return CodeAction.Create(fix._rule, _ => Task.FromResult(solution), fix._rule);
        }
    }
}

internal sealed record ProjectEdit(string Title, IReadOnlyList<(ProjectFile File, TextChange Text)> Changes);
