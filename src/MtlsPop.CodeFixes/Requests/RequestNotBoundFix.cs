using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Requests;

/// <summary>Binds the request, and attests the key where it is a managed identity's.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class RequestNotBoundFix() : EditorCodeFix(Rules.RequestNotBound)
{
    private const string Bind = "MPOP1004.Bind";

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (site.Call is not { } beginning || !site.CanCall(beginning, Names.WithMtlsProofOfPossession))
            yield break;

        var attest = site.Token.ValueText == Names.AcquireTokenForManagedIdentity && site.References(Names.AttestationAssembly);
        yield return new Edit(Bind, "Bind the token: add '.WithMtlsProofOfPossession()'", editor => editor.ReplaceNode(beginning, (current, _) =>
        {
            var bound = Chain.Append((ExpressionSyntax)current, Names.WithMtlsProofOfPossession);
            return attest ? Chain.Append(bound, Names.WithAttestationSupport) : bound;
        }))
        {
            Using = attest && !site.CanCall(beginning, Names.WithAttestationSupport) ? Names.AttestationAssembly : null,
        };
    }
}
