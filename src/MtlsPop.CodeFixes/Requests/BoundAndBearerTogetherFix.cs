namespace MtlsPop.CodeFixes.Requests;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BoundAndBearerTogetherFix() : EditorCodeFix(Rules.BoundAndBearerTogether)
{
    private const string KeepBound = "MPOP1003.KeepBound";
    private const string KeepBearer = "MPOP1003.KeepBearer";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call is { } bearer && ChainEditor.CanRemove(bearer, context.Semantics))
            yield return new PlannedEdit(KeepBound, "Keep the bound token: remove '.WithRequestOverMtls()'", editor =>
                ChainEditor.Remove(bearer, editor));

        var bindings = context.OtherCalls;
        if (bindings.Count > 0 && bindings.All(binding => ChainEditor.CanRemove(binding, context.Semantics)))
        {
            yield return new PlannedEdit(KeepBearer, "Keep the bearer token: remove '.WithMtlsProofOfPossession()'", editor =>
            {
                foreach (var binding in bindings)
                    ChainEditor.Remove(binding, editor);
            });
        }
    }
}
