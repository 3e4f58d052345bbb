namespace MtlsPop.CodeFixes.Federation;

/// <summary>The variable that a callback takes its first leg from, outside of it.</summary>
internal sealed class CapturedFirstLeg
{
    private CapturedFirstLeg(
        InvocationExpressionSyntax acquisition, SyntaxNode declaration, string name, IReadOnlyList<IdentifierNameSyntax> uses, bool isUsedElsewhere)
    {
        Acquisition = acquisition;
        Declaration = declaration;
        Name = name;
        Uses = uses;
        IsUsedElsewhere = isUsedElsewhere;
    }

    public InvocationExpressionSyntax Acquisition { get; }

    /// <summary>The statement that declares it.</summary>
    public SyntaxNode Declaration { get; }

    public string Name { get; }

    /// <summary>Where the callback names it.</summary>
    public IReadOnlyList<IdentifierNameSyntax> Uses { get; }

    public bool IsUsedElsewhere { get; }

    /// <summary>Null where the callback's token or certificate comes by another way as well.</summary>
    public static CapturedFirstLeg? In(LambdaExpressionSyntax lambda, FixContext context)
    {
        if (context.Diagnostic.AdditionalLocations is not [var found]
            || context.Root.FindNode(found.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax acquisition
            || acquisition.FirstAncestorOrSelf<StatementSyntax>()
                is not LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: AwaitExpressionSyntax } variable] } statement
            || context.Semantics.GetDeclaredSymbol(variable, context.Cancellation) is not { } local)
            return null;

        var all = context.Root.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name =>
                name.Identifier.ValueText == local.Name
                    && SymbolEqualityComparer.Default.Equals(context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol, local))
            .ToList();
        var uses = all.FindAll(lambda.Contains);
        if (uses.Count == 0 || TakesMore(lambda, local, context))
            return null;

        SyntaxNode declaration = statement.Parent is GlobalStatementSyntax global ? global : statement;
        var keeps = uses.Count < all.Count || declaration.ContainsDirectives || declaration.DescendantTrivia().Any(Statements.IsComment);
        return new CapturedFirstLeg(acquisition, declaration, local.Name, uses, keeps);
    }

    private static bool TakesMore(LambdaExpressionSyntax lambda, ISymbol firstLeg, FixContext context) =>
        lambda.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol
                is ILocalSymbol { Type.Name: "String" or "X509Certificate2" or "AuthenticationResult" or "ClientSignedAssertion" } other
            && !SymbolEqualityComparer.Default.Equals(other, firstLeg)
            && !other.DeclaringSyntaxReferences.Any(declaration => lambda.Span.Contains(declaration.Span)));
}
