using MtlsPop.Analyzers.Model;

namespace MtlsPop.CodeFixes.Conventions;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class CancellationNotPassedFix() : EditorCodeFix(Rules.CancellationNotPassed)
{
    private const string Pass = "MPOP5002.Pass";

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (site.Call is { } call
            && CancellationSource.Of(CancellationSource.DeciderOf(call, site.Semantics, site.Cancellation)) is { Expression: var token }
            && ArgumentLists.ForToken(call, token, site.Semantics) is { } argument)
        {
            yield return new Edit(Pass, $"Pass '{token}'", editor => editor.ReplaceNode(call, (current, _) =>
                ((InvocationExpressionSyntax)current).WithArgumentList(ArgumentLists.Append(((InvocationExpressionSyntax)current).ArgumentList, argument))));
        }
    }
}
