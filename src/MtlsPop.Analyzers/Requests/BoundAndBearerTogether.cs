using System.Collections.Immutable;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Requests;

/// <summary>One request asks for a bound token and for a bearer token over mTLS.</summary>
internal sealed class BoundAndBearerTogether() : Rule<TokenRequest>(Rules.BoundAndBearerTogether)
{
    protected override void Judge(TokenRequest request, Report report)
    {
        foreach (var (both, bearer) in request.Given(Names.WithRequestOverMtls))
        {
            var bindings = both.Given(Names.WithMtlsProofOfPossession).Select(bound => bound.Step.Token.GetLocation()).ToImmutableArray();
            if (both.Bound == Fact.Yes)
                report.At(bearer.Token, bindings);
        }
    }
}
