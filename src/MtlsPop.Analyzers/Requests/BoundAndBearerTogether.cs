using System.Collections.Immutable;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Requests;

/// <summary>
/// One request asks for a bound token and for a bearer token over mTLS.
/// <para>Reports: a request that surely asks both for a bound token and for a bearer token over mTLS.</para>
/// <para>Leaves alone: requests that other code was handed.</para>
/// </summary>
internal sealed class BoundAndBearerTogether() : Rule<TokenRequest>(Rules.BoundAndBearerTogether)
{
    protected override IEnumerable<TokenRequest> Find(TypeModel type, CancellationToken cancellation) => type.Requests;

    protected override void Judge(TokenRequest request, Report report)
    {
        foreach (var (both, bearer) in request.Given(MsalNames.WithRequestOverMtls))
        {
            var bindings = both.Given(MsalNames.WithMtlsProofOfPossession).Select(bound => bound.Step.Token.GetLocation()).ToImmutableArray();
            if (both.Bound == ThreeState.Yes)
                report.Add(new Finding(bearer.Token) { OtherPlaces = bindings });
        }
    }
}
