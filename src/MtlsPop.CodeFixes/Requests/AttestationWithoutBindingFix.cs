using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Requests;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class AttestationWithoutBindingFix() : EditorCodeFix(Rules.AttestationWithoutBinding)
{
    private const string Bind = "MPOP1002.Bind";

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (site.Call is not { } attestation)
            yield break;

        yield return new Edit(Bind, "Bind the token: add '.WithMtlsProofOfPossession()'", editor =>
            editor.ReplaceNode(attestation, (current, _) => Chain.Append((ExpressionSyntax)current, Names.WithMtlsProofOfPossession)))
        {
            Using = site.CanCall(attestation, Names.WithMtlsProofOfPossession) ? null : Names.MsalAssembly,
        };
    }
}
