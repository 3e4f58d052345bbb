using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Analyzers.Syntax;

/// <summary>What is written around an expression without making another value of it.</summary>
internal static class Wrapping
{
    /// <summary>Parentheses, or <c>!</c>.</summary>
    public static bool IsAround(SyntaxNode? node) =>
        node is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression };

    /// <summary>The expression without parentheses and <c>!</c>.</summary>
    public static ExpressionSyntax Unwrap(ExpressionSyntax expression)
    {
        while (IsAround(expression))
            expression = expression is ParenthesizedExpressionSyntax parentheses ? parentheses.Expression : ((PostfixUnaryExpressionSyntax)expression).Operand;
        return expression;
    }

    /// <summary>The value in <c>Task.FromResult(value)</c>.</summary>
    public static ExpressionSyntax? Finished(ExpressionSyntax task) =>
        task is InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var value }] } call && InvocationName.OfMember(call) == "FromResult" ? value : null;

    /// <summary>The call in <c>await Call()</c>, also with <c>ConfigureAwait</c> after it.</summary>
    public static InvocationExpressionSyntax? AwaitedCall(ExpressionSyntax? expression) =>
        expression is not AwaitExpressionSyntax { Expression: InvocationExpressionSyntax awaited } ? null
        : InvocationName.OfMember(awaited) == "ConfigureAwait" ? FluentChain.ReceiverOf(awaited) as InvocationExpressionSyntax
        : awaited;
}
