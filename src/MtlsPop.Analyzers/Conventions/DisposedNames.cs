using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>The variables, fields and properties that code disposes, by name.</summary>
internal static class DisposedNames
{
    public static IEnumerable<string> In(SyntaxNode code)
    {
        foreach (var node in code.DescendantNodes())
        {
            switch (node)
            {
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" or "DisposeAsync", Expression: var disposed }:
                    yield return disposed.GetLastToken().ValueText;
                    break;
                case ConditionalAccessExpressionSyntax { Expression: var disposed, WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Dispose" or "DisposeAsync" } } }:
                    yield return disposed.GetLastToken().ValueText;
                    break;
            }
        }
    }
}
