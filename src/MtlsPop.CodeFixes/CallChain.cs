using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.CodeFixes;

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
            if (outer.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: Analyzers.Msal.Names.ExecuteAsync })
                break;
            calls.Add(after);
        }

        return calls;
    }

    /// <summary>What the call is made on, in its place.</summary>
    public static ExpressionSyntax Without(InvocationExpressionSyntax call)
    {
        var receiver = ((MemberAccessExpressionSyntax)call.Expression).Expression;
        return receiver.GetTrailingTrivia().All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            ? receiver.WithTrailingTrivia(call.GetTrailingTrivia())
            : receiver;
    }
}
