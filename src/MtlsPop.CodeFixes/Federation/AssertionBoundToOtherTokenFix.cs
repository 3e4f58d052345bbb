namespace MtlsPop.CodeFixes.Federation;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class AssertionBoundToOtherTokenFix() : EditorCodeFix(Rules.AssertionBoundToOtherToken)
{
    private const string TakeBoth = "MPOP4003.TakeBoth";

    private protected override bool ApplySequentially => true;

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (CertificateOfAssertion.Set(context) is { } set)
            yield return new PlannedEdit(TakeBoth, "Take the certificate from the assertion's result", set);
    }
}
