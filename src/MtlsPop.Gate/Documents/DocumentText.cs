using System.Text;

namespace MtlsPop.Gate.Documents;

/// <summary>Puts changed blocks back into their document. All else stays as it was typed.</summary>
internal static class DocumentText
{
    public static string Replace(MarkdownDocument document, IReadOnlyDictionary<CodeBlock, string> changed)
    {
        var lines = document.Text.Split('\n');
        var text = new StringBuilder();
        var next = 0;
        foreach (var (block, code) in changed.OrderBy(pair => pair.Key.FirstLine))
        {
            var (first, last) = (block.Lines[0], block.Lines[^1]);
            for (; next < first.Number - 1; next++)
                text.Append(lines[next]).Append('\n');
            next = last.Number;

            var ending = lines[first.Number - 1].EndsWith('\r') ? "\r\n" : "\n";
            var prefix = lines[first.Number - 1][..first.Column];
            var rest = lines[last.Number - 1][(last.Column + last.Text.Length)..];
            var prefixed = code.Split('\n').Select(line => line.Length == 0 ? prefix.TrimEnd() : prefix + ParsedBlock.Restored(line));
            text.AppendJoin(ending, prefixed).Append(rest);
            if (last.Number < lines.Length)
                text.Append('\n');
        }

        return text.AppendJoin('\n', lines.Skip(next)).ToString();
    }
}
