using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Federation;

/// <summary>The tenant and client id of a new confidential client: those that the code has, else constants that say what to fill in.</summary>
internal sealed class ClientIdentity
{
    private ClientIdentity(string clientId, string authority, IReadOnlyList<string> constants)
    {
        ClientId = clientId;
        Authority = authority;
        Constants = constants;
    }

    /// <summary>The expression for the client id.</summary>
    public string ClientId { get; }

    /// <summary>The step that gives the authority.</summary>
    public string Authority { get; }

    /// <summary>The declarations of what has to be filled in.</summary>
    public IReadOnlyList<string> Constants { get; }

    public static ClientIdentity At(SyntaxNode scope, bool declares, SyntaxNode place, FixSite site)
    {
        var constants = new List<string>();
        var type = place.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? site.Root;
        var calls = type.DescendantNodes().OfType<InvocationExpressionSyntax>().ToList();
        var authority = Known("tenantId", place, calls, site) is { } tenant ? $".{Names.WithTenantId}({tenant})"
            : Argument(calls, Names.WithAuthority, place, site) is { } known ? $".{Names.WithAuthority}{known}"
            : Argument(calls, Names.WithTenantId, place, site) is { } knownTenant ? $".{Names.WithTenantId}{knownTenant}"
            : $".{Names.WithTenantId}({ToFillIn("tenantId", "<your tenant id>")})";
        var client = Known("clientId", place, calls, site)
            ?? Argument(calls, Names.Create, place, site)?.Trim('(', ')')
            ?? ToFillIn("clientId", "<your client id>");
        return new ClientIdentity(client, authority, constants);

        string ToFillIn(string name, string text)
        {
            if (!declares)
                return $"\"{text}\"";

            name = FreshName.In(scope, site, name);
            constants.Add($"const string {name} = \"{text}\";");
            return name;
        }
    }

    /// <summary>A text of that name, however it is cased, that can be read at the place. The client id of a user-assigned identity is another one.</summary>
    private static string? Known(string name, SyntaxNode place, List<InvocationExpressionSyntax> calls, FixSite site) => site.Semantics
        .LookupSymbols(place.SpanStart)
        .Where(symbol => string.Equals(symbol.Name.TrimStart('_'), name, StringComparison.OrdinalIgnoreCase) && IsReadableText(symbol, place, site))
        .Where(symbol => !calls.Exists(call => NameOf(call) == "WithUserAssignedClientId" && call.ArgumentList.ToString().Contains(symbol.Name)))
        .OrderBy(symbol => symbol is ILocalSymbol or IParameterSymbol ? 0 : 1)
        .FirstOrDefault()?.Name;

    private static bool IsReadableText(ISymbol symbol, SyntaxNode place, FixSite site) => symbol switch
    {
        ILocalSymbol local => local.Type.SpecialType == SpecialType.System_String && !local.IsRef && IsBefore(local, place),
        IParameterSymbol parameter => parameter.Type.SpecialType == SpecialType.System_String && parameter.RefKind == RefKind.None,
        IFieldSymbol field => field.Type.SpecialType == SpecialType.System_String && site.CanReach(field, place),
        IPropertySymbol { GetMethod: not null } property => property.Type.SpecialType == SpecialType.System_String && site.CanReach(property, place),
        _ => false,
    };

    private static bool IsBefore(ILocalSymbol local, SyntaxNode place) => local.DeclaringSyntaxReferences.Any(declaration => declaration.Span.End <= place.SpanStart);

    /// <summary>The arguments that the code gives to the same step of another confidential client, where they are constant.</summary>
    private static string? Argument(List<InvocationExpressionSyntax> calls, string method, SyntaxNode place, FixSite site) => calls
        .Where(call => NameOf(call) == method
            && call.ArgumentList.Arguments.Count == 1
            && site.Semantics.GetSymbolInfo(call, site.Cancellation).Symbol?.ContainingType.Name is Names.ConfidentialClientApplicationBuilder or "AbstractApplicationBuilder"
            && IsConstantHere(call.ArgumentList.Arguments[0].Expression, place, site)
            && !call.ArgumentList.ToString().StartsWith("(\"<", StringComparison.Ordinal))
        .Select(call => call.ArgumentList.ToString())
        .FirstOrDefault();

    private static bool IsConstantHere(ExpressionSyntax value, SyntaxNode place, FixSite site) =>
        site.Semantics.GetConstantValue(value, site.Cancellation).HasValue
        && (value is LiteralExpressionSyntax || value is IdentifierNameSyntax name && site.Semantics.LookupSymbols(place.SpanStart, name: name.Identifier.ValueText).Any(symbol =>
            symbol is IFieldSymbol && SymbolEqualityComparer.Default.Equals(symbol, site.Semantics.GetSymbolInfo(name, site.Cancellation).Symbol)));

    private static string NameOf(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText ?? "";
}
