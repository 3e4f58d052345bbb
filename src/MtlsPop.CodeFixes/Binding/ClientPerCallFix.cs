using MtlsPop.CodeFixes.Runtime;

namespace MtlsPop.CodeFixes.Binding;

/// <summary>
/// Keeps the handler, and with it the connections, for each certificate, while clients come and go; or leaves both to the runtime.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ClientPerCallFix() : EditorCodeFix(Rules.ClientPerCall)
{
    private const string KeepHandler = "MPOP3004.KeepHandler";
    private const string Runtime = "MPOP3004.Runtime";

    private protected override bool ApplySequentially => true;

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Token.Parent?.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } client
            || ClientHandler.Of(client, context) is not { Certificate: { } certificate } handler)
            yield break;

        var factory = new HandlerFactory(handler, context);
        if (factory.IsSameInEveryCall() && StaticField.OwnerFor(client) is { } owner)
            yield return Keeping(client, handler, factory, owner, context);

        if (new HandlerSettings(handler, context).AreOnlyCertificate()
            && ResultCertificate.ResultOf(certificate, context) is var (result, reading)
            && RuntimeClient.InPlaceOf(client, handler.Unneeded(), result, reading, Runtime, context) is { } edit)
            yield return edit;
    }

    private static PlannedEdit Keeping(
        BaseObjectCreationExpressionSyntax client, ClientHandler handler, HandlerFactory factory, TypeDeclarationSyntax owner, FixContext context)
    {
        var known = HandlerTable.FilledAlike(factory, owner, context);
        var table = known ?? FreshName.In(owner, context, StaticField.Named("handlers", owner));
        var lambda = (context.Language >= LanguageVersion.CSharp9 ? "static " : "")
            + factory.Lambda(factory.FreeParameter());
        var kept = SyntaxFactory.ParseExpression(
            $"{table}.{HandlerTable.GetValue}({handler.Certificate}, {lambda})",
            options: context.Root.SyntaxTree.Options);
        return new PlannedEdit(KeepHandler, "Keep the handler for each certificate", editor =>
        {
            editor.ReplaceNode(client, (current, _) => Over(kept, (BaseObjectCreationExpressionSyntax)current));
            if (handler.Statements.Count > 0)
                Statements.Remove(editor, handler.Statements);
            if (known is null)
                StaticField.Add(editor, owner, HandlerTable.Type, table);
        })
        {
            Usings = known is null ? [.. HandlerTable.MissingUsings(context)] : [],
        };
    }

    /// <summary>The client over a handler that outlives it.</summary>
    private static BaseObjectCreationExpressionSyntax Over(ExpressionSyntax kept, BaseObjectCreationExpressionSyntax client)
    {
        var handler = ClientHandler.ArgumentOf(client)!;
        var arguments = client.ArgumentList!;
        var no = SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression);
        if (arguments.Arguments.FirstOrDefault(argument => argument != handler) is { } disposal)
        {
            arguments = arguments.ReplaceNodes([handler, disposal], (argument, _) =>
                argument.WithExpression((argument == handler ? kept : no).WithTriviaFrom(argument.Expression)));
        }
        else
        {
            var named = SyntaxFactory.NameColon("disposeHandler")
                .WithColonToken(SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space));
            arguments = arguments.ReplaceNode(handler, handler.WithExpression(kept.WithTriviaFrom(handler.Expression)));
            arguments = ArgumentLists.Append(arguments, SyntaxFactory.Argument(named, default, no));
        }

        return client.WithArgumentList(arguments);
    }
}
