namespace MtlsPop.CodeFixes.Federation;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class AssertionNotBoundFix() : EditorCodeFix(Rules.AssertionNotBound)
{
    private const string Bind = "MPOP4002.Bind";

    private protected override bool ApplySequentially => true;

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (CertificateOfAssertion.Set(context) is { } set)
            yield return new PlannedEdit(Bind, "Present the certificate of the same result", set);
    }
}
