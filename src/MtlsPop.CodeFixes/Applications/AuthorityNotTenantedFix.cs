using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Applications;

/// <summary>Moves the tenant that the request names to its application.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class AuthorityNotTenantedFix() : EditorCodeFix(Rules.AuthorityNotTenanted)
{
    private const string Move = "MPOP2002.Move";

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (site.Call is not { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var step } } authority
            || site.OtherCalls is not [{ ArgumentList.Arguments: [{ Expression: var tenant }] } request]
            || (step == Names.WithTenantId && authority.ArgumentList.Arguments.Count == 0)
            || !Chain.CanRemove(request, site.Semantics)
            || !MeansTheSameAt(authority, tenant, site))
            yield break;

        yield return new Edit(Move, "Move the request's tenant to the application", editor =>
        {
            var moved = SyntaxFactory.Argument(tenant.WithoutTrivia());
            if (step == Names.WithTenantId)
                editor.ReplaceNode(authority.ArgumentList.Arguments[0], (current, _) => moved.WithTriviaFrom(current));
            else
                editor.ReplaceNode(authority, (current, _) => Chain.Append((ExpressionSyntax)current, Names.WithTenantId, moved));
            Chain.Remove(request, editor);
        });
    }

    /// <summary>A literal, a constant or static readonly field, or a parameter that both places share.</summary>
    private static bool MeansTheSameAt(SyntaxNode place, ExpressionSyntax tenant, FixSite site)
    {
        if (tenant is LiteralExpressionSyntax)
            return IsTenant(tenant, site);

        return tenant is IdentifierNameSyntax or MemberAccessExpressionSyntax
            && site.Semantics.GetSymbolInfo(tenant, site.Cancellation).Symbol is IFieldSymbol { IsConst: true } or IFieldSymbol { IsStatic: true, IsReadOnly: true } or IParameterSymbol
            && IsTenant(tenant, site)
            && FirstName(tenant) is { } name
            && site.Semantics.GetSymbolInfo(name, site.Cancellation).Symbol is { } symbol
            && site.Semantics.LookupSymbols(place.SpanStart, name: name.Identifier.ValueText).Contains(symbol, SymbolEqualityComparer.Default);
    }

    private static bool IsTenant(ExpressionSyntax tenant, FixSite site) =>
        site.Semantics.GetConstantValue(tenant, site.Cancellation) is not { HasValue: true, Value: var value } || value is string and not ("" or "common" or "organizations");

    private static SimpleNameSyntax? FirstName(ExpressionSyntax expression)
    {
        while (expression is MemberAccessExpressionSyntax access)
            expression = access.Expression;
        return expression as SimpleNameSyntax;
    }
}
