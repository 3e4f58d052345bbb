using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Requests;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class AttestationWithoutBindingFix() : EditorCodeFix(Rules.AttestationWithoutBinding)
{
    private const string Bind = "MPOP1002.Bind";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call is not { } attestation)
            yield break;

        yield return new PlannedEdit(Bind, "Bind the token: add '.WithMtlsProofOfPossession()'", editor =>
            editor.ReplaceNode(attestation, (current, _) => ChainEditor.Append((ExpressionSyntax)current, MsalNames.WithMtlsProofOfPossession)))
        {
            Usings = context.CanCall(attestation, MsalNames.WithMtlsProofOfPossession) ? [] : [MsalNames.MsalAssembly],
        };
    }
}
