using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Federation;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ManagedIdentityOnSecondLegFix() : EditorCodeFix(Rules.ManagedIdentityOnSecondLeg)
{
    private const string Rebuild = "MPOP4001.Rebuild";

    private protected override bool InTurn => true;

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        // The bound assertion came with 4.76.
        if (site.Call is not { } call || MsalLibrary.In(site.Compilation) is not { Version: var version } || version < new Version(4, 76))
            yield break;

        if (SecondLegRewrite.Of(call, site) is { } rewrite)
        {
            yield return new Edit(Rebuild, "Exchange the first leg's token with a confidential client", rewrite.Apply)
            {
                Using = rewrite.Attests && !site.CanName("ManagedIdentityAttestationExtensions") ? Names.AttestationAssembly : null,
            };
        }
    }
}
