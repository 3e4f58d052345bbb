namespace MtlsPop.CodeFixes.Federation;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class AssertionNotBoundFix() : EditorCodeFix(Rules.AssertionNotBound)
{
    private const string Bind = "MPOP4002.Bind";

    private protected override bool InTurn => true;

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (CertificateOfAssertion.Set(site) is { } set)
            yield return new Edit(Bind, "Present the certificate of the same result", set);
    }
}
