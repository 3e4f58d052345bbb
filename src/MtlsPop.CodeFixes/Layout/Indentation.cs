namespace MtlsPop.CodeFixes.Layout;

/// <summary>How far lines are indented.</summary>
internal static class Indentation
{
    /// <summary>The indentation of the line on which the node begins.</summary>
    public static string Of(SyntaxNode node)
    {
        var text = node.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>The indentation of a token that begins a line, behind the comments above it.</summary>
    public static SyntaxTriviaList Of(SyntaxTriviaList leading) =>
        SyntaxFactory.TriviaList(leading.Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));

    /// <summary>One step, by what the file is indented with.</summary>
    public static string Unit(SyntaxNode root) =>
        root.DescendantTrivia()
            .Any(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) && trivia.ToString().StartsWith("\t", StringComparison.Ordinal))
                ? "\t"
                : "    ";

    /// <summary>Indents all lines of the text but its first and the empty ones.</summary>
    public static string Increase(string text, string indentation) =>
        string.Join("\n", text.Split('\n').Select((line, i) => i == 0 || line.Length == 0 ? line : indentation + line));

    /// <summary>The text with its lines joined.</summary>
    public static string JoinLines(string text) =>
        string.Concat(
            text.Split('\n')
                .Select((line, i) =>
                    i == 0 || line.TrimStart().StartsWith(".", StringComparison.Ordinal) ? line.Trim() : " " + line.Trim()));

    /// <summary>The text of the node as it would stand in a line that is not indented.</summary>
    public static string Decrease(SyntaxNode node) => Decrease(node.ToString(), Of(node));

    /// <summary>The text, which stands in a line of that indentation, as it would stand in one that is not indented.</summary>
    public static string Decrease(string text, string indentation) =>
        string.Join(
            "\n",
            text.Replace("\r\n", "\n")
                .Split('\n')
                .Select(line => line.StartsWith(indentation, StringComparison.Ordinal) ? line.Substring(indentation.Length) : line));

    /// <summary>Indents all lines of the node but its first.</summary>
    public static TNode Increase<TNode>(TNode node, string step)
        where TNode : SyntaxNode
    {
        var first = node.GetFirstToken();
        return node.ReplaceTokens(
            node.DescendantTokens()
                .Where(token => token != first && token.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)),
            (_, token) =>
                token.WithLeadingTrivia(
                    token.LeadingTrivia.Select((trivia, i) =>
                        BeginsLine(token.LeadingTrivia, i) ? SyntaxFactory.Whitespace(step + trivia) : trivia)));
    }

    /// <summary>Takes one step of indentation from all lines of the node but its first.</summary>
    public static TNode Decrease<TNode>(TNode node, string step)
        where TNode : SyntaxNode
    {
        var first = node.GetFirstToken();
        return node.ReplaceTokens(
            node.DescendantTokens()
                .Where(token => token != first && token.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)),
            (_, token) => token.WithLeadingTrivia(token.LeadingTrivia.Select((trivia, i) =>
                BeginsLine(token.LeadingTrivia, i) && trivia.ToString() is var spaces && spaces.StartsWith(step, StringComparison.Ordinal)
                    ? SyntaxFactory.Whitespace(spaces.Substring(step.Length))
                    : trivia)));
    }

    private static bool BeginsLine(SyntaxTriviaList leading, int index) =>
        leading[index].IsKind(SyntaxKind.WhitespaceTrivia) && (index == 0 || leading[index - 1].IsKind(SyntaxKind.EndOfLineTrivia));
}
