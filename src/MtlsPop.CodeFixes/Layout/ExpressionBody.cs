namespace MtlsPop.CodeFixes.Layout;

/// <summary>The body of a function that is written with an arrow, as a block.</summary>
internal static class ExpressionBody
{
    public static bool ReturnsValue(IMethodSymbol method) =>
        !method.ReturnsVoid && !(method.IsAsync && method.ReturnType is INamedTypeSymbol { IsGenericType: false });

    /// <summary>The expression as the last statement of the block.</summary>
    public static StatementSyntax Statement(ExpressionSyntax expression, bool returnsValue)
    {
        var end = SyntaxFactory.Token(SyntaxTriviaList.Empty, SyntaxKind.SemicolonToken, SyntaxTriviaList.Empty);
        return returnsValue
            ? SyntaxFactory.ReturnStatement(
                SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space),
                expression,
                end)
            : SyntaxFactory.ExpressionStatement(expression, end);
    }

    /// <summary>Statements, each of which ends its line, between braces on lines of their own.</summary>
    public static BlockSyntax Block(IEnumerable<StatementSyntax> statements, string indentation, SyntaxTrivia endOfLine)
    {
        var outer = SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indentation));
        return SyntaxFactory.Block(
            SyntaxFactory.Token(outer, SyntaxKind.OpenBraceToken, SyntaxFactory.TriviaList(endOfLine)),
            SyntaxFactory.List(statements),
            SyntaxFactory.Token(outer, SyntaxKind.CloseBraceToken, SyntaxTriviaList.Empty));
    }

    /// <summary>The function with the block in place of its arrow; the function itself where it has none.</summary>
    public static SyntaxNode Replace(SyntaxNode function, BlockSyntax block, SyntaxTrivia endOfLine)
    {
        switch (function)
        {
            case LambdaExpressionSyntax { ExpressionBody: { } body } lambda:
                return lambda
                    .WithArrowToken(lambda.ArrowToken.WithTrailingTrivia(endOfLine))
                    .WithBody(block.WithTrailingTrivia(body.GetTrailingTrivia()));

            case LocalFunctionStatementSyntax { ExpressionBody: { } arrow } local:
                return WithHeaderOnOwnLine(local, arrow, endOfLine)
                    .WithExpressionBody(null)
                    .WithSemicolonToken(default)
                    .WithBody(block.WithTrailingTrivia(local.SemicolonToken.TrailingTrivia));

            case BaseMethodDeclarationSyntax { ExpressionBody: { } arrow } method:
                return WithHeaderOnOwnLine(method, arrow, endOfLine)
                    .WithExpressionBody(null)
                    .WithSemicolonToken(default)
                    .WithBody(block.WithTrailingTrivia(method.SemicolonToken.TrailingTrivia));

            default:
                return function;
        }
    }

    private static TFunction WithHeaderOnOwnLine<TFunction>(TFunction function, ArrowExpressionClauseSyntax arrow, SyntaxTrivia endOfLine)
        where TFunction : SyntaxNode
    {
        var last = arrow.ArrowToken.GetPreviousToken();
        return last.TrailingTrivia.Any(SyntaxKind.SingleLineCommentTrivia)
            ? function
            : function.ReplaceToken(last, last.WithTrailingTrivia(endOfLine));
    }
}
