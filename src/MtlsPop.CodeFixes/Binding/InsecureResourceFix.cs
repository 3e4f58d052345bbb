namespace MtlsPop.CodeFixes.Binding;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class InsecureResourceFix() : EditorCodeFix(Rules.InsecureResource)
{
    private const string UseTls = "MPOP3008.UseTls";
    private const string Plain = "http://";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Root.FindNode(context.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax place)
            yield break;

        // A port that is spelled out serves plain HTTP: which one serves TLS, only the resource knows.
        var literal = Literals.FirstText(Literals.ResolveInitializer(place, context));
        if (literal.ValueText is { } address
            && address.StartsWith(Plain, StringComparison.Ordinal)
            && address.IndexOf(':', Plain.Length) < 0
            && Literals.ReplacePrefix(literal, Plain, "https://") is { } edit)
            yield return new PlannedEdit(UseTls, "Use 'https://'", edit);
    }
}
