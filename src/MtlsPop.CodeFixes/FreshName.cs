using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MtlsPop.CodeFixes;

internal static class FreshName
{
    /// <summary>The first of the names, else the last with a number, that means nothing where the scope begins, and is not used in it.</summary>
    public static string In(SyntaxNode scope, FixSite site, params string[] names)
    {
        var taken = new HashSet<string>(scope.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        if (Array.Find(names, IsFree) is { } free)
            return free;

        var number = 2;
        while (!IsFree(names[names.Length - 1] + number))
            number++;
        return names[names.Length - 1] + number;

        bool IsFree(string name) => !taken.Contains(name) && site.Semantics.LookupSymbols(scope.SpanStart, name: name).Length == 0;
    }
}
