namespace MtlsPop.CodeFixes.Layout;

internal static class CapturedVariables
{
    /// <summary>
    /// Whether the expression means the same in a lambda at the position: its variables are there, and a lambda may take them along.
    /// </summary>
    public static bool AreVisible(ExpressionSyntax expression, int position, FixContext context)
    {
        foreach (var node in expression.DescendantNodesAndSelf())
        {
            if (node is BaseExpressionSyntax or SingleVariableDesignationSyntax or AnonymousFunctionExpressionSyntax)
                return false;
            if (node is ThisExpressionSyntax && IsInStruct(position, context))
                return false;
            if (node is IdentifierNameSyntax name && !IsVisible(name, position, context))
                return false;
        }

        return true;
    }

    private static bool IsVisible(IdentifierNameSyntax name, int position, FixContext context) =>
        context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol switch
    {
        IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { IsRef: true } => false,
        IParameterSymbol { ContainingSymbol: IMethodSymbol }
            or ILocalSymbol => context.Semantics.LookupSymbols(position, name: name.Identifier.ValueText)
            .Any(symbol =>
                SymbolEqualityComparer.Default.Equals(symbol, context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol)),
        { IsStatic: false } and (IFieldSymbol or IPropertySymbol or IMethodSymbol) when IsOfThis(name) => !IsInStruct(position, context),
        null => false,
        _ => true,
    };

    private static bool IsOfThis(IdentifierNameSyntax name) =>
        name.Parent is not MemberAccessExpressionSyntax access || access.Name != name || access.Expression is ThisExpressionSyntax;

    private static bool IsInStruct(int position, FixContext context) =>
        context.Semantics.GetEnclosingSymbol(position, context.Cancellation)?.ContainingType?.IsValueType == true;
}
