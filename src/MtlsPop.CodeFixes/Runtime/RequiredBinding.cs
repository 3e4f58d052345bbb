using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.CodeFixes.Runtime;

/// <summary>The runtime's call that reads a certificate from its result, or throws.</summary>
internal static class RequiredBinding
{
    /// <summary>
    /// What the call takes the place of: the certificate, or what the variable that holds it was given; null where that is no reading of a
    /// result.
    /// </summary>
    public static ExpressionSyntax? Replaced(ExpressionSyntax certificate, FixContext context)
    {
        var read = Wrapping.Unwrap(certificate) is IdentifierNameSyntax variable
            ? Variables.DeclaratorOf(variable, context)?.Initializer?.Value
            : certificate;
        return read is not null
            && Result(read) is { } result
            && context.Semantics.GetTypeInfo(result, context.Cancellation).Type?.Name == MsalNames.AuthenticationResult
            && RuntimeCall.CanBeWritten(result, MsalNames.RequireBinding, context)
            ? read
            : null;
    }

    /// <summary>The result that the certificate is read from.</summary>
    public static ExpressionSyntax? Result(ExpressionSyntax read) => Wrapping.Unwrap(read) switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: MsalNames.BindingCertificate, Expression: var result } => result,
        ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax { Name.Identifier.ValueText: MsalNames.BindingCertificate }, Expression: var result } =>
            result,
        _ => null,
    };

    /// <summary>The call. It is there already where another finding led to the same place.</summary>
    public static SyntaxNode Write(SyntaxNode current)
    {
        if (Result((ExpressionSyntax)current) is not { } result)
            return current;

        var method = SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression,
            result,
            SyntaxFactory.IdentifierName(MsalNames.RequireBinding));
        return current.CopyAnnotationsTo(SyntaxFactory.InvocationExpression(method).WithTriviaFrom(current));
    }
}
