namespace MtlsPop.Gate.Documents;

/// <summary>A line of code, and where it stands in its document.</summary>
/// <param name="Number">The document's line, from 1.</param>
/// <param name="Column">How many characters of the document's line come before the code.</param>
internal sealed record CodeLine(int Number, int Column, string Text);

/// <summary>A piece of C# in a document.</summary>
/// <param name="IsMarked">It is shown as what not to do: by a word of its fence, such as <c>```csharp bad</c>.</param>
internal sealed record CodeBlock(IReadOnlyList<CodeLine> Lines, bool IsMarked)
{
    public int FirstLine => Lines[0].Number;

    public string Text => string.Join('\n', Lines.Select(line => line.Text));
}
