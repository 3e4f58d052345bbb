using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace MtlsPop.CodeFixes.Binding;

/// <summary>Takes a disposal out of code: the word <c>using</c>, or a call of <c>Dispose</c>.</summary>
internal static class WithoutDisposal
{
    /// <summary>Null where more than the disposal would go.</summary>
    public static Action<SyntaxEditor>? At(FixSite site) => site.Token.Parent switch
    {
        LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } declaration => editor => editor.ReplaceNode(declaration, (current, _) => WithoutUsing((LocalDeclarationStatementSyntax)current)),
        UsingStatementSyntax { Declaration.Variables.Count: 1 } statement => OpenBlock.Replace(statement, statement.Statement, Declared),
        UsingStatementSyntax { Expression: { } resource } statement when Expressions.IsPath(resource) => OpenBlock.Replace(statement, statement.Statement, Body),
        _ => site.Call is { } call && IsPath(call.Expression) ? RemoveCall(call) : null,
    };

    /// <summary>Nothing but the disposal happens in the call.</summary>
    private static bool IsPath(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax access => Expressions.IsPath(access.Expression),
        MemberBindingExpressionSyntax { Parent.Parent: ConditionalAccessExpressionSyntax access } => Expressions.IsPath(access.Expression),
        _ => false,
    };

    private static LocalDeclarationStatementSyntax WithoutUsing(LocalDeclarationStatementSyntax declaration) =>
        declaration.WithUsingKeyword(default).WithLeadingTrivia(declaration.GetLeadingTrivia().AddRange(declaration.UsingKeyword.TrailingTrivia.SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))));

    /// <summary>The variable keeps its scope.</summary>
    private static BlockSyntax Declared(UsingStatementSyntax statement)
    {
        var after = statement.CloseParenToken.TrailingTrivia;
        var endOfLine = after.Any(SyntaxKind.EndOfLineTrivia) ? after : SyntaxFactory.TriviaList(Usings.EndOfLine(statement.SyntaxTree.GetRoot()));
        var declaration = SyntaxFactory.LocalDeclarationStatement(statement.Declaration!.WithoutTrivia()).WithTrailingTrivia(endOfLine).WithAdditionalAnnotations(Formatter.Annotation);
        var block = statement.Statement as BlockSyntax ?? SyntaxFactory.Block(statement.Statement).WithAdditionalAnnotations(Formatter.Annotation);
        return block.WithStatements(block.Statements.Insert(0, declaration)).WithLeadingTrivia(statement.GetLeadingTrivia()).WithTrailingTrivia(statement.GetTrailingTrivia());
    }

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
            ArrowExpressionClauseSyntax { Parent: BaseMethodDeclarationSyntax method } => editor => editor.ReplaceNode(method, (current, _) => WithoutBody((BaseMethodDeclarationSyntax)current)),
            LambdaExpressionSyntax lambda => editor => editor.ReplaceNode(lambda, (current, _) => ((LambdaExpressionSyntax)current).WithBody(NoBody().WithTrailingTrivia(whole.GetTrailingTrivia()))),
            _ => null,
        };
    }

    private static Action<SyntaxEditor>? Remove(StatementSyntax statement) => statement.Parent switch
    {
        _ when statement.ContainsDirectives => null,
        BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax { Parent: TryStatementSyntax attempt } } => OpenBlock.Replace(attempt, attempt.Block, WithoutFinally),
        BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax => editor => Statements.Remove(editor, statement),
        _ => editor => editor.ReplaceNode(statement, NoBody().WithTriviaFrom(statement)),
    };

    /// <summary>With the question whether there is anything to dispose, where nothing else hangs on it.</summary>
    private static StatementSyntax Alone(StatementSyntax statement)
    {
        var parent = statement.Parent is BlockSyntax { Statements.Count: 1 } block ? block.Parent : statement.Parent;
        return parent is IfStatementSyntax { Else: null, Condition: IsPatternExpressionSyntax { Expression: var asked } } test && Expressions.IsPath(asked) ? test
            : parent is IfStatementSyntax { Else: null, Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression, Left: var compared } } comparison && Expressions.IsPath(compared) ? comparison
            : statement;
    }

    private static StatementSyntax WithoutFinally(TryStatementSyntax attempt) => attempt.Catches.Count > 0
        ? attempt.WithFinally(null).WithTrailingTrivia(attempt.GetTrailingTrivia())
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
