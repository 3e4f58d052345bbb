using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Requests;

/// <summary>A managed identity asks for a bound token, and surely never for attestation of the key.</summary>
internal sealed class AttestationMissing() : Rule<TokenRequest>(Rules.AttestationMissing)
{
    protected override void Judge(TokenRequest request, Report report)
    {
        if (request.Identity != Identity.ManagedIdentity || !request.Msal.AttestationIsAStep)
            return;

        foreach (var (bound, step) in request.Given(Names.WithMtlsProofOfPossession))
        {
            if (bound.Attested == Fact.No && !request.Msal.IsPreviewBinding(step.Member))
                report.At(step.Token, request.Msal.AttestationIsReferenced ? "" : $" from the package {Names.AttestationAssembly}");
        }
    }
}
