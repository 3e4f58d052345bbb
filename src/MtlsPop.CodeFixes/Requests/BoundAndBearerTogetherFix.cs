namespace MtlsPop.CodeFixes.Requests;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BoundAndBearerTogetherFix() : EditorCodeFix(Rules.BoundAndBearerTogether)
{
    private const string KeepBound = "MPOP1003.KeepBound";
    private const string KeepBearer = "MPOP1003.KeepBearer";

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (site.Call is { } bearer && Chain.CanRemove(bearer, site.Semantics))
            yield return new Edit(KeepBound, "Keep the bound token: remove '.WithRequestOverMtls()'", editor => Chain.Remove(bearer, editor));

        var bindings = site.OtherCalls;
        if (bindings.Count > 0 && bindings.All(binding => Chain.CanRemove(binding, site.Semantics)))
        {
            yield return new Edit(KeepBearer, "Keep the bearer token: remove '.WithMtlsProofOfPossession()'", editor =>
            {
                foreach (var binding in bindings)
                    Chain.Remove(binding, editor);
            });
        }
    }
}
