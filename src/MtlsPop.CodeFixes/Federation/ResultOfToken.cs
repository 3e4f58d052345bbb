using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.CodeFixes.Federation;

/// <summary>The result that a token was read from, as the code names it.</summary>
internal static class ResultOfToken
{
    /// <summary>
    /// Null where the result has no name that can be used at the place of the token, or one that may mean another result by then.
    /// </summary>
    public static ExpressionSyntax? Named(ExpressionSyntax token, FixContext context)
    {
        var copies = new List<(IdentifierNameSyntax Local, ExpressionSyntax Initializer)>();
        while (true)
        {
            switch (Wrapping.Unwrap(token))
            {
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: MsalNames.AccessToken, Expression: var result } when Expressions.IsPath(result):
                    return copies.Count == 0
                        || result is IdentifierNameSyntax name && copies.TrueForAll(copy =>
                            MeansTheSame(name, copy.Initializer, copy.Local, context))
                        ? result.WithoutTrivia()
                        : null;

                // In code that does not compile a variable may be its own initial value.
                case IdentifierNameSyntax local when Initializer(local, context) is { } initializer
                    && !copies.Exists(copy => copy.Initializer == initializer):
                    copies.Add((local, initializer));
                    token = initializer;
                    break;

                default:
                    return null;
            }
        }
    }

    /// <summary>The acquisition that the token is read from in the same expression.</summary>
    public static ExpressionSyntax? Awaited(ExpressionSyntax token) =>
        token is MemberAccessExpressionSyntax { Name.Identifier.ValueText: MsalNames.AccessToken, Expression: ParenthesizedExpressionSyntax { Expression: AwaitExpressionSyntax } result }
                ? result
                : null;

    private static ExpressionSyntax? Initializer(IdentifierNameSyntax name, FixContext context) =>
        context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol
            is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations }
            ? (declarations[0].GetSyntax(context.Cancellation) as VariableDeclaratorSyntax)?.Initializer?.Value
            : null;

    private static bool MeansTheSame(IdentifierNameSyntax result, ExpressionSyntax there, IdentifierNameSyntax here, FixContext context) =>
        context.Semantics.LookupSymbols(there.SpanStart, name: result.Identifier.ValueText).FirstOrDefault()
            is ILocalSymbol or IParameterSymbol
        && SymbolEqualityComparer.Default.Equals(
            context.Semantics.LookupSymbols(there.SpanStart, name: result.Identifier.ValueText).First(),
            context.Semantics.LookupSymbols(here.SpanStart, name: result.Identifier.ValueText).FirstOrDefault());
}
