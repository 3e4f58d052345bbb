namespace MtlsPop.CodeFixes.Binding;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BindingCertificateDisposedFix() : EditorCodeFix(Rules.BindingCertificateDisposed)
{
    private const string Keep = "MPOP3005.Keep";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (RemoveDispose.At(context) is { } edit)
            yield return new PlannedEdit(Keep, "Leave the certificate undisposed", edit);
    }
}
