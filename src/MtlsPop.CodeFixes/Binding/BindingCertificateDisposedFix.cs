namespace MtlsPop.CodeFixes.Binding;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BindingCertificateDisposedFix() : EditorCodeFix(Rules.BindingCertificateDisposed)
{
    private const string Keep = "MPOP3005.Keep";

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (WithoutDisposal.At(site) is { } edit)
            yield return new Edit(Keep, "Leave the certificate undisposed", edit);
    }
}
