namespace MtlsPop.CodeFixes.Conventions;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class DisposalNotCheckedFix() : EditorCodeFix(Rules.DisposalNotChecked)
{
    private const string Check = "MPOP5005.Check";
    private const string Flag = "_disposed";
    private const string ThrowIf = nameof(ThrowIf);

    /// <summary>The first check of a type may add the flag that the others read.</summary>
    private protected override bool ApplySequentially => true;

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Token.Parent is not MethodDeclarationSyntax { Parent: ClassDeclarationSyntax type } method
            || context.Semantics.GetDeclaredSymbol(method, context.Cancellation) is not { } symbol)
            yield break;

        var known = FlagOf(symbol.ContainingType);
        var disposal = known is null ? Disposal(type) : null;
        var endOfLine = LineEnding.Of(context.Root);
        if ((known ?? (disposal is null ? null : Flag)) is not { } flag)
            yield break;

        var exception = context.SystemType(nameof(ObjectDisposedException));
        var guard = context.SystemTypeHas(nameof(ObjectDisposedException), ThrowIf)
            ? $"{exception}.{ThrowIf}({flag}, this);"
            : $"if ({flag}){endOfLine}throw new {exception}(nameof({type.Identifier.Text}));";
        yield return new PlannedEdit(Check, "Throw when the object is disposed", editor =>
        {
            editor.ReplaceNode(method, (current, _) =>
                Guards.Insert((MethodDeclarationSyntax)current, symbol, guard, Guards.IsGuard, context.Root));
            if (disposal is not null)
                AddFlag(editor, type, disposal, (IMethodSymbol)context.Semantics.GetDeclaredSymbol(disposal)!, endOfLine);
        });
    }

    /// <summary>The condition that is true once the object was disposed, where the type has one.</summary>
    private static string? FlagOf(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            var kept = member switch
            {
                IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } field => field.Type,
                IPropertySymbol { IsStatic: false } property => property.Type,
                _ => null,
            };
            if (kept is null || !member.Name.TrimStart('_').TrimStart('m', '_').EndsWith("isposed", StringComparison.Ordinal))
                continue;
            if (kept.SpecialType == SpecialType.System_Boolean)
                return member.Name;
            if (kept.SpecialType == SpecialType.System_Int32)
                return $"{member.Name} != 0";
        }

        return null;
    }

    /// <summary>The method in which the flag is set: the one that does the work.</summary>
    private static MethodDeclarationSyntax? Disposal(ClassDeclarationSyntax type) => type.Members
        .OfType<MethodDeclarationSyntax>()
        .Where(method =>
            method.Identifier.ValueText == nameof(IDisposable.Dispose)
                && method is { ReturnType: PredefinedTypeSyntax, ExplicitInterfaceSpecifier: null }
                && (method.Body ?? (object?)method.ExpressionBody) is not null)
        .OrderByDescending(method => method.ParameterList.Parameters.Count)
        .FirstOrDefault();

    private static void AddFlag(
        SyntaxEditor editor, ClassDeclarationSyntax type, MethodDeclarationSyntax disposal, IMethodSymbol symbol, SyntaxTrivia endOfLine)
    {
        editor.ReplaceNode(disposal, (current, _) =>
        {
            var method = Guards.WithBlock((MethodDeclarationSyntax)current, symbol, editor.OriginalRoot);
            var last = method.Body!.Statements.Last();
            var set = SyntaxFactory.ParseStatement($"{Flag} = true;")
                .WithLeadingTrivia(
                    Indentation.Of(disposal) is { } outer
                        ? SyntaxFactory.Whitespace(outer + Indentation.Unit(editor.OriginalRoot))
                        : default)
                .WithTrailingTrivia(endOfLine);
            return method.WithBody(
                method.Body.WithStatements(method.Body.Statements.Insert(method.Body.Statements.IndexOf(last) + 1, set)));
        });
        var field = SyntaxFactory.ParseMemberDeclaration($"{Indentation.Of(disposal)}private bool {Flag};{endOfLine}")!;
        if (type.Members.OfType<FieldDeclarationSyntax>().LastOrDefault() is { } after)
            editor.InsertAfter(after, field);
        else
            editor.InsertBefore(type.Members.First(), field.WithTrailingTrivia(endOfLine, endOfLine));
    }
}
