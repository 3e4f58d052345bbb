using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Requests;

/// <summary>A request asks for attestation of a key, and surely for nothing that uses the key.</summary>
internal sealed class AttestationWithoutBinding() : Rule<TokenRequest>(Rules.AttestationWithoutBinding)
{
    protected override void Judge(TokenRequest request, Report report)
    {
        foreach (var (attested, step) in request.Given(Names.WithAttestationSupport))
        {
            if (attested is { Bound: Fact.No, BearerOverMtls: Fact.No })
                report.At(step.Token);
        }
    }
}
