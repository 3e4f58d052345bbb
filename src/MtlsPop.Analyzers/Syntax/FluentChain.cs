using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Analyzers.Syntax;

/// <summary>Calls that are made one on the result of the other: <c>a.First().Second()</c>.</summary>
internal static class FluentChain
{
    /// <summary>The calls from this one back to the first, by their member accesses.</summary>
    public static IEnumerable<InvocationExpressionSyntax> Back(ExpressionSyntax? from)
    {
        for (var link = from; link is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call; link = access.Expression)
            yield return call;
    }

    /// <summary>What the first call is made on.</summary>
    public static ExpressionSyntax BeginningOf(ExpressionSyntax chain)
    {
        while (chain is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access })
            chain = access.Expression;
        return chain;
    }

    /// <summary>The calls that are made on an expression, one on the other.</summary>
    public static IEnumerable<InvocationExpressionSyntax> On(ExpressionSyntax expression)
    {
        while (expression.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == expression)
        {
            yield return call;
            expression = call;
        }
    }
}
