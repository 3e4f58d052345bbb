namespace MtlsPop.CodeFixes.Layout;

/// <summary>Constant text at the place where it is written.</summary>
internal static class Literals
{
    /// <summary>The expression itself, or what the local variable that it names was set to where it is declared.</summary>
    public static ExpressionSyntax ResolveInitializer(ExpressionSyntax place, FixContext context) =>
        place is IdentifierNameSyntax
        && context.Semantics.GetSymbolInfo(place, context.Cancellation).Symbol
            is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations }
        && declarations[0].GetSyntax(context.Cancellation) is VariableDeclaratorSyntax { Initializer.Value: var value }
            ? value
            : place;

    /// <summary>
    /// What the constant that is named here was declared with, where nothing but arguments of the method use it: without them it would be
    /// left over.
    /// </summary>
    public static LiteralExpressionSyntax? ConstantPassedOnlyTo(string method, ExpressionSyntax named, FixContext context)
    {
        if (
            context.Semantics.GetSymbolInfo(named, context.Cancellation).Symbol
                is not { DeclaringSyntaxReferences: { Length: 1 } declarations } symbol
            || symbol is not (ILocalSymbol or IFieldSymbol { DeclaredAccessibility: Accessibility.Private, ContainingType.DeclaringSyntaxReferences.Length: 1 })
            || declarations[0].GetSyntax(context.Cancellation)
                is not VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax literal } declarator
            || declarator.Ancestors()
                .FirstOrDefault(ancestor =>
                    symbol is IFieldSymbol
                        ? ancestor is TypeDeclarationSyntax
                        : ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax)
                is not { } scope)
            return null;

        var uses = scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == symbol.Name);
        return uses.All(use =>
            use.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var called } } }
                && called == method)
            ? literal
            : null;
    }

    /// <summary>Other text in place of a constant. A constant that is named here, and that only lacks the end, stays.</summary>
    public static ExpressionSyntax ReplaceText(ExpressionSyntax constant, string right, FixContext context)
    {
        var known = (string)context.Semantics.GetConstantValue(constant, context.Cancellation).Value!;
        return SyntaxFactory.ParseExpression(
            constant is IdentifierNameSyntax or MemberAccessExpressionSyntax && right.StartsWith(known, StringComparison.Ordinal)
            ? $"{constant.WithoutTrivia()} + {SymbolDisplay.FormatLiteral(right.Substring(known.Length), quote: true)}"
            : SymbolDisplay.FormatLiteral(right, quote: true));
    }

    /// <summary>The first piece of literal text in an expression.</summary>
    public static SyntaxToken FirstText(ExpressionSyntax text) =>
        text.DescendantTokens()
            .FirstOrDefault(token => token.RawKind is (int)SyntaxKind.StringLiteralToken or (int)SyntaxKind.InterpolatedStringTextToken);

    /// <summary>Replaces what the literal begins with, in its own way of writing; null where that is written with escapes.</summary>
    public static Action<SyntaxEditor>? ReplacePrefix(SyntaxToken literal, string beginning, string replacement)
    {
        var at = literal.Text.IndexOf(beginning, StringComparison.Ordinal);
        if (at < 0)
            return null;

        var written = literal.Text.Remove(at, beginning.Length).Insert(at, replacement);
        var value = replacement + literal.ValueText.Substring(beginning.Length);
        var corrected = literal.IsKind(SyntaxKind.StringLiteralToken)
            ? SyntaxFactory.Literal(literal.LeadingTrivia, written, value, literal.TrailingTrivia)
            : SyntaxFactory.Token(literal.LeadingTrivia, SyntaxKind.InterpolatedStringTextToken, written, value, literal.TrailingTrivia);
        return editor => editor.ReplaceNode(literal.Parent!, (current, _) => current.ReplaceToken(current.GetFirstToken(), corrected));
    }
}
