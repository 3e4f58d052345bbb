using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Applications;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class RegionMissingFix() : EditorCodeFix(Rules.RegionMissing)
{
    private const string Discover = "MPOP2004.Discover";

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (site.Call is not { } creation)
            yield break;

        var discovery = SyntaxFactory.Argument(SyntaxFactory.ParseExpression("ConfidentialClientApplication.AttemptRegionDiscovery"));
        yield return new Edit(Discover, "Let MSAL find the region: add '.WithAzureRegion(...)'", editor =>
            editor.ReplaceNode(creation, (current, _) => Chain.Append((ExpressionSyntax)current, Names.WithAzureRegion, discovery)))
        {
            Using = site.CanName("ConfidentialClientApplication") ? null : Names.MsalAssembly,
        };
    }
}
