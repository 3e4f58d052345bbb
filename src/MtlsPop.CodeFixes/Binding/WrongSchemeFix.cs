using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Binding;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class WrongSchemeFix() : EditorCodeFix(Rules.WrongScheme)
{
    private const string OwnScheme = "MPOP3002.OwnScheme";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Root.FindNode(context.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax place)
            yield break;

        var text = Literals.ResolveInitializer(place, context);
        if ((Scheme(place, context) ?? Header(text, context) ?? Literal(text, place, context)) is { } edit)
            yield return new PlannedEdit(OwnScheme, "Send the token under its own scheme", edit);
    }

    /// <summary>The scheme stands beside the token.</summary>
    private static Action<SyntaxEditor>? Scheme(ExpressionSyntax scheme, FixContext context)
    {
        var arguments = (scheme.Parent?.Parent as BaseArgumentListSyntax)?.Arguments ?? default;
        var result = arguments.Select(argument => ResultOf(argument.Expression, context)).FirstOrDefault(result => result is not null);
        return result is null ? null : editor => editor.ReplaceNode(scheme, Member(result, MsalNames.TokenType).WithTriviaFrom(scheme));
    }

    /// <summary>The whole header is text: its result can write it.</summary>
    private static Action<SyntaxEditor>? Header(ExpressionSyntax text, FixContext context)
    {
        if (TokenIn(text) is not { } token || ResultOf(token, context) is not { } result)
            return null;

        if (
            text.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: BaseObjectCreationExpressionSyntax creation } arguments }
            && context.Semantics.GetTypeInfo(creation, context.Cancellation).Type?.Name == AuthorizationHeader.Type)
        {
            var both = SyntaxFactory.ParseArgumentList($"({Member(result, MsalNames.TokenType)}, {Member(result, MsalNames.AccessToken)})");
            return editor => editor.ReplaceNode(arguments, both.WithTriviaFrom(arguments));
        }

        return editor =>
            editor.ReplaceNode(
                text,
                SyntaxFactory.InvocationExpression(Member(result, MsalNames.CreateAuthorizationHeader)).WithTriviaFrom(text));
    }

    /// <summary>
    /// Where the result is out of reach, the scheme is the first word of a literal. What a caller passes may be the token of another kind
    /// of request.
    /// </summary>
    private static Action<SyntaxEditor>? Literal(ExpressionSyntax text, ExpressionSyntax place, FixContext context)
    {
        var around = place.FirstAncestorOrSelf<BaseArgumentListSyntax>() ?? (SyntaxNode)text;
        if (around.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol is IParameterSymbol { Type.SpecialType: SpecialType.System_String }))
            return null;

        var literal = Literals.FirstText(text);
        var scheme = literal.ValueText?.Split(' ')[0] ?? "";
        return scheme.Length == 0 ? null : Literals.ReplacePrefix(literal, scheme, MsalNames.BoundScheme);
    }

    /// <summary>The token at the end of a text.</summary>
    private static ExpressionSyntax? TokenIn(ExpressionSyntax text) => text switch
    {
        InterpolatedStringExpressionSyntax { Contents: var contents } => (contents.LastOrDefault() as InterpolationSyntax)?.Expression,
        BinaryExpressionSyntax sum => sum.Right,
        InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } => arguments.Last().Expression,
        _ => null,
    };

    /// <summary>The result whose token the expression reads, where it can be named again.</summary>
    private static ExpressionSyntax? ResultOf(ExpressionSyntax token, FixContext context) =>
        token is MemberAccessExpressionSyntax { Name.Identifier.ValueText: MsalNames.AccessToken, Expression: var result }
        && Expressions.IsPath(result)
        && context.Semantics.GetTypeInfo(result, context.Cancellation).Type?.Name == MsalNames.AuthenticationResult
            ? result.WithoutTrivia()
            : null;

    private static MemberAccessExpressionSyntax Member(ExpressionSyntax result, string name) =>
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, result, SyntaxFactory.IdentifierName(name));
}
