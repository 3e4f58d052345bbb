namespace MtlsPop.CodeFixes.Binding;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class PrivateKeyDisposedFix() : EditorCodeFix(Rules.PrivateKeyDisposed)
{
    private const string Keep = "MPOP3009.Keep";

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (WithoutDisposal.At(site) is { } edit)
            yield return new Edit(Keep, "Leave the key undisposed", edit);
    }
}
