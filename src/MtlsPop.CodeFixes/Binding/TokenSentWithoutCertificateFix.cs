using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;
using MtlsPop.CodeFixes.Runtime;

namespace MtlsPop.CodeFixes.Binding;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TokenSentWithoutCertificateFix() : EditorCodeFix(Rules.TokenSentWithoutCertificate)
{
    private const string GiveCertificate = "MPOP3003.GiveCertificate";
    private const string Runtime = "MPOP3003.Runtime";

    private protected override bool InTurn => true;

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (Client(site) is not { } client || ResultBefore(client, site) is not { } result)
            yield break;

        var certificate = $"{result.Name}.{Names.BindingCertificate}";
        var argument = ClientHandler.ArgumentOf(client);
        var (edit, needs) = argument?.Expression switch
        {
            null => (WithHandler(client, certificate), HttpObject.ClientHandler),
            BaseObjectCreationExpressionSyntax handler => (WithCertificate(handler, certificate, site), Needs(handler, site)),
            IdentifierNameSyntax handler => (AddBefore(client, handler, certificate, site), Needs(handler, site)),
            _ => default,
        };

        if (edit is not null)
        {
            yield return new Edit(GiveCertificate, "Give the client the binding certificate", edit)
            {
                Using = site.CanName(needs) ? null : NamespaceOf(needs),
            };
        }

        var given = ClientHandler.Of(client, site);
        if ((argument is null || (given is { Certificate: null } && new HandlerSettings(given, site).AreOnlyCertificate()))
            && IsForOneToken(client, site)
            && RuntimeClient.InPlaceOf(client, given?.Unneeded() ?? [], result, client, Runtime, site) is { } runtime)
            yield return runtime;
    }

    /// <summary>Whether the client is not kept for other tokens: it stays in the method, or it leaves with the token on it.</summary>
    private static bool IsForOneToken(BaseObjectCreationExpressionSyntax client, FixSite site)
    {
        if (client.Parent is MemberAccessExpressionSyntax)
            return true;

        if (client.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } || site.Semantics.GetDeclaredSymbol(declarator, site.Cancellation) is not ILocalSymbol local)
            return false;

        var hasToken = site.Token.Parent?.Parent is MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "DefaultRequestHeaders" } };
        return Variables.Uses(local, site).All(use => use.Parent is MemberAccessExpressionSyntax || (hasToken && use.Parent is ReturnStatementSyntax));
    }

    private static BaseObjectCreationExpressionSyntax? Client(FixSite site) =>
        site.Diagnostic.AdditionalLocations is [{ SourceTree: var tree, SourceSpan: var span }] && tree == site.Root.SyntaxTree
            ? site.Root.FindNode(span, getInnermostNodeForTie: true) as BaseObjectCreationExpressionSyntax
            : null;

    /// <summary>The one result that can be named where the client is made.</summary>
    private static ISymbol? ResultBefore(BaseObjectCreationExpressionSyntax client, FixSite site)
    {
        var results = site.Semantics.LookupSymbols(client.SpanStart)
            .Where(symbol => (symbol is ILocalSymbol local ? local.Type : (symbol as IParameterSymbol)?.Type) is { Name: Names.AuthenticationResult })
            .Where(symbol => symbol.DeclaringSyntaxReferences is { Length: 1 } declarations && declarations[0].Span.End <= client.SpanStart)
            .ToList();
        return results.Count == 1 ? results[0] : null;
    }

    private static Action<SyntaxEditor> WithHandler(BaseObjectCreationExpressionSyntax client, string certificate)
    {
        var handler = SyntaxFactory.ParseExpression($"new {HttpObject.ClientHandler} {{ ClientCertificates = {{ {certificate} }} }}");
        var arguments = SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(handler)));
        return editor => editor.ReplaceNode(client, (current, _) => current switch
        {
            ObjectCreationExpressionSyntax { ArgumentList: null, Type: var type } bare => bare.WithType(type.WithoutTrailingTrivia()).WithArgumentList(arguments.WithTrailingTrivia(type.GetTrailingTrivia())),
            BaseObjectCreationExpressionSyntax made => made.WithArgumentList(arguments.WithTriviaFrom(made.ArgumentList!)),
            _ => current,
        });
    }

    private static Action<SyntaxEditor> WithCertificate(BaseObjectCreationExpressionSyntax handler, string certificate, FixSite site)
    {
        var assignment = IsSockets(handler, site)
            ? $"SslOptions = {{ ClientCertificates = new {Collection} {{ {certificate} }} }}"
            : $"ClientCertificates = {{ {certificate} }}";
        var parsed = ((ImplicitObjectCreationExpressionSyntax)SyntaxFactory.ParseExpression($"new() {{ {assignment} }}")).Initializer!.Expressions[0].WithoutTrivia();
        return editor => editor.ReplaceNode(handler, (current, _) => Initializers.Add((BaseObjectCreationExpressionSyntax)current, parsed));
    }

    /// <summary>The handler is a variable: it gets the certificate just before its client is made.</summary>
    private static Action<SyntaxEditor>? AddBefore(BaseObjectCreationExpressionSyntax client, IdentifierNameSyntax handler, string certificate, FixSite site)
    {
        if (client.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || !Statements.TakesOneBefore(statement))
            return null;

        var addition = SyntaxFactory.ParseStatement(IsSockets(handler, site)
            ? $"{handler.Identifier.ValueText}.SslOptions.ClientCertificates = new {Collection} {{ {certificate} }};"
            : $"{handler.Identifier.ValueText}.ClientCertificates.Add({certificate});");
        return editor => Statements.InsertBefore(editor, statement, addition);
    }

    private const string Collection = "X509CertificateCollection";

    private static bool IsSockets(ExpressionSyntax handler, FixSite site) => site.Semantics.GetTypeInfo(handler, site.Cancellation).Type?.Name == HttpObject.SocketsHandler;

    private static string Needs(ExpressionSyntax handler, FixSite site) => IsSockets(handler, site) ? Collection : HttpObject.ClientHandler;

    private static string NamespaceOf(string type) => type == Collection ? "System.Security.Cryptography.X509Certificates" : "System.Net.Http";
}
