namespace MtlsPop.CodeFixes.Binding;

/// <summary>Takes a disposal out of code: the word <c>using</c>, or a call of <c>Dispose</c>.</summary>
internal static class RemoveDispose
{
    /// <summary>Null where more than the disposal would go.</summary>
    public static Action<SyntaxEditor>? At(FixContext context) => context.Token.Parent switch
    {
        LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } declaration =>
            editor => editor.ReplaceNode(declaration, (current, _) => WithoutUsing((LocalDeclarationStatementSyntax)current)),
        UsingStatementSyntax { Declaration.Variables.Count: 1, Statement: not BlockSyntax, Parent: BlockSyntax around, ContainsDirectives: false } statement
            when BlockUnwrapper.DeclaresOwnNames(statement, around) => DeclareBefore(statement),
        UsingStatementSyntax { Declaration.Variables.Count: 1 } statement =>
            BlockUnwrapper.Unwrap(statement, statement.Statement, Declared),
        UsingStatementSyntax { Expression: { } resource } statement
            when Expressions.IsPath(resource) => BlockUnwrapper.Unwrap(statement, statement.Statement, Body),
        _ => context.Call is { } call && IsPath(call.Expression) ? RemoveCall(call) : null,
    };

    /// <summary>Nothing but the disposal happens in the call.</summary>
    private static bool IsPath(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax access => Expressions.IsPath(access.Expression),
        MemberBindingExpressionSyntax { Parent.Parent: ConditionalAccessExpressionSyntax access } => Expressions.IsPath(access.Expression),
        _ => false,
    };

    private static LocalDeclarationStatementSyntax WithoutUsing(LocalDeclarationStatementSyntax declaration) =>
        declaration.WithUsingKeyword(default)
            .WithLeadingTrivia(
                declaration.GetLeadingTrivia()
                    .AddRange(declaration.UsingKeyword.TrailingTrivia.SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))));

    /// <summary>The one statement of the variable's scope, which may be a <c>using</c> in the same column, follows the variable.</summary>
    private static Action<SyntaxEditor> DeclareBefore(UsingStatementSyntax statement) => editor =>
    {
        var (declaration, outer) = (Declaration(statement), Indentation.Of(statement));
        editor.InsertBefore(statement, declaration.WithLeadingTrivia(statement.GetLeadingTrivia()));
        editor.ReplaceNode(statement, (current, _) => MovedTo(outer, ((UsingStatementSyntax)current).Statement, statement));
    };

    /// <summary>The variable keeps its scope.</summary>
    private static BlockSyntax Declared(UsingStatementSyntax statement)
    {
        var declaration = Declaration(statement);
        var outer = Indentation.Of(statement.Parent is StatementSyntax and not BlockSyntax ? statement.Parent : statement);
        var inner = outer + Indentation.Unit(statement.SyntaxTree.GetRoot());
        if (statement.Statement is BlockSyntax block)
        {
            declaration = block.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
                ? declaration.WithLeadingTrivia(SyntaxFactory.Whitespace(inner))
                : declaration.WithTrailingTrivia(SyntaxFactory.Space);
            return block.WithStatements(block.Statements.Insert(0, declaration)).WithLeadingTrivia(statement.GetLeadingTrivia());
        }

        var endOfLine = SyntaxFactory.TriviaList(declaration.GetTrailingTrivia().Last());
        var body = SyntaxFactory.Block(
            SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(outer)), SyntaxKind.OpenBraceToken, endOfLine),
            SyntaxFactory.List(
                [declaration.WithLeadingTrivia(LeadingIn(inner, statement.GetLeadingTrivia())), MovedTo(inner, statement.Statement, statement)]),
            SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(outer)), SyntaxKind.CloseBraceToken, endOfLine));
        return Statements.BeginsLine(statement) ? body : body.WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static StatementSyntax Declaration(UsingStatementSyntax statement)
    {
        var after = statement.CloseParenToken.TrailingTrivia;
        return SyntaxFactory.ParseStatement($"{statement.Declaration};", options: statement.SyntaxTree.Options)
            .WithTrailingTrivia(
                after.Any(SyntaxKind.EndOfLineTrivia) ? after : SyntaxFactory.TriviaList(LineEnding.Of(statement.SyntaxTree.GetRoot())));
    }

    private static StatementSyntax MovedTo(string indentation, StatementSyntax body, UsingStatementSyntax before)
    {
        var old = Indentation.Of(before.Statement);
        var moved = old.StartsWith(indentation, StringComparison.Ordinal) ? Indentation.Decrease(body, old.Substring(indentation.Length))
            : indentation.StartsWith(old, StringComparison.Ordinal) ? Indentation.Increase(body, indentation.Substring(old.Length))
            : body;
        return moved.WithLeadingTrivia(LeadingIn(indentation, body.GetLeadingTrivia()));
    }

    private static IEnumerable<SyntaxTrivia> LeadingIn(string indentation, SyntaxTriviaList leading) =>
        leading.Any(SyntaxKind.WhitespaceTrivia)
            ? leading.Select(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.Whitespace(indentation) : trivia)
            : leading.Add(SyntaxFactory.Whitespace(indentation));

    private static StatementSyntax Body(UsingStatementSyntax statement)
    {
        var before = statement.GetLeadingTrivia();
        var beside = statement.CloseParenToken.TrailingTrivia.SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToList();
        return statement.Statement.WithLeadingTrivia(beside.Exists(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
            ? before.AddRange(beside).AddRange(before.SkipWhile(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1))
            : before);
    }

    private static Action<SyntaxEditor>? RemoveCall(InvocationExpressionSyntax call)
    {
        ExpressionSyntax whole = call;
        while (whole.Parent is ConditionalAccessExpressionSyntax access)
            whole = access;

        return whole.Parent switch
        {
            ExpressionStatementSyntax statement => Remove(Alone(statement)),
            ArrowExpressionClauseSyntax { Parent: BaseMethodDeclarationSyntax method } =>
                editor => editor.ReplaceNode(method, (current, _) => WithoutBody((BaseMethodDeclarationSyntax)current)),
            LambdaExpressionSyntax lambda =>
                editor =>
                    editor.ReplaceNode(lambda, (current, _) =>
                        ((LambdaExpressionSyntax)current).WithBody(NoBody().WithTrailingTrivia(whole.GetTrailingTrivia()))),
            _ => null,
        };
    }

    private static Action<SyntaxEditor>? Remove(StatementSyntax statement) => statement.Parent switch
    {
        _ when statement.ContainsDirectives => null,
        BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax { Parent: TryStatementSyntax attempt } } =>
            BlockUnwrapper.Unwrap(attempt, attempt.Block, WithoutFinally),
        BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax => editor => Statements.Remove(editor, statement),
        _ => editor => editor.ReplaceNode(statement, NoBody().WithTriviaFrom(statement)),
    };

    /// <summary>With the question whether there is anything to dispose, where nothing else hangs on it.</summary>
    private static StatementSyntax Alone(StatementSyntax statement)
    {
        var parent = statement.Parent is BlockSyntax { Statements.Count: 1 } block ? block.Parent : statement.Parent;
        return parent is IfStatementSyntax { Else: null, Condition: IsPatternExpressionSyntax { Expression: var asked } } test
            && Expressions.IsPath(asked) ? test
            : parent is IfStatementSyntax { Else: null, Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression, Left: var compared } } comparison
            && Expressions.IsPath(compared) ? comparison
            : statement;
    }

    private static StatementSyntax WithoutFinally(TryStatementSyntax attempt) => attempt.Catches.Count > 0
        ? attempt.WithFinally(null).WithTrailingTrivia(attempt.GetTrailingTrivia())
        : attempt.Block.GetTrailingTrivia().Any(Statements.IsComment) ? attempt.Block.WithLeadingTrivia(attempt.GetLeadingTrivia())
        : attempt.Block.WithTriviaFrom(attempt);

    private static BaseMethodDeclarationSyntax WithoutBody(BaseMethodDeclarationSyntax method)
    {
        var bare = method switch
        {
            MethodDeclarationSyntax declaration => declaration.WithExpressionBody(null).WithSemicolonToken(default),
            DestructorDeclarationSyntax declaration => declaration.WithExpressionBody(null).WithSemicolonToken(default),
            _ => method,
        };
        return bare.WithBody(NoBody()).WithTrailingTrivia(method.GetTrailingTrivia());
    }

    private static BlockSyntax NoBody() => (BlockSyntax)SyntaxFactory.ParseStatement("{ }");
}
