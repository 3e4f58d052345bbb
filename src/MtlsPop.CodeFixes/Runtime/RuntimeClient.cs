using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.CodeFixes.Runtime;

/// <summary>MtlsPop.Runtime's client for one token, over connections that outlive it.</summary>
internal static class RuntimeClient
{
    private const string Connections = "MtlsPopConnections";
    private const string CreateClient = nameof(CreateClient);

    /// <summary>
    /// Makes the client from the result, and drops the statements that only made its handler; null where it would lose something, or would
    /// be sent with another token.
    /// </summary>
    public static PlannedEdit? InPlaceOf(
        BaseObjectCreationExpressionSyntax client, IReadOnlyList<StatementSyntax> unneeded, ISymbol result, SyntaxNode reading, string key, FixContext context)
    {
        if (context.Compilation.SourceModule.ReferencedAssemblySymbols.FirstOrDefault(assembly => assembly.Name == MsalNames.RuntimeAssembly) is not { } runtime
            || runtime.GetTypeByMetadataName($"{MsalNames.RuntimeNamespace}.{Connections}") is not { } connections
            || StaticField.OwnerFor(client) is not { } owner
            || BodySyntax.MemberOf(client) is not { } member
            || client.Initializer is not null
            || client.ContainsDirectives
            || Statements.HoldComment([client])
            || !SendsOnly(result, member, context)
            || SendsSynchronously(member, context)
            || !IsTheSameAt(client, result, reading, context))
            return null;

        var known = FieldOf(connections, client, owner, context);
        var field = known ?? FreshName.In(owner, context, StaticField.Named("connections", owner));
        var call = SyntaxFactory.ParseExpression($"{field}.{CreateClient}({result.Name})");
        var named = context.Semantics.LookupNamespacesAndTypes(client.SpanStart, name: Connections).FirstOrDefault();
        return new PlannedEdit(key, $"Use a client of '{Connections}' of {MsalNames.RuntimeAssembly}", editor =>
        {
            editor.ReplaceNode(client, (current, _) => call.WithTriviaFrom(current));
            if (unneeded.Count > 0)
                Statements.Remove(editor, unneeded);
            if (known is null)
                StaticField.Add(editor, owner, $"global::{MsalNames.RuntimeNamespace}.{Connections}", field);
        })
        {
            Usings = known is null && named is null ? [MsalNames.RuntimeNamespace] : [],
        };
    }

    /// <summary>A field of the type that can be named where the client is made.</summary>
    private static string? FieldOf(INamedTypeSymbol connections, SyntaxNode client, TypeDeclarationSyntax owner, FixContext context) =>
        context.Semantics.GetDeclaredSymbol(owner, context.Cancellation)!.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(field => SymbolEqualityComparer.Default.Equals(field.Type, connections)
                && field.NullableAnnotation != NullableAnnotation.Annotated
                && context.CanReach(field, client)
                && context.Semantics.LookupSymbols(client.SpanStart, name: field.Name).Contains(field, SymbolEqualityComparer.Default))
            ?.Name;

    /// <summary>Whether no other token is sent there, as far as can be seen: the runtime's client sends none but its own.</summary>
    private static bool SendsOnly(ISymbol result, SyntaxNode member, FixContext context)
    {
        var tokens = member.DescendantNodes()
            .OfType<MemberAccessExpressionSyntax>()
            .Where(read => read.Name.Identifier.ValueText is MsalNames.AccessToken or MsalNames.CreateAuthorizationHeader)
            .ToList();
        return tokens.TrueForAll(read =>
            SymbolEqualityComparer.Default.Equals(context.Semantics.GetSymbolInfo(read.Expression, context.Cancellation).Symbol, result))
            && (tokens.Count > 0 || !member.DescendantTokens().Any(token => token.ValueText == AuthorizationHeader.Name));
    }

    private static bool SendsSynchronously(SyntaxNode member, FixContext context) =>
        member.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
            call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Send", Expression: var sender }
            && HttpObject.Is(context.Semantics.GetTypeInfo(sender, context.Cancellation).Type, HttpObject.Client));

    /// <summary>Whether the result is still the same where the client is made, and as long as it is used.</summary>
    private static bool IsTheSameAt(SyntaxNode client, ISymbol result, SyntaxNode reading, FixContext context) =>
        context.Semantics.LookupSymbols(client.SpanStart, name: result.Name).Contains(result, SymbolEqualityComparer.Default)
        && !Variables.Uses(result, context).Any(use => use.SpanStart > reading.SpanStart && Variables.IsAssigned(use));
}
