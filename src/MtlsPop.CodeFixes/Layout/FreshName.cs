namespace MtlsPop.CodeFixes.Layout;

/// <summary>Names for what a fix declares.</summary>
internal static class FreshName
{
    /// <summary>
    /// The first of the names, else the last with a number, that means nothing where the scope begins, and is not used in it.
    /// The scope of a type is that of its members.
    /// </summary>
    public static string In(SyntaxNode scope, FixContext context, params string[] names) =>
        At(scope is TypeDeclarationSyntax type ? type.OpenBraceToken.Span.End : scope.SpanStart, [scope], context, names);

    /// <summary>The same, for what stands at the position and holds the code.</summary>
    public static string At(int position, IEnumerable<SyntaxNode> code, FixContext context, params string[] names)
    {
        var taken = Identifiers(code);
        return First(names, name => !taken.Contains(name) && context.Semantics.LookupSymbols(position, name: name).Length == 0);
    }

    /// <summary>The name, or the name with a number, that is not used in the code; for code that was edited and has no symbols.</summary>
    public static string NotIn(SyntaxNode code, string name)
    {
        var taken = Identifiers([code]);
        return First([name], candidate => !taken.Contains(candidate));
    }

    private static string First(string[] names, Predicate<string> isFree)
    {
        if (Array.Find(names, isFree) is { } free)
            return free;

        var number = 2;
        while (!isFree(names[names.Length - 1] + number))
            number++;
        return names[names.Length - 1] + number;
    }

    private static HashSet<string> Identifiers(IEnumerable<SyntaxNode> code) => new(code
        .SelectMany(part => part.DescendantTokens())
        .Where(token => token.IsKind(SyntaxKind.IdentifierToken))
        .Select(token => token.ValueText));
}
