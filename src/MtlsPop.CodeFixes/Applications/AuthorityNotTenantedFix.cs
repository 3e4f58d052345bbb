using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Applications;

/// <summary>Moves the tenant that the request names to its application.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class AuthorityNotTenantedFix() : EditorCodeFix(Rules.AuthorityNotTenanted)
{
    private const string Move = "MPOP2002.Move";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call is not { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var step } } authority
            || context.OtherCalls is not [{ ArgumentList.Arguments: [{ Expression: var tenant }] } request]
            || (step == MsalNames.WithTenantId && authority.ArgumentList.Arguments.Count == 0)
            || !ChainEditor.CanRemove(request, context.Semantics)
            || !MeansTheSameAt(authority, tenant, context))
            yield break;

        yield return new PlannedEdit(Move, "Move the request's tenant to the application", editor =>
        {
            var moved = SyntaxFactory.Argument(tenant.WithoutTrivia());
            if (step == MsalNames.WithTenantId)
                editor.ReplaceNode(authority.ArgumentList.Arguments[0], (current, _) => moved.WithTriviaFrom(current));
            else
                editor.ReplaceNode(authority, (current, _) => ChainEditor.Append((ExpressionSyntax)current, MsalNames.WithTenantId, moved));
            ChainEditor.Remove(request, editor);
        });
    }

    /// <summary>A literal, a constant or static readonly field, or a parameter that both places share.</summary>
    private static bool MeansTheSameAt(SyntaxNode place, ExpressionSyntax tenant, FixContext context)
    {
        if (tenant is LiteralExpressionSyntax)
            return IsTenant(tenant, context);

        return tenant is IdentifierNameSyntax or MemberAccessExpressionSyntax
            && context.Semantics.GetSymbolInfo(tenant, context.Cancellation).Symbol
                is IFieldSymbol { IsConst: true } or IFieldSymbol { IsStatic: true, IsReadOnly: true } or IParameterSymbol
            && IsTenant(tenant, context)
            && FirstName(tenant) is { } name
            && context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol is { } symbol
            && context.Semantics.LookupSymbols(place.SpanStart, name: name.Identifier.ValueText)
                .Contains(symbol, SymbolEqualityComparer.Default);
    }

    private static bool IsTenant(ExpressionSyntax tenant, FixContext context) =>
        context.Semantics.GetConstantValue(tenant, context.Cancellation) is not { HasValue: true, Value: var value }
            || value is string and not ("" or "common" or "organizations");

    private static SimpleNameSyntax? FirstName(ExpressionSyntax expression)
    {
        while (expression is MemberAccessExpressionSyntax access)
            expression = access.Expression;
        return expression as SimpleNameSyntax;
    }
}
