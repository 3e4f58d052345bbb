using MtlsPop.Analyzers.Requests;

namespace MtlsPop.CodeFixes.Requests;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ScopeWithoutDefaultFix() : EditorCodeFix(Rules.ScopeWithoutDefault)
{
    private const string AskForDefault = "MPOP1008.AskForDefault";

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (site.Root.FindNode(site.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax scope
            || site.Semantics.GetConstantValue(scope, site.Cancellation) is not { Value: string }
            || site.Diagnostic.Properties[ScopeWithoutDefault.Replacement] is not { } replacement)
            yield break;

        yield return new Edit(AskForDefault, $"Ask for '{replacement}'", editor =>
            editor.ReplaceNode(scope, Literals.Replaced(scope, replacement, site).WithTriviaFrom(scope)));
    }
}
