using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Layout;

/// <summary>Calls that follow one another, on one line or each on its own.</summary>
internal static class ChainEditor
{
    /// <summary>Appends a call, laid out as the call before it is, or the one after it.</summary>
    public static ExpressionSyntax Append(ExpressionSyntax call, string method, params ArgumentSyntax[] arguments)
    {
        var (before, after) = (call.GetTrailingTrivia(), call.GetTrailingTrivia());
        // Nothing elastic: the formatter would lay out the lines around it anew, with its own line ends and spaces.
        var dot = SyntaxFactory.Token(SyntaxTriviaList.Empty, SyntaxKind.DotToken, SyntaxTriviaList.Empty);
        if ((DotOfOwnLine(call) ?? DotOfOwnLine(call.Parent?.Parent)) is { } own)
        {
            dot = dot.WithLeadingTrivia(Indentation.Of(own.LeadingTrivia));
            var endOfLine = SyntaxFactory.TriviaList(
                own.GetPreviousToken().TrailingTrivia.Last(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
            if (before.Any(SyntaxKind.EndOfLineTrivia))
                after = endOfLine;
            else
                before = endOfLine;
        }
        else
        {
            before = SyntaxTriviaList.Empty;
        }

        var access = SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression,
            call.WithTrailingTrivia(before),
            dot,
            SyntaxFactory.IdentifierName(SyntaxFactory.Identifier(SyntaxTriviaList.Empty, method, SyntaxTriviaList.Empty)));
        return SyntaxFactory.InvocationExpression(
            access,
            SyntaxFactory.ParseArgumentList("()").WithArguments(SyntaxFactory.SeparatedList(arguments)))
            .WithTrailingTrivia(after);
    }

    /// <summary>Appends the step that binds the token, and the one that attests its key.</summary>
    public static ExpressionSyntax AppendBinding(ExpressionSyntax call, bool attest)
    {
        var bound = Append(call, MsalNames.WithMtlsProofOfPossession);
        return attest ? Append(bound, MsalNames.WithAttestationSupport) : bound;
    }

    /// <summary>Whether the code compiles, and means the same otherwise, without this call in its chain.</summary>
    public static bool CanRemove(InvocationExpressionSyntax call, SemanticModel semantics) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: var receiver }
        && semantics.GetSymbolInfo(receiver).Symbol is not INamedTypeSymbol
        && (StatementOf(call) is not { } statement || statement.Parent is BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax);

    /// <summary>Takes a call out of its chain; the whole statement where it does nothing else.</summary>
    public static void Remove(InvocationExpressionSyntax call, SyntaxEditor editor)
    {
        if (StatementOf(call) is { } statement)
            Statements.Remove(editor, statement);
        else
            editor.ReplaceNode(call, (current, _) => Without((InvocationExpressionSyntax)current));
    }

    /// <summary>
    /// The statement that only makes this one call on a variable: <c>request.With();</c> or <c>request = request.With();</c>.
    /// </summary>
    private static ExpressionStatementSyntax? StatementOf(InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax variable })
            return null;

        return call.Parent switch
        {
            ExpressionStatementSyntax statement => statement,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax target, Parent: ExpressionStatementSyntax statement }
                when target.Identifier.ValueText == variable.Identifier.ValueText => statement,
            _ => null,
        };
    }

    /// <summary>What is left of the chain when a call is taken out of it: the comments around the call stay.</summary>
    public static ExpressionSyntax Without(InvocationExpressionSyntax call)
    {
        var access = (MemberAccessExpressionSyntax)call.Expression;
        var (before, above, after) = (access.Expression.GetTrailingTrivia(), access.OperatorToken.LeadingTrivia, call.GetTrailingTrivia());
        if (before.Any(Statements.IsComment) || above.Any(Statements.IsComment))
        {
            after = after.Any(Statements.IsComment)
                ? before.AddRange(above).AddRange(after.SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
                : before.AddRange(above.Reverse().SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());
        }

        return access.Expression.WithTrailingTrivia(after);
    }

    private static SyntaxToken? DotOfOwnLine(SyntaxNode? call) =>
        call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { OperatorToken: var dot } }
        && dot.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
            ? dot
            : null;
}
