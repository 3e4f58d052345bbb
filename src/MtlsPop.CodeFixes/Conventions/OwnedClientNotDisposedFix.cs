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

        var endOfLine = LineEnding.Of(context.Root);
        var step = Indentation.Unit(context.Root);
        var indentation = Indentation.Of(type) + step;
        var flag = Member([$"private bool {Flag};"], indentation, step, endOfLine);
        var methods = (symbol.IsSealed ? OfSealed(owned) : OfOpen(owned, context.SystemType(nameof(GC))))
            .Select(lines => Member(lines, indentation, step, endOfLine))
            .Select(method => method.WithLeadingTrivia(method.GetLeadingTrivia().Insert(0, endOfLine)))
            .ToList();
        var contract = SyntaxFactory.SimpleBaseType(SyntaxFactory.ParseTypeName(context.SystemType(nameof(IDisposable))));
        yield return new PlannedEdit(Dispose, "Implement IDisposable", editor =>
            editor.ReplaceNode(type, (current, _) => Implement((ClassDeclarationSyntax)current, contract, flag, methods, endOfLine)));
    }

    private static bool IsSet(ISymbol member) => member switch
    {
        IFieldSymbol field => field.NullableAnnotation == NullableAnnotation.NotAnnotated
            || (field.IsReadOnly && field.NullableAnnotation == NullableAnnotation.None),
        IPropertySymbol property => property.NullableAnnotation == NullableAnnotation.NotAnnotated
            || (property.IsReadOnly && property.NullableAnnotation == NullableAnnotation.None),
        _ => false,
    };

    private static IEnumerable<string[]> OfSealed(List<string> owned) =>
    [
        [
            "public void Dispose()",
            "{",
            $"\tif ({Flag})",
            "\t\treturn;",
            "",
            .. owned.Select(disposal => "\t" + disposal),
            $"\t{Flag} = true;",
            "}",
        ],
    ];

    private static IEnumerable<string[]> OfOpen(List<string> owned, string collector) =>
    [
        [
            "public void Dispose()",
            "{",
            "\tDispose(disposing: true);",
            $"\t{collector}.SuppressFinalize(this);",
            "}",
        ],
        [
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
        ],
    ];

    private static MemberDeclarationSyntax Member(string[] lines, string indentation, string step, SyntaxTrivia endOfLine)
    {
        var text = lines.Select(line => line.Length == 0 ? "" : indentation + line.Replace("\t", step));
        return SyntaxFactory.ParseMemberDeclaration(string.Concat(text.Select(line => line + endOfLine)))!;
    }

    /// <summary>The type with the interface, the flag below its fields, and the methods at its end.</summary>
    private static ClassDeclarationSyntax Implement(
        ClassDeclarationSyntax type,
        BaseTypeSyntax contract,
        MemberDeclarationSyntax flag,
        IEnumerable<MemberDeclarationSyntax> methods,
        SyntaxTrivia endOfLine)
    {
        var members = type.Members;
        var index = StaticField.IndexBelowFields(type);
        members = members.Replace(members[index - 1], EndingLine(members[index - 1], endOfLine)).Insert(index, flag);
        members = members.Replace(members.Last(), EndingLine(members.Last(), endOfLine)).AddRange(methods);
        return WithBase(type, contract).WithMembers(members);
    }

    private static MemberDeclarationSyntax EndingLine(MemberDeclarationSyntax member, SyntaxTrivia endOfLine) =>
        member.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia)
            ? member
            : member.WithTrailingTrivia(member.GetTrailingTrivia().Add(endOfLine));

    private static ClassDeclarationSyntax WithBase(ClassDeclarationSyntax type, BaseTypeSyntax contract)
    {
        if (type.BaseList is { } bases)
        {
            var last = bases.Types.Last();
            var comma = SyntaxFactory.Token(SyntaxTriviaList.Empty, SyntaxKind.CommaToken, SyntaxFactory.TriviaList(SyntaxFactory.Space));
            var types = bases.Types.Replace(last, last.WithoutTrailingTrivia())
                .Append(contract.WithTrailingTrivia(last.GetTrailingTrivia()));
            return type.WithBaseList(bases.WithTypes(SyntaxFactory.SeparatedList(types, bases.Types.GetSeparators().Append(comma))));
        }

        var header = (type.ConstraintClauses.FirstOrDefault()?.GetFirstToken() ?? type.OpenBraceToken).GetPreviousToken();
        var space = SyntaxFactory.TriviaList(SyntaxFactory.Space);
        var only = SyntaxFactory.SingletonSeparatedList(contract.WithTrailingTrivia(header.TrailingTrivia));
        return type
            .ReplaceToken(header, header.WithTrailingTrivia())
            .WithBaseList(SyntaxFactory.BaseList(SyntaxFactory.Token(space, SyntaxKind.ColonToken, space), only));
    }
}
