using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Requests;

/// <summary>Binds the request, and attests the key where it is a managed identity's.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class RequestNotBoundFix() : EditorCodeFix(Rules.RequestNotBound)
{
    private const string Bind = "MPOP1004.Bind";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call is not { } beginning || !context.CanCall(beginning, MsalNames.WithMtlsProofOfPossession))
            yield break;

        var attest = context.Token.ValueText == MsalNames.AcquireTokenForManagedIdentity && context.References(MsalNames.AttestationAssembly);
        yield return new PlannedEdit(Bind, "Bind the token: add '.WithMtlsProofOfPossession()'", editor =>
            editor.ReplaceNode(beginning, (current, _) => ChainEditor.AppendBinding((ExpressionSyntax)current, attest)))
        {
            Usings = attest && !context.CanCall(beginning, MsalNames.WithAttestationSupport) ? [MsalNames.AttestationAssembly] : [],
        };
    }
}
