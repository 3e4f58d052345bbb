using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;
using MtlsPop.CodeFixes.Runtime;

namespace MtlsPop.CodeFixes.Binding;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TokenSentWithoutCertificateFix() : EditorCodeFix(Rules.TokenSentWithoutCertificate)
{
    private const string GiveCertificate = "MPOP3003.GiveCertificate";
    private const string Runtime = "MPOP3003.Runtime";

    private protected override bool ApplySequentially => true;

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (Client(context) is not { } client || ResultBefore(client, context) is not { } result)
            yield break;

        var certificate = $"{result.Name}.{MsalNames.BindingCertificate}";
        var argument = ClientHandler.ArgumentOf(client);
        var (edit, needs) = argument?.Expression switch
        {
            null => (WithHandler(client, certificate), HttpObject.ClientHandler),
            BaseObjectCreationExpressionSyntax handler => (WithCertificate(handler, certificate, context), Needs(handler, context)),
            IdentifierNameSyntax handler => (AddBefore(client, handler, certificate, context), Needs(handler, context)),
            _ => default,
        };

        if (edit is not null)
        {
            yield return new PlannedEdit(GiveCertificate, "Give the client the binding certificate", edit)
            {
                Usings = context.CanName(needs) ? [] : [NamespaceOf(needs)],
            };
        }

        var given = ClientHandler.Of(client, context);
        if ((argument is null || (given is { Certificate: null } && new HandlerSettings(given, context).AreOnlyCertificate()))
            && IsForOneToken(client, context)
            && RuntimeClient.InPlaceOf(client, given?.Unneeded() ?? [], result, client, Runtime, context) is { } runtime)
            yield return runtime;
    }

    /// <summary>Whether the client is not kept for other tokens: it stays in the method, or it leaves with the token on it.</summary>
    private static bool IsForOneToken(BaseObjectCreationExpressionSyntax client, FixContext context)
    {
        if (client.Parent is MemberAccessExpressionSyntax)
            return true;

        if (client.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }
            || context.Semantics.GetDeclaredSymbol(declarator, context.Cancellation) is not ILocalSymbol local)
            return false;

        var hasToken = context.Token.Parent?.Parent
            is MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "DefaultRequestHeaders" } };
        return Variables.Uses(local, context)
            .All(use => use.Parent is MemberAccessExpressionSyntax || (hasToken && use.Parent is ReturnStatementSyntax));
    }

    private static BaseObjectCreationExpressionSyntax? Client(FixContext context) =>
        context.Diagnostic.AdditionalLocations is [{ SourceTree: var tree, SourceSpan: var span }] && tree == context.Root.SyntaxTree
            ? context.Root.FindNode(span, getInnermostNodeForTie: true) as BaseObjectCreationExpressionSyntax
            : null;

    /// <summary>The one result that can be named where the client is made.</summary>
    private static ISymbol? ResultBefore(BaseObjectCreationExpressionSyntax client, FixContext context)
    {
        var results = context.Semantics.LookupSymbols(client.SpanStart)
            .Where(symbol =>
                (symbol is ILocalSymbol local ? local.Type : (symbol as IParameterSymbol)?.Type) is { Name: MsalNames.AuthenticationResult })
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
            ObjectCreationExpressionSyntax { ArgumentList: null, Type: var type } bare => bare.WithType(type.WithoutTrailingTrivia())
                .WithArgumentList(arguments.WithTrailingTrivia(type.GetTrailingTrivia())),
            BaseObjectCreationExpressionSyntax made => made.WithArgumentList(arguments.WithTriviaFrom(made.ArgumentList!)),
            _ => current,
        });
    }

    private static Action<SyntaxEditor> WithCertificate(BaseObjectCreationExpressionSyntax handler, string certificate, FixContext context)
    {
        var assignment = IsSockets(handler, context)
            ? $"SslOptions = {{ ClientCertificates = new {Collection} {{ {certificate} }} }}"
            : $"ClientCertificates = {{ {certificate} }}";
        var parsed = ((ImplicitObjectCreationExpressionSyntax)SyntaxFactory.ParseExpression($"new() {{ {assignment} }}")).Initializer!.Expressions[0].WithoutTrivia();
        return editor => editor.ReplaceNode(handler, (current, _) => Initializers.Add((BaseObjectCreationExpressionSyntax)current, parsed));
    }

    /// <summary>The handler is a variable: it gets the certificate just before its client is made.</summary>
    private static Action<SyntaxEditor>? AddBefore(
        BaseObjectCreationExpressionSyntax client, IdentifierNameSyntax handler, string certificate, FixContext context)
    {
        if (client.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || !Statements.TakesOneBefore(statement))
            return null;

        var addition = SyntaxFactory.ParseStatement(IsSockets(handler, context)
            ? $"{handler.Identifier.ValueText}.SslOptions.ClientCertificates = new {Collection} {{ {certificate} }};"
            : $"{handler.Identifier.ValueText}.ClientCertificates.Add({certificate});");
        return editor => Statements.InsertBefore(editor, statement, addition);
    }

    private const string Collection = "X509CertificateCollection";

    private static bool IsSockets(ExpressionSyntax handler, FixContext context) =>
        context.Semantics.GetTypeInfo(handler, context.Cancellation).Type?.Name == HttpObject.SocketsHandler;

    private static string Needs(ExpressionSyntax handler, FixContext context) =>
        IsSockets(handler, context) ? Collection : HttpObject.ClientHandler;

    private static string NamespaceOf(string type) =>
        type == Collection ? "System.Security.Cryptography.X509Certificates" : "System.Net.Http";
}
