namespace MtlsPop.CodeFixes.Layout;

internal static class UsingDirectives
{
    /// <summary>Adds usings among those of the file, where the alphabet puts them: System first.</summary>
    public static SyntaxNode Add(SyntaxNode root, IEnumerable<string> namespaces)
    {
        foreach (var name in namespaces)
        {
            if (root is CompilationUnitSyntax unit && !unit.Usings.Any(known => known.Name?.ToString() == name))
                root = Insert(unit, name);
        }

        return root;
    }

    private static CompilationUnitSyntax Insert(CompilationUnitSyntax unit, string name)
    {
        var directive = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(name))
            .NormalizeWhitespace()
            .WithTrailingTrivia(LineEnding.Of(unit));
        var index = 0;
        for (var i = 0; i < unit.Usings.Count; i++)
        {
            if (IsBefore(unit.Usings[i], name))
                index = i + 1;
        }

        if (index > 0)
            return unit.WithUsings(unit.Usings.Insert(index, directive));

        // The file's header, with the blank line that ends it if there is one, stays at the top.
        var first = unit.GetFirstToken(includeZeroWidth: true);
        var leading = first.LeadingTrivia;
        var header = HeaderLength(leading);
        if (header == 0 && unit.Usings.Count > 0 && !leading.Any(trivia => trivia.IsDirective))
            header = leading.Count;
        directive = directive.WithLeadingTrivia(leading.Take(header));
        var rest = leading.Skip(header).ToList();
        if (unit.Usings.Count == 0 && !(rest.Count > 0 && rest[0].IsKind(SyntaxKind.EndOfLineTrivia)))
            rest.Insert(0, LineEnding.Of(unit));
        return unit.ReplaceToken(first, first.WithLeadingTrivia(rest)) is { } stripped
            ? stripped.WithUsings(stripped.Usings.Insert(0, directive))
            : unit;
    }

    private static bool IsBefore(UsingDirectiveSyntax known, string name)
    {
        if (known.Alias is not null || known.StaticKeyword.IsKind(SyntaxKind.StaticKeyword))
            return false;

        if (known.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))
            return true;

        var other = known.Name?.ToString() ?? "";
        return IsSystem(other) == IsSystem(name) ? string.CompareOrdinal(other, name) < 0 : IsSystem(other);
    }

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);

    private static int HeaderLength(SyntaxTriviaList leading)
    {
        var length = 0;
        for (var i = 1; i < leading.Count; i++)
        {
            if (leading[i].IsKind(SyntaxKind.EndOfLineTrivia) && leading[i - 1].IsKind(SyntaxKind.EndOfLineTrivia))
                length = i + 1;
        }

        return length;
    }
}
