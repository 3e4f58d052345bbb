using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Applications;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class RegionMalformedFix() : EditorCodeFix(Rules.RegionMalformed)
{
    private const string Rename = "MPOP2003.Rename";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call?.ArgumentList.Arguments is not [{ Expression: var written }]
            || context.Semantics.GetConstantValue(written, context.Cancellation) is not { HasValue: true, Value: string region }
            || AzureRegions.Meant(region) is not { } meant)
            yield break;

        var place = Literals.ConstantPassedOnlyTo(MsalNames.WithAzureRegion, written, context) ?? written;
        yield return new PlannedEdit(Rename, $"Name the region '{meant}'", editor =>
            editor.ReplaceNode(place, editor.Generator.LiteralExpression(meant).WithTriviaFrom(place)));
    }
}
