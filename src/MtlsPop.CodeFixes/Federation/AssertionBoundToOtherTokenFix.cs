namespace MtlsPop.CodeFixes.Federation;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class AssertionBoundToOtherTokenFix() : EditorCodeFix(Rules.AssertionBoundToOtherToken)
{
    private const string TakeBoth = "MPOP4003.TakeBoth";

    private protected override bool InTurn => true;

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (CertificateOfAssertion.Set(site) is { } set)
            yield return new Edit(TakeBoth, "Take the certificate from the assertion's result", set);
    }
}
