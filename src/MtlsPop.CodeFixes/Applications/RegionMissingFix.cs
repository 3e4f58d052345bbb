using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Applications;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class RegionMissingFix() : EditorCodeFix(Rules.RegionMissing)
{
    private const string Discover = "MPOP2004.Discover";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call is not { } creation)
            yield break;

        var discovery = SyntaxFactory.Argument(SyntaxFactory.ParseExpression("ConfidentialClientApplication.AttemptRegionDiscovery"));
        yield return new PlannedEdit(Discover, "Let MSAL find the region: add '.WithAzureRegion(...)'", editor =>
            editor.ReplaceNode(creation, (current, _) => ChainEditor.Append((ExpressionSyntax)current, MsalNames.WithAzureRegion, discovery)))
        {
            Usings = context.CanName("ConfidentialClientApplication") ? [] : [MsalNames.MsalAssembly],
        };
    }
}
