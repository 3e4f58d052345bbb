namespace MtlsPop.CodeFixes.Binding;

/// <summary>A field with a handler for each certificate object.</summary>
internal static class HandlerTable
{
    public const string Type = $"global::{TableNamespace}.{Table}<global::{CertificateNamespace}.{Certificate}, global::System.Net.Http.{Handler}>";
    public const string GetValue = nameof(GetValue);

    private const string Table = "ConditionalWeakTable";
    private const string TableNamespace = "System.Runtime.CompilerServices";
    private const string Certificate = "X509Certificate2";
    private const string CertificateNamespace = "System.Security.Cryptography.X509Certificates";
    private const string Handler = "HttpMessageHandler";

    /// <summary>The namespaces that have yet to be imported for it.</summary>
    public static IEnumerable<string> MissingUsings(FixContext context)
    {
        if (!context.CanName(Table))
            yield return TableNamespace;
        if (!context.CanName(Certificate))
            yield return CertificateNamespace;
    }

    /// <summary>The name of such a field of the type whose handlers are all made in the same way as this one.</summary>
    public static string? FilledAlike(HandlerFactory factory, TypeDeclarationSyntax owner, FixContext context) =>
        owner.Members.OfType<FieldDeclarationSyntax>()
            .Where(field => field.Modifiers.Any(SyntaxKind.StaticKeyword) && field.Modifiers.Any(SyntaxKind.PrivateKeyword))
            .SelectMany(field => field.Declaration.Variables)
            .Where(field => context.Semantics.GetDeclaredSymbol(field, context.Cancellation) is IFieldSymbol { Type: INamedTypeSymbol { Name: Table, TypeArguments: [{ Name: Certificate }, { Name: Handler }] } } known
                && known.ContainingType.DeclaringSyntaxReferences.SelectMany(part => Uses(known.Name, part.GetSyntax(context.Cancellation)))
                    .All(use => IsFilledAlike(use, factory)))
            .Select(field => field.Identifier.ValueText)
            .FirstOrDefault();

    private static IEnumerable<IdentifierNameSyntax> Uses(string field, SyntaxNode type) =>
        type.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == field);

    private static bool IsFilledAlike(IdentifierNameSyntax table, HandlerFactory factory) =>
        table.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: GetValue, Parent: InvocationExpressionSyntax { ArgumentList.Arguments: [_, { Expression: SimpleLambdaExpressionSyntax other }] } }
        && SyntaxFactory.ParseExpression(factory.Lambda(other.Parameter.Identifier.ValueText))
            .IsEquivalentTo(other.WithModifiers(default), topLevel: false);
}
