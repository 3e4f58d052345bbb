namespace MtlsPop.CodeFixes.Conventions;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class OwnedClientNotDisposedFix() : EditorCodeFix(Rules.OwnedClientNotDisposed)
{
    private const string Dispose = "MPOP5006.Dispose";
    private const string Flag = "_disposed";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Token.Parent is not ClassDeclarationSyntax type
            || context.Semantics.GetDeclaredSymbol(type, context.Cancellation) is not { } symbol
            || !symbol.GetMembers(nameof(IDisposable.Dispose)).IsEmpty
            || !symbol.GetMembers(Flag).IsEmpty)
            yield break;

        var owned = new List<string>();
        foreach (var location in context.Diagnostic.AdditionalLocations)
        {
            if (symbol.GetMembers(context.Root.FindToken(location.SourceSpan.Start).ValueText) is not [var member])
                yield break;
            owned.Add(member.Name + (IsSet(member) ? ".Dispose();" : "?.Dispose();"));
        }

        var endOfLine = LineEnding.Of(context.Root).ToString();
        var step = Indentation.Unit(context.Root);
        var members = Lines(symbol.IsSealed ? OfSealed(owned) : OfOpen(owned, context.SystemType(nameof(GC))), Indentation.Of(type) + step, step, endOfLine);
        var flag = $"{Indentation.Of(type)}{step}private bool {Flag};{endOfLine}";
        var contract = context.SystemType(nameof(IDisposable));
        yield return new PlannedEdit(Dispose, "Implement IDisposable", editor =>
            editor.ReplaceNode(type, (current, _) => Implement((ClassDeclarationSyntax)current, contract, flag, members, endOfLine, type.SyntaxTree.Options)));
    }

    private static bool IsSet(ISymbol member) => member switch
    {
        IFieldSymbol field => field.NullableAnnotation == NullableAnnotation.NotAnnotated || (field.IsReadOnly && field.NullableAnnotation == NullableAnnotation.None),
        IPropertySymbol property => property.NullableAnnotation == NullableAnnotation.NotAnnotated || (property.IsReadOnly && property.NullableAnnotation == NullableAnnotation.None),
        _ => false,
    };

    private static IEnumerable<string> OfSealed(List<string> owned) =>
    [
        "public void Dispose()",
        "{",
        $"\tif ({Flag})",
        "\t\treturn;",
        "",
        .. owned.Select(disposal => "\t" + disposal),
        $"\t{Flag} = true;",
        "}",
    ];

    private static IEnumerable<string> OfOpen(List<string> owned, string collector) =>
    [
        "public void Dispose()",
        "{",
        "\tDispose(disposing: true);",
        $"\t{collector}.SuppressFinalize(this);",
        "}",
        "",
        "protected virtual void Dispose(bool disposing)",
        "{",
        $"\tif ({Flag})",
        "\t\treturn;",
        "",
        "\tif (disposing)",
        .. owned.Count == 1 ? ["\t\t" + owned[0]] : (string[])["\t{", .. owned.Select(disposal => "\t\t" + disposal), "\t}"],
        "",
        $"\t{Flag} = true;",
        "}",
    ];

    private static string Lines(IEnumerable<string> lines, string indentation, string step, string endOfLine) =>
        string.Concat(lines.Select(line => (line.Length == 0 ? "" : indentation + line.Replace("\t", step)) + endOfLine));

    /// <summary>The type with the interface, the flag below its fields, and the members at its end.</summary>
    private static MemberDeclarationSyntax Implement(ClassDeclarationSyntax type, string contract, string flag, string members, string endOfLine, ParseOptions options)
    {
        var text = type.ToFullString();
        var start = type.FullSpan.Start;
        var end = type.CloseBraceToken.FullSpan.Start - start;
        text = text.Insert(end, (text[end - 1] == '\n' ? "" : endOfLine) + endOfLine + members);
        var field = type.Members.OfType<FieldDeclarationSyntax>().Last();
        text = text.Insert(field.FullSpan.End - start, (text[field.FullSpan.End - start - 1] == '\n' ? "" : endOfLine) + flag);
        var header = (type.BaseList ?? (SyntaxNodeOrToken)(type.ConstraintClauses.FirstOrDefault() is { } constraint ? constraint.GetFirstToken().GetPreviousToken() : type.OpenBraceToken.GetPreviousToken())).Span.End - start;
        text = text.Insert(header, (type.BaseList is null ? " : " : ", ") + contract);
        return SyntaxFactory.ParseMemberDeclaration(text, options: options)!;
    }
}
