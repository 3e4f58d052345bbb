using MtlsPop.Analyzers.Conventions;

namespace MtlsPop.CodeFixes.Conventions;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class CancellationNotPassedFix() : EditorCodeFix(Rules.CancellationNotPassed)
{
    private const string Pass = "MPOP5002.Pass";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call is { } call
            && CancellationParameter.Of(CancellationParameter.EnclosingCancellableFunction(call, context.Semantics, context.Cancellation))
                is { Expression: var token }
            && ArgumentLists.ForToken(call, token, context.Semantics) is { } argument)
        {
            yield return new PlannedEdit(Pass, $"Pass '{token}'", editor => editor.ReplaceNode(call, (current, _) =>
                ((InvocationExpressionSyntax)current).WithArgumentList(
                    ArgumentLists.Append(((InvocationExpressionSyntax)current).ArgumentList, argument))));
        }
    }
}
