using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.CodeFixes;

/// <summary>Calls that follow one another, on one line or each on its own.</summary>
internal static class Chain
{
    /// <summary>Appends a call, laid out as the call before it is.</summary>
    public static ExpressionSyntax Append(ExpressionSyntax call, string method, params ArgumentSyntax[] arguments)
    {
        var (before, after) = (call.GetTrailingTrivia(), call.GetTrailingTrivia());
        var dot = SyntaxFactory.Token(SyntaxKind.DotToken);
        if (DotOfOwnLine(call) is { } own)
        {
            dot = dot.WithLeadingTrivia(own.LeadingTrivia.Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
            var endOfLine = SyntaxFactory.TriviaList(own.GetPreviousToken().TrailingTrivia.Last(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
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
            SyntaxFactory.IdentifierName(method));
        return SyntaxFactory.InvocationExpression(access, SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(arguments))).WithTrailingTrivia(after);
    }

    /// <summary>What is left of the chain when a call is taken out of it.</summary>
    public static ExpressionSyntax Without(InvocationExpressionSyntax call)
    {
        var access = (MemberAccessExpressionSyntax)call.Expression;
        var before = access.Expression.GetTrailingTrivia().AddRange(access.OperatorToken.LeadingTrivia);
        var after = call.GetTrailingTrivia();
        if (before.Any(IsComment))
            after = after.Any(IsComment) ? before.AddRange(after) : access.Expression.GetTrailingTrivia();
        return access.Expression.WithTrailingTrivia(after);
    }

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    private static SyntaxToken? DotOfOwnLine(ExpressionSyntax call) =>
        call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { OperatorToken: var dot } }
        && dot.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
            ? dot
            : null;
}
