using MtlsPop.Gate.Documents.Checks;

namespace MtlsPop.Gate.Documents;

/// <summary>Fixes what can be fixed in a document: its code by the fixes of the rules, its usings, and the versions that it names.</summary>
internal sealed class DocumentFix(DocumentReferences references, IReadOnlyCollection<string> rules, CancellationToken cancellation)
{
    private readonly DocumentCompiler _compiler = new(references);

    /// <summary>The text of the document as it should be.</summary>
    public async Task<string> ApplyAsync(MarkdownDocument document)
    {
        for (var index = 0; _compiler.Compile(document) is var programs && index < programs.Count; index++)
            document = await WithFixesAsync(document, programs[index]).ConfigureAwait(false);
        if (Wants(DocumentRules.NamespaceNotNamed.Id))
            document = WithNamespaces(document);
        return VersionFix.Apply(new CheckedDocument(document, _compiler.Compile(document), references.MsalVersion), Wants);
    }

    private async Task<MarkdownDocument> WithFixesAsync(MarkdownDocument document, CompiledProgram program)
    {
        var before = new ProgramText(program.Program);
        var after = await new ProgramFix(program, rules, cancellation).ApplyAsync().ConfigureAwait(false);
        return With(document, program.Program.Blocks.Where(block => after.TextOf(block) != before.TextOf(block)).ToDictionary(block => block.Block, after.TextOf));
    }

    private MarkdownDocument WithNamespaces(MarkdownDocument document)
    {
        var changed = new Dictionary<CodeBlock, string>();
        foreach (var program in _compiler.Compile(document))
        {
            var model = program.Model;
            foreach (var block in program.Program.Blocks)
            {
                var used = NamespaceCheck.UsedIn(block, program.Program, model).Select(use => use.Namespace);
                if (WithUsings(block, used) is var text && text != block.Block.Text)
                    changed[block.Block] = text;
            }
        }

        return With(document, changed);
    }

    private static MarkdownDocument With(MarkdownDocument document, Dictionary<CodeBlock, string> changed) =>
        changed.Count == 0 ? document : MarkdownDocument.Parse(document.Path, DocumentText.Replace(document, changed));

    private bool Wants(string rule) => rules.Count == 0 || rules.Contains(rule);

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
