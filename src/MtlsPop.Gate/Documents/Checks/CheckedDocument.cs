using System.Text.RegularExpressions;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Documents.Checks;

/// <summary>A document with the programs of its blocks, as a check looks at it.</summary>
internal sealed partial record CheckedDocument(MarkdownDocument Document, IReadOnlyList<CompiledProgram> Programs, string MsalVersion)
{
    /// <summary>The blocks that are judged.</summary>
    public IEnumerable<CodeBlock> Blocks => Document.Blocks.Where(block => !block.IsMarked);

    /// <summary>Whether it shows how to bind a token.</summary>
    public bool Binds => InCode(Binding()).Any();

    /// <summary>The lines of code that match, with the place of the match.</summary>
    public IEnumerable<(Place Place, string Text)> InCode(Regex pattern) => In(Blocks.SelectMany(block => block.Lines), pattern);

    public IEnumerable<(Place Place, string Text)> In(IEnumerable<CodeLine> lines, Regex pattern) =>
        from line in lines
        from Match match in pattern.Matches(line.Text)
        select (PlaceOf(line, match.Index, match.Length), match.Value);

    public Place PlaceOf(CodeLine line, int start, int length) =>
        new(Document.Path, line.Number, line.Column + start + 1, line.Number, line.Column + start + length + 1);

    [GeneratedRegex(@"\bWithMtlsProofOfPossession\b|\bWithAttestationSupport\b")]
    public static partial Regex Binding();
}
