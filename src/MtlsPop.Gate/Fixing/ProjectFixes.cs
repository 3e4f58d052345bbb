using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Fixing;

/// <summary>Tells what fixes would change, without a change to anything.</summary>
internal interface IFixPreview
{
    /// <summary>For each finding the files that its fix changes; none where there is no fix.</summary>
    Task<IReadOnlyList<IReadOnlyList<FileDiff>>> PreviewAsync(IReadOnlyList<LoggedResult> findings, CancellationToken cancellation);
}

/// <summary>What the fixes would do to a project, tried in memory on what the compiler was given.</summary>
internal sealed class ProjectFixes(CompilerInputs inputs) : IFixPreview
{
    public async Task<IReadOnlyList<IReadOnlyList<FileDiff>>> PreviewAsync(IReadOnlyList<LoggedResult> findings, CancellationToken cancellation)
    {
        using var workspace = new AdhocWorkspace();
        var project = Open(workspace);
        List<IReadOnlyList<FileDiff>> fixes = [];
        foreach (var finding in findings)
            fixes.Add(await PreviewAsync(project, finding, cancellation).ConfigureAwait(false));
        return fixes;
    }

    private Project Open(AdhocWorkspace workspace)
    {
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Project", "Project", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(
                inputs.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true,
                nullableContextOptions: inputs.IsNullable ? NullableContextOptions.Enable : NullableContextOptions.Disable),
            parseOptions: new CSharpParseOptions(
                LanguageVersionFacts.TryParse(inputs.LanguageVersion, out var version) ? version : LanguageVersion.Preview, preprocessorSymbols: inputs.Symbols),
            metadataReferences: inputs.References.Where(File.Exists).Select(file => MetadataReference.CreateFromFile(file))));
        foreach (var file in inputs.Sources.Where(File.Exists))
            project = project.AddDocument(Path.GetFileName(file), SourceText.From(File.ReadAllText(file)), filePath: file).Project;
        foreach (var file in inputs.AdditionalFiles.Where(File.Exists))
            project = project.AddAdditionalDocument(Path.GetFileName(file), SourceText.From(File.ReadAllText(file)), filePath: file).Project;
        return project;
    }

    private static async Task<IReadOnlyList<FileDiff>> PreviewAsync(Project project, LoggedResult finding, CancellationToken cancellation)
    {
        if (!FixProviders.Exist(finding.Rule) || finding.Place is not { } place || await LocationOfAsync(place, project, cancellation).ConfigureAwait(false) is not { } at)
            return [];

        List<Location> related = [];
        foreach (var other in finding.Related)
        {
            if (await LocationOfAsync(other, project, cancellation).ConfigureAwait(false) is { } location)
                related.Add(location);
        }

        var properties = finding.Properties.ToImmutableDictionary(property => property.Key, property => (string?)property.Value);
        var diagnostic = Diagnostic.Create(RuleTable.Named[finding.Rule].Rule, at, related, properties);
        return await FixProviders.ApplyAsync(project.GetDocument(at.SourceTree)!, diagnostic, cancellation).ConfigureAwait(false) is { } solution
            ? await DiffsAsync(solution, project.Solution, cancellation).ConfigureAwait(false)
            : [];
    }

    private static async Task<Location?> LocationOfAsync(Place place, Project project, CancellationToken cancellation)
    {
        if (project.Documents.FirstOrDefault(document => string.Equals(document.FilePath, place.File, StringComparison.OrdinalIgnoreCase)) is not { } document)
            return null;

        var tree = (await document.GetSyntaxTreeAsync(cancellation).ConfigureAwait(false))!;
        var lines = (await tree.GetTextAsync(cancellation).ConfigureAwait(false)).Lines;
        if (place.EndLine > lines.Count)
            return null;
        var (start, end) = (lines[place.Line - 1].Start + place.Column - 1, lines[place.EndLine - 1].Start + place.EndColumn - 1);
        return start <= end && end <= tree.Length ? Location.Create(tree, TextSpan.FromBounds(start, end)) : null;
    }

    private static async Task<IReadOnlyList<FileDiff>> DiffsAsync(Solution after, Solution before, CancellationToken cancellation)
    {
        List<FileDiff> diffs = [];
        foreach (var change in after.GetChanges(before).GetProjectChanges())
        {
            foreach (var id in change.GetChangedDocuments().Concat(change.GetChangedAdditionalDocuments()))
            {
                var old = TextDocumentOf(change.OldProject, id);
                var lines = LineDiff.Of(
                    (await old.GetTextAsync(cancellation).ConfigureAwait(false)).ToString(),
                    (await TextDocumentOf(change.NewProject, id).GetTextAsync(cancellation).ConfigureAwait(false)).ToString());
                if (lines.Count > 0)
                    diffs.Add(new FileDiff(old.FilePath!, lines));
            }
        }

        return diffs;
    }

    private static TextDocument TextDocumentOf(Project project, DocumentId id) => (TextDocument?)project.GetDocument(id) ?? project.GetAdditionalDocument(id)!;
}
