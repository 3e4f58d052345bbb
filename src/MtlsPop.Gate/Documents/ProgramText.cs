using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace MtlsPop.Gate.Documents;

/// <summary>The text of a program while it is edited: what of it belongs to which block.</summary>
internal sealed partial class ProgramText
{
    private readonly List<Part> _parts;

    public ProgramText(BlockProgram program)
    {
        Text = program.Tree.GetText();
        _parts = [.. program.Parts.Select(part => new Part(part.Block, Text.Lines[part.FirstLine].Start, Text.Lines[part.FirstLine + part.Lines - 1].End))];
    }

    public SourceText Text { get; private set; }

    public string TextOf(ParsedBlock block) => string.Join('\n', _parts.Where(part => part.Block == block).Select(part => Text.ToString(TextSpan.FromBounds(part.Start, part.End))));

    /// <summary>Takes the edits over, but for usings; false, and nothing is changed, where one of them is not of a block.</summary>
    public bool TryApply(IEnumerable<TextChange> changes)
    {
        var taken = changes.Where(change => !(change.Span.IsEmpty && UsingsOnly().IsMatch(change.NewText!))).ToList();
        if (!taken.TrueForAll(change => _parts.Exists(part => part.Holds(change.Span))))
            return false;

        foreach (var change in taken.OrderByDescending(change => change.Span.Start))
        {
            var longer = change.NewText!.Length - change.Span.Length;
            var edited = _parts.First(part => part.Holds(change.Span));
            edited.End += longer;
            foreach (var after in _parts.Where(part => part != edited && part.Start >= change.Span.End))
                after.Move(longer);
            Text = Text.WithChanges(change);
        }

        return true;
    }

    private sealed class Part(ParsedBlock block, int start, int end)
    {
        public ParsedBlock Block => block;

        public int Start { get; private set; } = start;

        public int End { get; set; } = end;

        public bool Holds(TextSpan span) => Start <= span.Start && span.End <= End;

        public void Move(int longer)
        {
            Start += longer;
            End += longer;
        }
    }

    [GeneratedRegex(@"^(\s*using\s+[\w.]+;\s*)+$")]
    private static partial Regex UsingsOnly();
}
