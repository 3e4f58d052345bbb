using MtlsPop.Analyzers.Requests;

namespace MtlsPop.CodeFixes.Requests;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ScopeWithoutDefaultFix() : EditorCodeFix(Rules.ScopeWithoutDefault)
{
    private const string AskForDefault = "MPOP1008.AskForDefault";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Root.FindNode(context.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax scope
            || context.Semantics.GetConstantValue(scope, context.Cancellation) is not { Value: string }
            || context.Diagnostic.Properties[ScopeWithoutDefault.Replacement] is not { } replacement)
            yield break;

        yield return new PlannedEdit(AskForDefault, $"Ask for '{replacement}'", editor =>
            editor.ReplaceNode(scope, Literals.ReplaceText(scope, replacement, context).WithTriviaFrom(scope)));
    }
}
