using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;
using MtlsPop.CodeFixes.Runtime;

namespace MtlsPop.CodeFixes.Federation;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class FirstLegCapturedFix() : EditorCodeFix(Rules.FirstLegCaptured)
{
    private const string AcquireInside = "MPOP4007.AcquireInside";
    private const string Runtime = "MPOP4007.Runtime";

    private protected override bool ApplySequentially => true;

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call is { ArgumentList.Arguments: [var argument] }
            && CallbackSyntax.Of(argument.Expression, context)
                is { Function: ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 2 } lambda } callback
            && CapturedFirstLeg.In(lambda, context) is { } captured
            && FirstLegCall.Of(captured.Acquisition, lambda.SpanStart, context) is { } acquisition
            && Apply(callback, lambda, captured, acquisition, context) is { } apply)
        {
            yield return new PlannedEdit(AcquireInside, "Acquire the first leg in the callback", apply)
            {
                Usings = acquisition.Attests && !context.CanName("ManagedIdentityAttestationExtensions") ? [MsalNames.AttestationAssembly] : [],
            };
        }

        if (FirstLegApplication.Present(Runtime, context) is { } presented)
            yield return presented;
    }

    private static Action<SyntaxEditor>? Apply(
        CallbackSyntax callback, ParenthesizedLambdaExpressionSyntax lambda, CapturedFirstLeg captured, FirstLegCall acquisition, FixContext context)
    {
        var place = lambda.Body switch
        {
            BlockSyntax { Statements: [var first, ..] } => InsertionPoint.At(first),
            ExpressionSyntax expression => InsertionPoint.Before(expression, context),
            _ => null,
        };
        var isAsync = lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
        var returned = callback.Returned.ToList();
        if (place is null || (!isAsync && !returned.TrueForAll(expression => Wrapping.Finished(expression) is not null)))
            return null;

        var comments = isAsync ? [] : returned.SelectMany(CommentsAroundValue).ToList();
        if (comments.Count > 0 && place.IsAmongStatements)
            return null;

        var cancellation = lambda.ParameterList.Parameters[1];
        var cancellationName = cancellation.Identifier.ValueText == "_"
            ? FreshName.In(lambda, context, "cancellationToken", "callbackCancellation")
            : cancellation.Identifier.ValueText;
        var name = captured.IsUsedElsewhere ? FreshName.In(lambda, context, "firstLeg") : captured.Name;
        return editor =>
        {
            foreach (var use in captured.Uses)
                editor.ReplaceNode(use, (current, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));
            if (!isAsync)
                returned.ForEach(expression =>
                    editor.ReplaceNode(expression, (current, _) => Wrapping.Finished((ExpressionSyntax)current)!.WithTriviaFrom(current)));
            if (cancellationName != cancellation.Identifier.ValueText)
                editor.ReplaceNode(cancellation, (current, _) =>
                    ((ParameterSyntax)current).WithIdentifier(SyntaxFactory.Identifier(cancellationName)));
            place.Insert(
                editor,
                [$"{string.Concat(comments.Select(comment => $"{comment}\n"))}var {name} = await {acquisition.Code(cancellationName)}\n    .ConfigureAwait(false);"],
                context);
            if (!isAsync)
                editor.ReplaceNode(lambda, (current, _) => MakeAsync((ParenthesizedLambdaExpressionSyntax)current));
            if (!captured.IsUsedElsewhere)
                editor.RemoveNode(captured.Declaration, SyntaxRemoveOptions.KeepNoTrivia);
        };
    }

    private static IEnumerable<SyntaxTrivia> CommentsAroundValue(ExpressionSyntax finished)
    {
        var value = Wrapping.Finished(finished)!.Span;
        return finished.DescendantTrivia()
            .Where(trivia => Statements.IsComment(trivia) && finished.Span.Contains(trivia.Span) && !value.Contains(trivia.Span));
    }

    private static ParenthesizedLambdaExpressionSyntax MakeAsync(ParenthesizedLambdaExpressionSyntax lambda) => lambda
        .WithLeadingTrivia()
        .WithAsyncKeyword(
            SyntaxFactory.Token(SyntaxKind.AsyncKeyword)
                .WithLeadingTrivia(lambda.GetLeadingTrivia())
                .WithTrailingTrivia(SyntaxFactory.Space));
}
