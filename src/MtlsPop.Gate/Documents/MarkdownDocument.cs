using System.Text.RegularExpressions;

namespace MtlsPop.Gate.Documents;

/// <summary>A Markdown text, taken apart into the C# that it shows and what it says beside it.</summary>
/// <param name="Blocks">The C#, in the order of the document.</param>
/// <param name="Prose">The lines outside of fences.</param>
/// <param name="Commands">The lines of fences in other languages.</param>
internal sealed partial record MarkdownDocument(
    string Path, string Text, IReadOnlyList<CodeBlock> Blocks, IReadOnlyList<CodeLine> Prose, IReadOnlyList<CodeLine> Commands)
{
    private static readonly string[] _endings = [".md", ".markdown", ".txt"];
    private static readonly string[] _languages = ["csharp", "cs", "c#"];
    private static readonly string[] _marks = ["bad", "wrong", "avoid", "mtlspop-ignore"];

    /// <summary>The endings of the files that are documents.</summary>
    public static bool IsOne(string path) => _endings.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    public static MarkdownDocument Read(string path) => Parse(path, File.ReadAllText(path));

    public static MarkdownDocument Parse(string path, string text)
    {
        List<CodeBlock> blocks = [];
        List<CodeLine> prose = [];
        List<CodeLine> commands = [];
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        for (var index = 0; index < lines.Count; index++)
        {
            if (Fence().Match(lines[index]) is not { Success: true } fence)
            {
                prose.Add(new CodeLine(index + 1, 0, lines[index]));
                continue;
            }

            var content = Content(lines, ref index, fence);
            var info = fence.Groups["info"].Value.Split([' ', ',', '{', '}', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (content.Count > 0 && IsCode(info, content))
                blocks.Add(new CodeBlock(content, info.Any(_marks.Contains)));
            else
                commands.AddRange(content);
        }

        if (UnfencedCode.Find(prose) is { Count: > 0 } unfenced)
        {
            // What stands behind the code is prose.
            var ends = unfenced.SelectMany(block => block.Lines).ToDictionary(line => line.Number, line => line.Text.Length);
            prose = prose.ConvertAll(line => ends.TryGetValue(line.Number, out var end) ? new CodeLine(line.Number, end, line.Text[end..]) : line);
            blocks = [.. blocks.Concat(unfenced).OrderBy(block => block.FirstLine)];
        }

        return new MarkdownDocument(path, text, blocks, prose, commands);
    }

    /// <summary>The lines up to the closing fence, without what the list or quotation that they stand in puts before them.</summary>
    private static List<CodeLine> Content(List<string> lines, ref int index, Match fence)
    {
        List<CodeLine> content = [];
        var prefix = fence.Groups["prefix"].Value;
        var mark = fence.Groups["fence"].Value;
        for (index++; index < lines.Count; index++)
        {
            var line = lines[index];
            var start = 0;
            while (start < Math.Min(prefix.Length, line.Length) && (line[start] is ' ' or '\t' || (line[start] == '>' && prefix.Contains('>'))))
                start++;
            if (prefix.Contains('>') && !line.AsSpan(0, start).Contains('>'))
            {
                index--;
                break;
            }

            var text = line[start..];
            if (text.AsSpan().Trim().TrimStart(mark[0]).IsEmpty && text.Trim().Length >= mark.Length)
                break;
            content.Add(new CodeLine(index + 1, start, text));
        }

        return content;
    }

    /// <summary>A fence that names no language holds C# where it calls MSAL.</summary>
    private static bool IsCode(string[] info, List<CodeLine> content) => info.Length > 0
        ? _languages.Contains(info[0].TrimStart('.'), StringComparer.OrdinalIgnoreCase)
        : content.Exists(line => UnfencedCode.CallsMsal(line.Text));

    [GeneratedRegex(@"^(?<prefix>[ \t]*(?:(?:>|[-*+]|\d+[.)])[ \t]+)*)(?<fence>`{3,}|~{3,})(?<info>[^`]*)$")]
    private static partial Regex Fence();
}
