using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Requests;

/// <summary>
/// A managed identity asks for a bound token, and surely never for attestation of the key. Where its method attests under a condition, that is a choice.
/// <para>Reports: a managed identity's bound request that surely never attests.</para>
/// <para>Leaves alone: an MSAL before 4.82; the preview package; a method that attests under a condition.</para>
/// </summary>
internal sealed class AttestationMissing() : Rule(Rules.AttestationMissing)
{
    public override void Judge(TypeModel type, Report report)
    {
        if (!type.Msal.AttestationIsAStep)
            return;

        ILookup<SyntaxNode, Step>? attestations = null;
        foreach (var request in type.Requests.Where(request => request.Identity == Identity.ManagedIdentity))
        {
            foreach (var (bound, step) in request.Given(MsalNames.WithMtlsProofOfPossession))
            {
                if (bound.Attested == ThreeState.No
                    && !type.Msal.IsPreviewBinding(step.Member)
                    && !IsAChoice(bound, (attestations ??= AttestationsByBinding(type))[step.Syntax]))
                    report.At(step.Token, type.Msal.AttestationIsReferenced ? "" : $" from the package {MsalNames.AttestationAssembly}");
            }
        }
    }

    /// <summary>The same code attests when it is called otherwise.</summary>
    private static bool IsAChoice(TokenRequest bound, IEnumerable<Step> attestations) =>
        attestations.Any(attestation =>
            TypeSource.BodyAround(attestation.Syntax) is { } body && bound.Paths.Any(path => path.History.Steps.Any(step => body.Contains(step.Syntax))));

    /// <summary>The steps that attest, by the step that binds the same request.</summary>
    private static ILookup<SyntaxNode, Step> AttestationsByBinding(TypeModel type) => (
        from request in type.Requests
        from binding in request.Given(MsalNames.WithMtlsProofOfPossession)
        from attestation in binding.Request.Given(MsalNames.WithAttestationSupport)
        select (Binding: binding.Step.Syntax, Attestation: attestation.Step))
        .ToLookup(pair => pair.Binding, pair => pair.Attestation);
}
