namespace MtlsPop.CodeFixes.Layout;

internal static class FreshName
{
    /// <summary>The first of the names, else the last with a number, that means nothing where the scope begins, and is not used in it. The scope of a type is that of its members.</summary>
    public static string In(SyntaxNode scope, FixContext context, params string[] names) =>
        At(scope is TypeDeclarationSyntax type ? type.OpenBraceToken.Span.End : scope.SpanStart, [scope], context, names);

    /// <summary>The same, for what stands at the position and holds the code.</summary>
    public static string At(int position, IEnumerable<SyntaxNode> code, FixContext context, params string[] names)
    {
        var tokens = code.SelectMany(part => part.DescendantTokens());
        var taken = new HashSet<string>(tokens.Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        if (Array.Find(names, IsFree) is { } free)
            return free;

        var number = 2;
        while (!IsFree(names[names.Length - 1] + number))
            number++;
        return names[names.Length - 1] + number;

        bool IsFree(string name) => !taken.Contains(name) && context.Semantics.LookupSymbols(position, name: name).Length == 0;
    }
}
