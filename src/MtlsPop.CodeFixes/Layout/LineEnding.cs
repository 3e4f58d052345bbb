namespace MtlsPop.CodeFixes.Layout;

internal static class LineEnding
{
    /// <summary>The first line ending of the file; a line feed where it has none.</summary>
    public static SyntaxTrivia Of(SyntaxNode root)
    {
        foreach (var trivia in root.DescendantTrivia())
        {
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                return trivia;
        }

        return SyntaxFactory.LineFeed;
    }
}
