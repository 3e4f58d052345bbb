using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Documents;

/// <summary>Blocks that belong together as one file of C#, each line of which knows its place in the document.</summary>
internal sealed class BlockProgram
{
    private const string ClassName = "Snippet";

    private readonly List<CodeLine?> _lines = [];
    private readonly List<string> _text = [];
    private readonly List<(ParsedBlock Block, int FirstLine, int Lines)> _parts = [];

    public BlockProgram(string document, IReadOnlyList<ParsedBlock> blocks)
    {
        Document = document;
        Blocks = blocks;
        foreach (var block in blocks)
            Add(block, block.Block.Lines.Take(block.UsingLines));

        var shape = blocks[0].Shape;
        if (shape == BlockShape.Members)
            Add($"public {(blocks.All(block => block.IsStatic) ? "static " : "")}class {ClassName} {{");
        else if (shape == BlockShape.Expression)
            Add("_ =");
        foreach (var block in blocks)
            Add(block, block.Block.Lines.Skip(block.UsingLines));
        if (shape != BlockShape.Unit)
            Add(shape == BlockShape.Members ? "}" : ";");
        Tree = CSharpSyntaxTree.ParseText(string.Join('\n', _text), ParsedBlock.Options, path: $"{document}.{blocks[^1].Block.FirstLine}.cs");
    }

    public string Document { get; }

    public IReadOnlyList<ParsedBlock> Blocks { get; }

    public SyntaxTree Tree { get; }

    /// <summary>Which lines of it are whose; first the usings, then the rest of each block.</summary>
    public IReadOnlyList<(ParsedBlock Block, int FirstLine, int Lines)> Parts => _parts;

    public bool IsProgram => Blocks.Any(block => block.IsProgram);

    /// <summary>Null where it is not of the document, but of what was put around it.</summary>
    public Place? PlaceOf(Location location) => location.SourceTree == Tree ? PlaceOf(location.GetLineSpan().Span) : null;

    /// <summary>Of a span of the program's own text.</summary>
    public Place? PlaceOf(LinePositionSpan span)
    {
        if (_lines[span.Start.Line] is not { } start)
            return null;

        var (end, column) = _lines[span.End.Line] is { } last ? (last, span.End.Character) : (start, start.Text.Length);
        return new Place(Document, start.Number, start.Column + span.Start.Character + 1, end.Number, end.Column + column + 1);
    }

    public bool Holds(Place place) => Blocks.Any(block => block.Block.FirstLine <= place.Line && place.Line <= block.Block.Lines[^1].Number);

    private void Add(ParsedBlock block, IEnumerable<CodeLine> lines)
    {
        var first = _text.Count;
        foreach (var line in lines)
        {
            _lines.Add(line);
            _text.Add(ParsedBlock.Elided(line.Text));
        }

        if (_text.Count > first)
            _parts.Add((block, first, _text.Count - first));
    }

    private void Add(string text)
    {
        _lines.Add(null);
        _text.Add(text);
    }
}
