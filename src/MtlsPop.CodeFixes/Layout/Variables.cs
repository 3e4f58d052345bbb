namespace MtlsPop.CodeFixes.Layout;

internal static class Variables
{
    /// <summary>Where a variable is declared that holds what it is given there, and never anything else.</summary>
    public static VariableDeclaratorSyntax? DeclaratorOf(IdentifierNameSyntax variable, FixContext context) =>
        context.Semantics.GetSymbolInfo(variable, context.Cancellation).Symbol
            is ILocalSymbol { DeclaringSyntaxReferences: [var declaration] } local
        && !Uses(local, context).Any(IsAssigned)
            ? declaration.GetSyntax(context.Cancellation) as VariableDeclaratorSyntax
            : null;

    /// <summary>Where the variable is named.</summary>
    public static IEnumerable<IdentifierNameSyntax> Uses(ISymbol variable, FixContext context) =>
        context.Root.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name =>
            name.Identifier.ValueText == variable.Name
                && SymbolEqualityComparer.Default.Equals(context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol, variable));

    /// <summary>Whether the name stands where its variable is given something else.</summary>
    public static bool IsAssigned(IdentifierNameSyntax name) => name.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == name,
        ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } tuple } =>
            assignment.Left == tuple,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        _ => false,
    };
}
