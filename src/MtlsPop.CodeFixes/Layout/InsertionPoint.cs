namespace MtlsPop.CodeFixes.Layout;

/// <summary>
/// The place for statements that run just before an expression: before its statement, or in the body that an arrow has to become for them.
/// </summary>
internal sealed class InsertionPoint
{
    private readonly SyntaxNode _holder;
    private readonly bool _returns;

    private InsertionPoint(SyntaxNode holder, bool returns)
    {
        _holder = holder;
        _returns = returns;
    }

    /// <summary>The statement, or the function with an arrow.</summary>
    public SyntaxNode Holder => _holder;

    /// <summary>Whether there are statements there already.</summary>
    public bool IsAmongStatements => _holder is StatementSyntax and not LocalFunctionStatementSyntax;

    /// <summary>Where the names that the new statements declare are known.</summary>
    public SyntaxNode Scope =>
        IsAmongStatements ? _holder.Parent is GlobalStatementSyntax { Parent: { } unit } ? unit : _holder.Parent! : _holder;

    public static InsertionPoint At(StatementSyntax statement) => new(statement, returns: false);

    /// <summary>Null where there is no such place, or where the expression may not run, or may run again.</summary>
    public static InsertionPoint? Before(ExpressionSyntax expression, FixContext context)
    {
        for (SyntaxNode node = expression; node.Parent is { } parent; node = parent)
        {
            switch (parent)
            {
                case LambdaExpressionSyntax or ArrowExpressionClauseSyntax when HasCommentAround(node):
                    return null;

                case LambdaExpressionSyntax lambda when lambda.ExpressionBody == node:
                    return context.Semantics.GetSymbolInfo(lambda, context.Cancellation).Symbol is IMethodSymbol method
                        ? new InsertionPoint(lambda, ExpressionBody.ReturnsValue(method))
                        : null;

                case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax } arrow:
                    return context.Semantics.GetDeclaredSymbol(arrow.Parent!, context.Cancellation) is IMethodSymbol function
                        ? new InsertionPoint(arrow.Parent!, ExpressionBody.ReturnsValue(function))
                        : null;

                case ConditionalExpressionSyntax choice when choice.Condition != node:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } binary when binary.Right == node:
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression }:
                case ConditionalAccessExpressionSyntax access when access.WhenNotNull == node:
                case SwitchExpressionArmSyntax or QueryClauseSyntax or SelectOrGroupClauseSyntax:
                case WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax:
                case MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return null;

                case StatementSyntax statement when node is ExpressionSyntax
                    or EqualsValueClauseSyntax
                    or VariableDeclarationSyntax
                    or VariableDeclaratorSyntax:
                    return new InsertionPoint(statement, returns: false);
            }
        }

        return null;
    }

    /// <summary>
    /// Adds the statements, given as text that is not indented; where they come instead of the statement before, without the blank lines
    /// after that.
    /// </summary>
    public void Insert(SyntaxEditor editor, IEnumerable<string> code, FixContext context, bool insteadOfPrevious = false)
    {
        var endOfLine = LineEnding.Of(context.Root);
        var indentation = BecomesBlock ? Outer + Indentation.Unit(context.Root) : BeginsLine ? Indentation.Of(_holder) : "";
        var statements = code
            .Select(text => BecomesBlock || BeginsLine
                ? indentation + Indentation.Increase(text, indentation).Replace("\n", endOfLine.ToString()) + endOfLine
                : Indentation.JoinLines(text) + " ")
            .Select(text => SyntaxFactory.ParseStatement(text, options: context.Root.SyntaxTree.Options))
            .ToList();
        if (!IsAmongStatements)
        {
            editor.ReplaceNode(_holder, (current, _) => WithBlock(current, statements, endOfLine, context));
        }
        else if (IsEmbedded)
        {
            editor.ReplaceNode(_holder, (current, _) => Block(statements, (StatementSyntax)current, endOfLine, context));
        }
        else
        {
            // What stands above the statement stays above all of them.
            statements[0] = statements[0].WithLeadingTrivia(
                _holder.GetLeadingTrivia().SkipWhile(trivia => insteadOfPrevious && trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
            editor.ReplaceNode(_holder, (current, _) => current.WithLeadingTrivia(SyntaxFactory.Whitespace(indentation)));
            if (_holder.Parent is GlobalStatementSyntax global)
                editor.InsertBefore(global, statements.Select(SyntaxFactory.GlobalStatement));
            else
                editor.InsertBefore(_holder, statements);
        }
    }

    /// <summary>The indentation of what the block belongs to.</summary>
    private string Outer => Indentation.Of(IsEmbedded ? _holder.Parent! : _holder);

    private bool BeginsLine =>
        _holder.SpanStart == 0 || _holder.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    private bool BecomesBlock => !IsAmongStatements || IsEmbedded;

    private bool IsEmbedded => IsAmongStatements && _holder.Parent is not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax);

    /// <summary>A comment between the arrow and the end of its expression has no place in the body.</summary>
    private static bool HasCommentAround(SyntaxNode body) =>
        body.GetLeadingTrivia()
            .Concat(body.GetFirstToken().GetPreviousToken().GetAllTrivia())
            .Concat(body.GetTrailingTrivia())
            .Any(trivia =>
            !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));

    private SyntaxNode WithBlock(SyntaxNode current, IReadOnlyList<StatementSyntax> statements, SyntaxTrivia endOfLine, FixContext context)
    {
        var expression = current switch
        {
            LambdaExpressionSyntax lambda => lambda.ExpressionBody,
            LocalFunctionStatementSyntax function => function.ExpressionBody?.Expression,
            BaseMethodDeclarationSyntax method => method.ExpressionBody?.Expression,
            _ => null,
        };
        if (expression is null)
            return current;

        var value = Indentation.Increase(expression.WithoutTrivia(), Indentation.Unit(context.Root));
        var block = Block(statements, ExpressionBody.Statement(value, _returns), endOfLine, context);
        return ExpressionBody.Replace(current, block, endOfLine);
    }

    private BlockSyntax Block(
        IReadOnlyList<StatementSyntax> statements, StatementSyntax last, SyntaxTrivia endOfLine, FixContext context)
    {
        last = last.WithLeadingTrivia(SyntaxFactory.Whitespace(Outer + Indentation.Unit(context.Root)));
        if (!IsEmbedded)
            return ExpressionBody.Block([.. statements, last.WithTrailingTrivia(endOfLine)], Outer, endOfLine);

        var block = ExpressionBody.Block([.. statements, last], Outer, endOfLine).WithTrailingTrivia(endOfLine);
        return BeginsLine ? block : block.WithLeadingTrivia();
    }
}
