using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;
using MtlsPop.CodeFixes.Runtime;

namespace MtlsPop.CodeFixes.Federation;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class AssertionDropsCertificateFix() : EditorCodeFix(Rules.AssertionDropsCertificate)
{
    private const string PresentBoth = "MPOP4006.PresentBoth";
    private const string Runtime = "MPOP4006.Runtime";

    private protected override bool ApplySequentially => true;

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call is not { ArgumentList.Arguments: [var argument] } || !context.CanName(MsalNames.ClientSignedAssertion))
            yield break;

        var rewrite = context.Semantics.GetTypeInfo(
            argument.Expression,
            context.Cancellation).Type?.SpecialType == SpecialType.System_String
            ? OfText(argument.Expression, context)
            : CallbackSyntax.Of(argument.Expression, context) is { } callback ? OfCallback(callback, context) : null;
        if (rewrite is not null)
        {
            yield return new PlannedEdit(PresentBoth, "Present the certificate with the assertion", editor =>
            {
                rewrite(editor);
                if (argument.NameColon is { } name)
                    editor.ReplaceNode(argument, (current, _) =>
                        ((ArgumentSyntax)current).WithNameColon(null).WithLeadingTrivia(name.GetLeadingTrivia()));
            });
        }

        if (FirstLegApplication.Present(Runtime, context) is { } presented)
            yield return presented;
    }

    private static Action<SyntaxEditor>? OfText(ExpressionSyntax token, FixContext context)
    {
        if (ResultOfToken.Named(token, context) is not { } result || !CapturedVariables.AreVisible(token, token.SpanStart, context))
            return null;

        var code = $"({OptionsName(token, context)}, {CancellationName(token, context)}) => {Task(context)}.FromResult({Assertion(token, result)})";
        return editor => editor.ReplaceNode(token, (current, _) => SyntaxFactory.ParseExpression(code).WithTriviaFrom(current));
    }

    private static Action<SyntaxEditor>? OfCallback(CallbackSyntax callback, FixContext context)
    {
        var edits = new List<Action<SyntaxEditor>>();
        foreach (var returned in callback.Returned)
        {
            if (ReturnBoth(returned, callback, context) is not { } edit)
                return null;
            edits.Add(edit);
        }

        if (edits.Count == 0 || ChangeSignature(callback, context) is not { } signature)
            return null;

        edits.Add(signature);
        return editor => edits.ForEach(edit => edit(editor));
    }

    private static Action<SyntaxEditor>? ReturnBoth(ExpressionSyntax returned, CallbackSyntax callback, FixContext context)
    {
        var token = returned;
        if (!callback.Symbol.IsAsync && callback.Symbol.ReturnType.SpecialType != SpecialType.System_String)
        {
            if (returned is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax } } || Wrapping.Finished(returned) is not { } value)
                return null;
            token = value;
        }

        var wraps = callback.Symbol.ReturnType.SpecialType == SpecialType.System_String;
        if (ResultOfToken.Named(token, context) is { } result)
            return editor => editor.ReplaceNode(token, (current, _) => Present(token, result).WithTriviaFrom(current));

        if (ResultOfToken.Awaited(token) is not ParenthesizedExpressionSyntax { Expression: var acquisition }
            || InsertionPoint.Before(token, context) is not { } place)
            return null;

        var firstLeg = FreshName.In(place.Scope, context, "firstLeg");
        return editor =>
        {
            var name = SyntaxFactory.IdentifierName(firstLeg);
            var of = SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression,
                name,
                SyntaxFactory.IdentifierName(MsalNames.AccessToken));
            editor.ReplaceNode(token, (current, _) => Present(of, name).WithTriviaFrom(current));
            place.Insert(editor, [$"var {firstLeg} = {Indentation.Decrease(acquisition)};"], context);
        };

        ExpressionSyntax Present(ExpressionSyntax assertion, ExpressionSyntax from) =>
            SyntaxFactory.ParseExpression(wraps ? $"{Task(context)}.FromResult({Assertion(assertion, from)})" : Assertion(assertion, from));
    }

    private static Action<SyntaxEditor>? ChangeSignature(CallbackSyntax callback, FixContext context)
    {
        var options = callback.Symbol.Parameters.FirstOrDefault(parameter => parameter.Type.Name == "AssertionRequestOptions")?.Name
            ?? OptionsName(callback.Function, context);
        var cancellation = callback.Symbol.Parameters.FirstOrDefault(parameter => parameter.Type.Name == nameof(CancellationToken))?.Name
            ?? CancellationName(callback.Function, context);
        var cancellationType = context.CanName(nameof(CancellationToken))
            ? nameof(CancellationToken)
            : "System.Threading.CancellationToken";
        var typed = $"(AssertionRequestOptions {options}, {cancellationType} {cancellation})";
        var result = SyntaxFactory.ParseTypeName($"{Task(context)}<{MsalNames.ClientSignedAssertion}>");
        switch (callback.Function)
        {
            case LambdaExpressionSyntax { Modifiers: var modifiers } lambda when modifiers.All(modifier =>
                modifier.IsKind(SyntaxKind.AsyncKeyword)):
                var isTyped = lambda is ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [{ Type: not null }, ..] };
                return editor =>
                {
                    editor.ReplaceNode(lambda, (current, _) =>
                        CallbackSyntax.WithParameters((LambdaExpressionSyntax)current, isTyped ? typed : $"({options}, {cancellation})"));
                    if (callback.DelegateType is { } type)
                        editor.ReplaceNode(type, (current, _) =>
                            SyntaxFactory.ParseTypeName(
                                $"{context.SystemType("Func")}<AssertionRequestOptions, {cancellationType}, {result}>")
                                .WithTriviaFrom(current));
                };

            case MethodDeclarationSyntax method:
                return editor =>
                {
                    editor.ReplaceNode(method.ReturnType, (current, _) => result.WithTriviaFrom(current));
                    editor.ReplaceNode(method.ParameterList, (current, _) =>
                        SyntaxFactory.ParseParameterList(typed).WithTriviaFrom(current));
                };

            case LocalFunctionStatementSyntax function:
                return editor =>
                {
                    editor.ReplaceNode(function.ReturnType, (current, _) => result.WithTriviaFrom(current));
                    editor.ReplaceNode(function.ParameterList, (current, _) =>
                        SyntaxFactory.ParseParameterList(typed).WithTriviaFrom(current));
                };

            default:
                return null;
        }
    }

    private static string Assertion(ExpressionSyntax token, ExpressionSyntax result) =>
        $"new {MsalNames.ClientSignedAssertion} {{ {MsalNames.Assertion} = {token.WithoutTrivia()}, {MsalNames.TokenBindingCertificate} = {result.WithoutTrivia()}.{MsalNames.BindingCertificate} }}";

    private static string Task(FixContext context) => context.CanName(nameof(Task)) ? nameof(Task) : "System.Threading.Tasks.Task";

    private static string OptionsName(SyntaxNode scope, FixContext context) => FreshName.In(scope, context, "options", "assertionOptions");

    private static string CancellationName(SyntaxNode scope, FixContext context) =>
        FreshName.In(scope, context, "cancellationToken", "callbackCancellation");
}
