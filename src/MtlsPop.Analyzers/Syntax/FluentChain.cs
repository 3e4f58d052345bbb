using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Analyzers.Syntax;

/// <summary>Calls that are made one on the result of the other: <c>a.First().Second()</c>.</summary>
internal static class FluentChain
{
    /// <summary>The calls from this one back to the first.</summary>
    public static IEnumerable<InvocationExpressionSyntax> Back(ExpressionSyntax? from)
    {
        for (var link = from; link is InvocationExpressionSyntax call; link = ReceiverOf(call))
            yield return call;
    }

    /// <summary>What <c>a.Name()</c> is called on; null for any other call.</summary>
    public static ExpressionSyntax? ReceiverOf(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Expression;

    /// <summary>The calls of the chain that this one is part of, in the order in which they run, up to a call with the name.</summary>
    public static List<InvocationExpressionSyntax> Through(InvocationExpressionSyntax call, string last)
    {
        var calls = Back(call).Reverse().ToList();
        if (InvocationName.OfMember(call) == last)
            return calls;

        foreach (var later in On(call))
        {
            calls.Add(later);
            if (InvocationName.OfMember(later) == last)
                break;
        }

        return calls;
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
