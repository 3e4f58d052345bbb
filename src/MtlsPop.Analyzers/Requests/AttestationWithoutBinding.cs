using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Requests;

/// <summary>
/// A request asks for attestation of a key, and surely for nothing that uses the key.
/// <para>Reports: a request that attests and surely neither binds nor goes over mTLS.</para>
/// <para>Leaves alone: requests that other code may bind.</para>
/// </summary>
internal sealed class AttestationWithoutBinding() : Rule<TokenRequest>(Rules.AttestationWithoutBinding)
{
    protected override IEnumerable<TokenRequest> Find(TypeModel type, CancellationToken cancellation) => type.Requests;

    protected override void Judge(TokenRequest request, Report report)
    {
        foreach (var (attested, step) in request.Given(MsalNames.WithAttestationSupport))
        {
            if (attested is { Bound: ThreeState.No, BearerOverMtls: ThreeState.No })
                report.At(step.Token);
        }
    }
}
