namespace MtlsPop.CodeFixes.Layout;

/// <summary>A private static readonly field below the others of a type.</summary>
internal static class StaticField
{
    /// <summary>The type that can have one for the code; a block of extensions cannot, and an interface should not.</summary>
    public static TypeDeclarationSyntax? OwnerFor(SyntaxNode code) =>
        code.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault(type => !type.Identifier.IsKind(SyntaxKind.None))
            is { } type and not InterfaceDeclarationSyntax
                ? type
                : null;

    /// <summary>The name of such a field, spelled as those that the type has.</summary>
    public static string Named(string name, TypeDeclarationSyntax owner) => owner.Members
        .OfType<FieldDeclarationSyntax>()
        .Where(field => field.Modifiers.Any(SyntaxKind.StaticKeyword))
        .SelectMany(field => field.Declaration.Variables)
        .Any(field => field.Identifier.ValueText.StartsWith("s_", StringComparison.Ordinal)) ? $"s_{name}" : $"_{name}";

    /// <summary>Adds a field that holds a new object, to a type that has members.</summary>
    public static void Add(SyntaxEditor editor, TypeDeclarationSyntax owner, string type, string name)
    {
        var endOfLine = LineEnding.Of(editor.OriginalRoot);
        var options = (CSharpParseOptions)owner.SyntaxTree.Options;
        var creation = options.LanguageVersion >= LanguageVersion.CSharp9 ? "new()" : $"new {type}()";
        var field = SyntaxFactory.ParseMemberDeclaration(
            $"{Indentation.Of(owner.Members[0])}private static readonly {type} {name} = {creation};{endOfLine}",
            options: options)!
            .WithAdditionalAnnotations(Simplifier.Annotation);
        var index = IndexBelowFields(owner);
        editor.ReplaceNode(owner, (current, _) => Insert((TypeDeclarationSyntax)current, index, field, endOfLine));
    }

    public static int IndexBelowFields(TypeDeclarationSyntax type) =>
        type.Members.LastIndexOf(member => member is FieldDeclarationSyntax) + 1;

    public static TypeDeclarationSyntax Insert(TypeDeclarationSyntax type, int index, MemberDeclarationSyntax field, SyntaxTrivia endOfLine)
    {
        if (type.Members.ElementAtOrDefault(index) is { } next and not FieldDeclarationSyntax
            && !next.GetLeadingTrivia().Any(SyntaxKind.EndOfLineTrivia))
            type = type.WithMembers(type.Members.Replace(next, next.WithLeadingTrivia(next.GetLeadingTrivia().Insert(0, endOfLine))));
        return type.WithMembers(type.Members.Insert(index, field));
    }
}
