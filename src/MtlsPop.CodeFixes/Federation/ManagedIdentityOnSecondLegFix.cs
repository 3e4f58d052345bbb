using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Federation;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ManagedIdentityOnSecondLegFix() : EditorCodeFix(Rules.ManagedIdentityOnSecondLeg)
{
    private const string Rebuild = "MPOP4001.Rebuild";

    private protected override bool ApplySequentially => true;

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call is not { } call
            || MsalLibrary.In(context.Compilation) is not { HasBoundAssertions: true })
            yield break;

        if (SecondLegRewrite.Of(call, context) is { } rewrite)
        {
            yield return new PlannedEdit(Rebuild, "Exchange the first leg's token with a confidential client", rewrite.Apply)
            {
                Usings = rewrite.Attests && !context.CanName("ManagedIdentityAttestationExtensions") ? [MsalNames.AttestationAssembly] : [],
            };
        }
    }
}
