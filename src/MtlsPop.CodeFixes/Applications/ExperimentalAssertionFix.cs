using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Applications;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ExperimentalAssertionFix() : EditorCodeFix(Rules.ExperimentalAssertion)
{
    private const string Enable = "MPOP2007.Enable";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call?.Expression is not MemberAccessExpressionSyntax { Expression: var builder })
            yield break;

        yield return new PlannedEdit(Enable, "Turn experimental features on first: insert '.WithExperimentalFeatures()'", editor =>
            editor.ReplaceNode(builder, (current, _) => ChainEditor.Append((ExpressionSyntax)current, MsalNames.WithExperimentalFeatures)));
    }
}
