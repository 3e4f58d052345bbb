namespace MtlsPop.CodeFixes.Layout;

/// <summary>Statements at the top of a method that throw before it does anything.</summary>
internal static class Guards
{
    /// <summary>
    /// Puts a guard at the top of a method, below those that it must follow. A method that is one expression becomes a block.
    /// </summary>
    public static BaseMethodDeclarationSyntax Insert(
        BaseMethodDeclarationSyntax method, IMethodSymbol symbol, string guard, Func<StatementSyntax, bool> follows, SyntaxNode root)
    {
        var endOfLine = LineEnding.Of(root);
        method = WithBlock(method, symbol, root);
        var body = method.Body!;
        var index = body.Statements.TakeWhile(follows).Count();
        var ownLines = body.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var statement = SyntaxFactory.ParseStatement(ownLines ? guard : guard.Replace(endOfLine.ToString(), " "));
        if (!ownLines)
            return method.WithBody(body.WithStatements(body.Statements.Insert(index, statement.WithTrailingTrivia(SyntaxFactory.Space))));

        var indentation = IndentationBefore(body.Statements.First());
        var inner = statement.ReplaceTrivia(
            statement.DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)),
            (_, _) => SyntaxFactory.Whitespace($"{endOfLine}{indentation}{Indentation.Unit(root)}"));
        statement = SyntaxFactory.ParseStatement(inner.ToFullString())
            .WithLeadingTrivia(SyntaxFactory.Whitespace(indentation))
            .WithTrailingTrivia(endOfLine);
        if (index < body.Statements.Count && !IsGuard(body.Statements[index]) && !StartsWithBlankLine(body.Statements[index]))
        {
            var next = body.Statements[index];
            body = body.ReplaceNode(next, next.WithLeadingTrivia(next.GetLeadingTrivia().Insert(0, endOfLine)));
        }

        return method.WithBody(body.WithStatements(body.Statements.Insert(index, statement)));
    }

    /// <summary>A statement that only throws, or calls what throws.</summary>
    public static bool IsGuard(StatementSyntax statement) => statement switch
    {
        IfStatementSyntax { Else: null, Statement: ThrowStatementSyntax or BlockSyntax { Statements: [ThrowStatementSyntax] } } => true,
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: var called } } => called.ToString()
            .Contains("ThrowIf"),
        _ => false,
    };

    /// <summary>A method that is one expression, with a block instead.</summary>
    public static BaseMethodDeclarationSyntax WithBlock(BaseMethodDeclarationSyntax method, IMethodSymbol symbol, SyntaxNode root)
    {
        if (method.ExpressionBody is null)
            return method;

        var endOfLine = LineEnding.Of(root);
        var outer = IndentationBefore(method);
        var inner = SyntaxFactory.Whitespace(outer + Indentation.Unit(root));
        var arrow = method.ExpressionBody;
        var comments = SyntaxFactory.TriviaList(
            from trivia in arrow.ArrowToken.GetAllTrivia().Concat(arrow.Expression.GetLeadingTrivia())
            where Statements.IsComment(trivia)
            from placed in new[] { inner, trivia, endOfLine }
            select placed);
        var statement = ExpressionBody.Statement(arrow.Expression.WithoutLeadingTrivia(), ExpressionBody.ReturnsValue(symbol))
            .WithLeadingTrivia(comments.Add(inner))
            .WithTrailingTrivia(endOfLine);
        var block = ExpressionBody.Block([statement], outer, endOfLine);
        return (BaseMethodDeclarationSyntax)ExpressionBody.Replace(method, block, endOfLine);
    }

    private static bool StartsWithBlankLine(StatementSyntax statement) =>
        statement.GetLeadingTrivia() is { Count: > 0 } leading && leading[0].IsKind(SyntaxKind.EndOfLineTrivia);

    private static string IndentationBefore(SyntaxNode node) =>
        node.GetLeadingTrivia() is { Count: > 0 } leading && leading[leading.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia)
            ? leading[leading.Count - 1].ToString()
            : "";
}
