namespace MtlsPop.CodeFixes.Layout;

internal static class Statements
{
    /// <summary>Whether another statement can stand before this one.</summary>
    public static bool TakesOneBefore(StatementSyntax statement) =>
        statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax;

    /// <summary>Whether nothing but comments stands before the statement in its line.</summary>
    public static bool BeginsLine(StatementSyntax statement) =>
        statement.GetFirstToken().GetPreviousToken() is var before
            && (before.IsKind(SyntaxKind.None) || before.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia));

    /// <summary>Puts a statement before another; what stood above that one stays above both.</summary>
    public static void InsertBefore(SyntaxEditor editor, StatementSyntax statement, StatementSyntax inserted)
    {
        var current = editor.GetChangedRoot().GetCurrentNode(statement) ?? statement;
        inserted = inserted.WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(LineEnding.Of(editor.OriginalRoot));
        editor.ReplaceNode(statement, (node, _) => node.WithLeadingTrivia(Indentation.Of(statement.GetLeadingTrivia())));
        if (statement.Parent is GlobalStatementSyntax global)
            editor.InsertBefore(global, SyntaxFactory.GlobalStatement(inserted));
        else
            editor.InsertBefore(statement, inserted);
    }

    /// <summary>Removes a statement from its list; the comments around it and in it stay.</summary>
    public static void Remove(SyntaxEditor editor, StatementSyntax statement) =>
        Remove(editor, statement, statement.DescendantTrivia().Where(trivia => trivia.SpanStart > statement.SpanStart));

    private static void Remove(SyntaxEditor editor, StatementSyntax statement, IEnumerable<SyntaxTrivia> behind)
    {
        var node = (SyntaxNode?)(statement.Parent as GlobalStatementSyntax) ?? statement;
        var kept = statement.GetLeadingTrivia()
            .Reverse()
            .SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))
            .Reverse()
            .ToList();
        foreach (var comment in behind.Where(IsComment))
            kept.AddRange([.. Indentation.Of(statement.GetLeadingTrivia()), comment, LineEnding.Of(editor.OriginalRoot)]);

        if (!kept.Exists(IsComment))
        {
            editor.RemoveNode(node, SyntaxRemoveOptions.KeepNoTrivia);
            return;
        }

        editor.ReplaceNode(node, (current, _) => current.WithLeadingTrivia(kept));
        editor.RemoveNode(node, SyntaxRemoveOptions.KeepLeadingTrivia);
    }

    /// <summary>
    /// Removes statements of one list, whose code, with the comments in it, goes elsewhere; the next that stays begins its line or
    /// paragraph as the first of them did.
    /// </summary>
    public static void Remove(SyntaxEditor editor, IReadOnlyList<StatementSyntax> statements)
    {
        var first = statements[0];
        var next = first.Parent!.ChildNodes()
            .OfType<StatementSyntax>()
            .FirstOrDefault(statement => statement.SpanStart > first.SpanStart && !statements.Contains(statement));
        var leading = first.GetLeadingTrivia();
        if (next is not null && !leading.Any(IsComment))
        {
            if (!next.HasLeadingTrivia)
                editor.ReplaceNode(next, (current, _) => current.WithLeadingTrivia(leading));
            else if (leading is [{ RawKind: (int)SyntaxKind.EndOfLineTrivia } blank, ..]
                && !next.GetLeadingTrivia()[0].IsKind(SyntaxKind.EndOfLineTrivia))
                editor.ReplaceNode(next, (current, _) => current.WithLeadingTrivia(current.GetLeadingTrivia().Insert(0, blank)));
        }

        // What is kept of one goes to the next, which must not be removed after that.
        foreach (var statement in statements.OrderByDescending(statement => statement.SpanStart))
            Remove(editor, statement, statement.GetTrailingTrivia());
    }

    /// <summary>Whether there are comments within the code, not above or behind it.</summary>
    public static bool HoldComment(IEnumerable<SyntaxNode> code) =>
        code.Any(part => part.WithoutTrivia().DescendantTrivia().Any(IsComment));

    public static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);
}
