namespace MtlsPop.CodeFixes.Binding;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class PrivateKeyDisposedFix() : EditorCodeFix(Rules.PrivateKeyDisposed)
{
    private const string Keep = "MPOP3009.Keep";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (RemoveDispose.At(context) is { } edit)
            yield return new PlannedEdit(Keep, "Leave the key undisposed", edit);
    }
}
