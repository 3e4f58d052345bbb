using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MtlsPop.CodeFixes;

internal static class FreshName
{
    /// <summary>The name, or the name with a number, that means nothing where the scope begins, and is not used in it.</summary>
    public static string In(SyntaxNode scope, string name, FixSite site)
    {
        var taken = new HashSet<string>(scope.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        var fresh = name;
        for (var i = 2; taken.Contains(fresh) || site.Semantics.LookupSymbols(scope.SpanStart, name: fresh).Length > 0; i++)
            fresh = name + i;
        return fresh;
    }
}
