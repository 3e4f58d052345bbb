namespace MtlsPop.CodeFixes.Layout;

/// <summary>
/// Takes the frame of a statement away, so that its block would stand alone; what is in it stands there itself where that means the same.
/// </summary>
internal static class BlockUnwrapper
{
    public static Action<SyntaxEditor> Unwrap<TStatement>(
        TStatement statement, StatementSyntax body, Func<TStatement, StatementSyntax> withoutFrame)
        where TStatement : StatementSyntax
    {
        if (statement.Parent is not BlockSyntax around || !CanOpen(statement, body, around))
            return editor => editor.ReplaceNode(statement, (current, _) => withoutFrame((TStatement)current));

        var opened = new SyntaxAnnotation();
        return editor =>
        {
            editor.ReplaceNode(statement, (current, _) => withoutFrame((TStatement)current).WithAdditionalAnnotations(opened));
            editor.ReplaceNode(around, (current, _) => Opened((BlockSyntax)current, opened, Indentation.Unit(editor.OriginalRoot)));
        };
    }

    private static bool CanOpen(StatementSyntax statement, StatementSyntax body, BlockSyntax around)
    {
        if (statement.ContainsDirectives
            || body is not BlockSyntax { Statements.Count: > 0 } block
            || SaysMore(block.OpenBraceToken)
            || SaysMore(block.CloseBraceToken))
            return false;

        // What is declared there for disposal would be disposed later.
        if (around.Statements.Last() != statement
            && block.Statements.Any(inner => inner is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }))
            return false;

        return DeclaresOwnNames(statement, around);
    }

    /// <summary>Whether no name that is declared in the statement means anything else around it.</summary>
    public static bool DeclaresOwnNames(StatementSyntax statement, BlockSyntax around)
    {
        var declared = new HashSet<string>(statement.DescendantNodes().Select(DeclaredName).Where(name => name.Length > 0));
        return !around.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantTokens().Any(token =>
            token.IsKind(SyntaxKind.IdentifierToken) && declared.Contains(token.ValueText) && !statement.Span.Contains(token.Span));
    }

    private static bool SaysMore(SyntaxToken brace) =>
        brace.LeadingTrivia.Any(Statements.IsComment) || brace.TrailingTrivia.Any(Statements.IsComment);

    private static string DeclaredName(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        LabeledStatementSyntax label => label.Identifier.ValueText,
        _ => "",
    };

    private static BlockSyntax Opened(BlockSyntax around, SyntaxAnnotation opened, string step)
    {
        var at = around.Statements.IndexOf(statement => statement.HasAnnotation(opened));
        if (at < 0 || around.Statements[at] is not BlockSyntax { Statements.Count: > 0 } block || SaysMore(block.CloseBraceToken))
            return around;

        var inner = Indentation.Decrease(block, step).Statements.ToList();
        inner[0] = inner[0].WithLeadingTrivia(
            block.GetLeadingTrivia().AddRange(inner[0].GetLeadingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))));
        var last = inner[inner.Count - 1];
        if (!last.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
            inner[inner.Count - 1] = last.WithTrailingTrivia(block.GetTrailingTrivia());
        return around.WithStatements(around.Statements.RemoveAt(at).InsertRange(at, inner));
    }
}
