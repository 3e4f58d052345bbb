using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Federation;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class FirstLegNotBoundFix() : EditorCodeFix(Rules.FirstLegNotBound)
{
    private const string Bind = "MPOP4004.Bind";

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        // A managed identity's request can be bound from 4.82 on; before, another package did it.
        if (site.Call is not { } request || MsalLibrary.In(site.Compilation) is not { } msal || !site.CanCall(request, Names.WithMtlsProofOfPossession))
            yield break;

        var attests = site.Token.ValueText == Names.AcquireTokenForManagedIdentity && msal is { AttestationIsReferenced: true, AttestationIsAStep: true };
        yield return new Edit(Bind, attests ? "Bind the token, and attest its key" : "Bind the token", editor => editor.ReplaceNode(request, (current, _) =>
        {
            var bound = Chain.Append((ExpressionSyntax)current, Names.WithMtlsProofOfPossession);
            return attests ? Chain.Append(bound, Names.WithAttestationSupport) : bound;
        }))
        {
            Using = attests && !site.CanCall(request, Names.WithAttestationSupport) ? Names.AttestationAssembly : null,
        };
    }
}
