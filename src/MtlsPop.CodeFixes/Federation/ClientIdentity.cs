using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.CodeFixes.Federation;

/// <summary>
/// The tenant and client id of a new confidential client: those that the code has, else constants that say what to fill in.
/// </summary>
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

    public static ClientIdentity At(SyntaxNode scope, bool declares, SyntaxNode place, FixContext context)
    {
        var constants = new List<string>();
        var type = place.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? context.Root;
        var calls = type.DescendantNodes().OfType<InvocationExpressionSyntax>().ToList();
        var authority = Known("tenantId", place, calls, context) is { } tenant ? $".{MsalNames.WithTenantId}({tenant})"
            : Argument(calls, MsalNames.WithAuthority, place, context) is { } known ? $".{MsalNames.WithAuthority}{known}"
            : Argument(calls, MsalNames.WithTenantId, place, context) is { } knownTenant ? $".{MsalNames.WithTenantId}{knownTenant}"
            : $".{MsalNames.WithTenantId}({ToFillIn("tenantId", "<your tenant id>")})";
        var client = Known("clientId", place, calls, context)
            ?? Argument(calls, MsalNames.Create, place, context)?.Trim('(', ')')
            ?? ToFillIn("clientId", "<your client id>");
        return new ClientIdentity(client, authority, constants);

        string ToFillIn(string name, string text)
        {
            if (!declares)
                return $"\"{text}\"";

            name = FreshName.In(scope, context, name);
            constants.Add($"const string {name} = \"{text}\";");
            return name;
        }
    }

    /// <summary>
    /// A text of that name, however it is cased, that can be read at the place. The client id of a user-assigned identity is another one.
    /// </summary>
    private static string? Known(string name, SyntaxNode place, List<InvocationExpressionSyntax> calls, FixContext context) =>
        context.Semantics
            .LookupSymbols(place.SpanStart)
            .Where(symbol =>
                string.Equals(symbol.Name.TrimStart('_'), name, StringComparison.OrdinalIgnoreCase)
                    && IsReadableText(symbol, place, context))
            .Where(symbol =>
                !calls.Exists(call => InvocationName.OfMember(call) == "WithUserAssignedClientId" && call.ArgumentList.ToString().Contains(symbol.Name)))
            .OrderBy(symbol => symbol is ILocalSymbol or IParameterSymbol ? 0 : 1)
            .FirstOrDefault()?.Name;

    private static bool IsReadableText(ISymbol symbol, SyntaxNode place, FixContext context) => symbol switch
    {
        ILocalSymbol local => local.Type.SpecialType == SpecialType.System_String && !local.IsRef && IsBefore(local, place),
        IParameterSymbol parameter => parameter.Type.SpecialType == SpecialType.System_String && parameter.RefKind == RefKind.None,
        IFieldSymbol field => field.Type.SpecialType == SpecialType.System_String && context.CanReach(field, place),
        IPropertySymbol { GetMethod: not null } property => property.Type.SpecialType == SpecialType.System_String
            && context.CanReach(property, place),
        _ => false,
    };

    private static bool IsBefore(ILocalSymbol local, SyntaxNode place) =>
        local.DeclaringSyntaxReferences.Any(declaration => declaration.Span.End <= place.SpanStart);

    /// <summary>The arguments that the code gives to the same step of another confidential client, where they are constant.</summary>
    private static string? Argument(List<InvocationExpressionSyntax> calls, string method, SyntaxNode place, FixContext context) => calls
        .Where(call => InvocationName.OfMember(call) == method
            && call.ArgumentList.Arguments.Count == 1
            && context.Semantics.GetSymbolInfo(call, context.Cancellation).Symbol?.ContainingType.Name
                is MsalNames.ConfidentialClientApplicationBuilder or "AbstractApplicationBuilder"
            && IsConstantHere(call.ArgumentList.Arguments[0].Expression, place, context)
            && !call.ArgumentList.ToString().StartsWith("(\"<", StringComparison.Ordinal))
        .Select(call => call.ArgumentList.ToString())
        .FirstOrDefault();

    private static bool IsConstantHere(ExpressionSyntax value, SyntaxNode place, FixContext context) =>
        context.Semantics.GetConstantValue(value, context.Cancellation).HasValue
        && (
            value is LiteralExpressionSyntax
                || value is IdentifierNameSyntax name && context.Semantics.LookupSymbols(place.SpanStart, name: name.Identifier.ValueText)
                    .Any(symbol =>
            symbol is IFieldSymbol
                && SymbolEqualityComparer.Default.Equals(symbol, context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol)));
}
