using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.CodeFixes.Binding;

/// <summary>A certificate in an expression: a variable, or what is read from a result in one.</summary>
internal static class ResultCertificate
{
    /// <summary>The certificate that the name begins, with the check for null that is written around it.</summary>
    public static ExpressionSyntax? At(SimpleNameSyntax name, FixContext context)
    {
        ExpressionSyntax? certificate = (TypeOf(context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol)?.Name, name.Parent) switch
        {
            ("X509Certificate2", _) => name,
            (MsalNames.AuthenticationResult, MemberAccessExpressionSyntax { Name.Identifier.ValueText: MsalNames.BindingCertificate } read) => read,
            (MsalNames.AuthenticationResult, MemberAccessExpressionSyntax { Name.Identifier.ValueText: MsalNames.RequireBinding, Parent: InvocationExpressionSyntax call }) =>
                call,
            _ => null,
        };
        while (certificate?.Parent is { } around && IsCheck(around, certificate))
            certificate = (ExpressionSyntax)around;
        return certificate;
    }

    /// <summary>The variable with the result that the certificate is of, and where the certificate is read from it.</summary>
    public static (ISymbol Result, SyntaxNode Reading)? ResultOf(ExpressionSyntax certificate, FixContext context)
    {
        var reading = certificate.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().First();
        if (TypeOf(SymbolOf(reading))?.Name != MsalNames.AuthenticationResult)
        {
            if (Variables.DeclaratorOf(reading, context)?.Initializer?.Value is not { } given
                || given.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().FirstOrDefault() is not { } first
                || At(first, context) != given)
                return null;
            reading = first;
        }

        return SymbolOf(reading) is { } result && TypeOf(result)?.Name == MsalNames.AuthenticationResult ? (result, reading) : null;

        ISymbol? SymbolOf(IdentifierNameSyntax name) => context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol;
    }

    private static ITypeSymbol? TypeOf(ISymbol? variable) =>
        variable is ILocalSymbol local ? local.Type : (variable as IParameterSymbol)?.Type;

    private static bool IsCheck(SyntaxNode around, ExpressionSyntax certificate) =>
        Wrapping.IsAround(around)
        || around is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Left: var left, Right: ThrowExpressionSyntax } && left == certificate;
}
