using Microsoft.CodeAnalysis;
using MtlsPop.Gate.Fixing;

namespace MtlsPop.Gate.Documents;

/// <summary>Applies the fixes to a program of a document, one after the other, as long as each leaves it better than it was.</summary>
/// <param name="wants">Which findings are to be fixed.</param>
internal sealed class ProgramFix(CompiledProgram compiled, Func<Diagnostic, bool> wants, CancellationToken cancellation)
{
    /// <summary>More than a block can hold.</summary>
    public const int MostFixes = 200;

    private readonly ProgramText _text = new(compiled.Program);
    private readonly HashSet<(string, string, int)> _refused = [];

    public async Task<ProgramText> ApplyAsync(int most = MostFixes)
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace);
        var findings = await FindAsync(document).ConfigureAwait(false);
        for (var fixes = 0; fixes < most && findings.FirstOrDefault(CanBeTried) is { } finding; fixes++)
        {
            if (await TryAsync(document, finding, findings).ConfigureAwait(false) is (var fixedDocument, var left))
                (document, findings) = (fixedDocument, left);
            else
                _refused.Add(KeyOf(finding));
        }

        return _text;
    }

    private async Task<(Document Document, IReadOnlyList<Diagnostic> Findings)?> TryAsync(Document document, Diagnostic finding, IReadOnlyList<Diagnostic> findings)
    {
        if (await FixProviders.ApplyAsync(document, finding, cancellation).ConfigureAwait(false) is not { } solution)
            return null;

        // Only the program's own file can be put back.
        var changed = solution.GetDocument(document.Id)!;
        if (solution.GetChanges(document.Project.Solution).GetProjectChanges().SelectMany(change => change.GetChangedDocuments()).Any(id => id != document.Id))
            return null;

        var left = await FindAsync(changed).ConfigureAwait(false);
        if (Errors(left) > Errors(findings) || left.Count(other => other.Id == finding.Id) >= findings.Count(other => other.Id == finding.Id))
            return null;

        var before = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var changes = await changed.GetTextChangesAsync(document, cancellation).ConfigureAwait(false);
        if (!_text.TryApply(changes))
            return null;

        // Without the usings, which a block that states none has been given.
        var mended = document.WithText(_text.Text);
        return before.ContentEquals(_text.Text) ? null : (mended, await FindAsync(mended).ConfigureAwait(false));
    }

    private Document Open(AdhocWorkspace workspace)
    {
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Document", "Document", LanguageNames.CSharp,
            compilationOptions: compiled.Compilation.Options,
            parseOptions: ParsedBlock.Options,
            metadataReferences: compiled.Compilation.References));
        foreach (var (tree, index) in compiled.Compilation.SyntaxTrees.Where(tree => tree != compiled.Program.Tree).Select((tree, index) => (tree, index)))
            project = project.AddDocument($"Given{index}.cs", tree.GetText(cancellation)).Project;
        return project.AddDocument("Block.cs", _text.Text, filePath: compiled.Program.Tree.FilePath);
    }

    /// <summary>What the rules and the compiler say of the program's own file.</summary>
    private async Task<IReadOnlyList<Diagnostic>> FindAsync(Document document)
    {
        var compilation = (await document.Project.GetCompilationAsync(cancellation).ConfigureAwait(false))!;
        var tree = (await document.GetSyntaxTreeAsync(cancellation).ConfigureAwait(false))!;
        var found = await DocumentScan.DiagnosticsOfAsync(compilation, tree, cancellation).ConfigureAwait(false);
        var errors = compilation.GetSemanticModel(tree).GetDiagnostics(cancellationToken: cancellation).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return [.. errors.Concat(found.Where(diagnostic => !diagnostic.IsSuppressed)).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private bool CanBeTried(Diagnostic finding) =>
        FixProviders.Exist(finding.Id)
        && wants(finding)
        && !_refused.Contains(KeyOf(finding));

    private static (string, string, int) KeyOf(Diagnostic finding) => (finding.Id, finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture), finding.Location.SourceSpan.Start);

    private static int Errors(IEnumerable<Diagnostic> found) => found.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
