using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Applications;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class RegionMalformedFix() : EditorCodeFix(Rules.RegionMalformed)
{
    private const string Rename = "MPOP2003.Rename";

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (site.Call?.ArgumentList.Arguments is not [{ Expression: var written }]
            || site.Semantics.GetConstantValue(written, site.Cancellation) is not { HasValue: true, Value: string region }
            || AzureRegions.Meant(region) is not { } meant)
            yield break;

        var place = Literals.OfConstantFor(Names.WithAzureRegion, written, site) ?? written;
        yield return new Edit(Rename, $"Name the region '{meant}'", editor =>
            editor.ReplaceNode(place, editor.Generator.LiteralExpression(meant).WithTriviaFrom(place)));
    }
}
