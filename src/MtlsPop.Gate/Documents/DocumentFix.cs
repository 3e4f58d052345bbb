using Microsoft.CodeAnalysis;
using MtlsPop.Gate.Documents.Checks;
using MtlsPop.Gate.Fixing;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Documents;

/// <summary>Fixes what can be fixed in a document: its code by the fixes of the rules, its usings, and the versions that it names.</summary>
internal sealed class DocumentFix(DocumentCompiler compiler, CancellationToken cancellation) : IFixPreview
{
    /// <summary>The text of the document as it should be.</summary>
    /// <param name="rules">The rules whose findings are fixed; all, where none is named.</param>
    public async Task<string> ApplyAsync(MarkdownDocument document, IReadOnlyCollection<string> rules)
    {
        for (var index = 0; compiler.Compile(document) is var programs && index < programs.Count; index++)
        {
            var fix = new ProgramFix(programs[index], finding => rules.Count == 0 || rules.Contains(RuleOf(finding)), cancellation);
            document = With(document, programs[index].Program, await fix.ApplyAsync().ConfigureAwait(false));
        }

        if (rules.Count == 0 || rules.Contains(DocumentRules.NamespaceNotNamed.Id))
            document = WithNamespaces(document);
        return VersionFix.Apply(compiler.Check(document), fault => rules.Count == 0 || rules.Contains(fault.Rule));
    }

    /// <summary>Each finding alone.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<FileDiff>>> PreviewAsync(IReadOnlyList<LoggedResult> findings, CancellationToken cancellation)
    {
        List<IReadOnlyList<FileDiff>> fixes = [];
        foreach (var finding in findings)
        {
            var document = MarkdownDocument.Read(finding.Place!.File);
            var text = await WithoutAsync(document, finding).ConfigureAwait(false);
            fixes.Add(text == document.Text ? [] : [new FileDiff(document.Path, LineDiff.Of(document.Text, text))]);
        }

        return fixes;
    }

    private async Task<string> WithoutAsync(MarkdownDocument document, LoggedResult finding)
    {
        if (finding.Rule == DocumentRules.NamespaceNotNamed.Id)
            return WithNamespaces(document, finding.Place).Text;

        document = VersionFix.Apply(compiler.Check(document), fault => fault.Rule == finding.Rule && fault.Place == finding.Place) is var text && text != document.Text ? MarkdownDocument.Parse(document.Path, text) : document;
        if (compiler.Compile(document).FirstOrDefault(program => program.Program.Holds(finding.Place!)) is not { } holding)
            return document.Text;

        var fix = new ProgramFix(holding, found => RuleOf(found) == finding.Rule && holding.Program.PlaceOf(found.Location.GetLineSpan().Span) == finding.Place, cancellation);
        return With(document, holding.Program, await fix.ApplyAsync(most: 1).ConfigureAwait(false)).Text;
    }

    /// <summary>What the compiler finds is told as one rule.</summary>
    private static string RuleOf(Diagnostic finding) => finding.Severity == DiagnosticSeverity.Error ? DocumentRules.NoSuchCall.Id : finding.Id;

    private static MarkdownDocument With(MarkdownDocument document, BlockProgram program, ProgramText after)
    {
        var before = new ProgramText(program);
        return With(document, program.Blocks.Where(block => after.TextOf(block) != before.TextOf(block)).ToDictionary(block => block.Block, after.TextOf));
    }

    /// <param name="only">The one name whose namespace is stated; all, where none is given.</param>
    private MarkdownDocument WithNamespaces(MarkdownDocument document, Place? only = null)
    {
        var changed = new Dictionary<CodeBlock, string>();
        foreach (var program in compiler.Compile(document))
        {
            foreach (var block in program.Program.Blocks)
            {
                var used = NamespaceCheck.UsedIn(block, program.Program, program.Model).Where(use => only is null || use.Place == only).Select(use => use.Namespace);
                if (WithUsings(block, used) is var text && text != block.Block.Text)
                    changed[block.Block] = text;
            }
        }

        return With(document, changed);
    }

    private static MarkdownDocument With(MarkdownDocument document, Dictionary<CodeBlock, string> changed) =>
        changed.Count == 0 ? document : MarkdownDocument.Parse(document.Path, DocumentText.Replace(document, changed));

    /// <summary>Each where the alphabet puts it, in a block that states its usings; a block that states none says nothing of them.</summary>
    private static string WithUsings(ParsedBlock block, IEnumerable<string> namespaces)
    {
        var stated = NamespaceCheck.StatedIn(block).ToList();
        if (stated.Count == 0)
            return block.Block.Text;

        var lines = block.Block.Lines.Select(line => line.Text).ToList();
        foreach (var name in namespaces.Except(stated).Distinct().Order(StringComparer.Ordinal))
        {
            var before = lines.FindLastIndex(line => UsingOf(line) is { } other && IsBefore(other, name));
            lines.Insert(before >= 0 ? before + 1 : lines.FindIndex(line => UsingOf(line) is not null), $"using {name};");
        }

        return string.Join('\n', lines);
    }

    private static string? UsingOf(string line) => line.TrimStart() is var text && text.StartsWith("using ", StringComparison.Ordinal) && text.IndexOf(';') is > 0 and var end && !text.Contains('=') && !text.Contains('(')
        ? text["using ".Length..end].Trim()
        : null;

    private static bool IsBefore(string other, string name) => IsSystem(other) == IsSystem(name) ? string.CompareOrdinal(other, name) < 0 : IsSystem(other);

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
}
