namespace MtlsPop.CodeFixes.Layout;

/// <summary>A chain of calls, as it is written.</summary>
internal static class CallChain
{
    /// <summary>The calls of the chain that this one is part of, in the order in which they run, up to <c>ExecuteAsync</c>.</summary>
    public static List<InvocationExpressionSyntax> Through(InvocationExpressionSyntax call)
    {
        var calls = new List<InvocationExpressionSyntax>();
        for (ExpressionSyntax? inner = call; inner is InvocationExpressionSyntax before; inner = (before.Expression as MemberAccessExpressionSyntax)?.Expression)
            calls.Insert(0, before);
        for (var outer = call; outer is { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax after } access } && access.Expression == outer; outer = after)
        {
            if (outer.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: Analyzers.Msal.MsalNames.ExecuteAsync })
                break;
            calls.Add(after);
        }

        return calls;
    }
}
