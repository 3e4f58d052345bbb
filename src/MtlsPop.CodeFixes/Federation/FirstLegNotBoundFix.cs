using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Federation;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class FirstLegNotBoundFix() : EditorCodeFix(Rules.FirstLegNotBound)
{
    private const string Bind = "MPOP4004.Bind";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        // A managed identity's request can be bound from 4.82 on; before, another package did it.
        if (context.Call is not { } request
            || MsalLibrary.In(context.Compilation) is not { } msal
            || !context.CanCall(request, MsalNames.WithMtlsProofOfPossession))
            yield break;

        var attests = context.Token.ValueText == MsalNames.AcquireTokenForManagedIdentity
            && msal is { AttestationIsReferenced: true, AttestationIsAStep: true };
        yield return new PlannedEdit(Bind, attests ? "Bind the token, and attest its key" : "Bind the token", editor =>
            editor.ReplaceNode(request, (current, _) => ChainEditor.AppendBinding((ExpressionSyntax)current, attests)))
        {
            Usings = attests && !context.CanCall(request, MsalNames.WithAttestationSupport) ? [MsalNames.AttestationAssembly] : [],
        };
    }
}
