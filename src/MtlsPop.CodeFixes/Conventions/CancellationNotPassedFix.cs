using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers;
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
            && Arguments.ForToken(call, token, site.Semantics) is { } argument)
        {
            yield return new Edit(Pass, $"Pass '{token}'", editor => editor.ReplaceNode(call, (current, _) =>
                ((InvocationExpressionSyntax)current).WithArgumentList(Arguments.Append(((InvocationExpressionSyntax)current).ArgumentList, argument))));
        }
    }
}
