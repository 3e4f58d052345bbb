using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Requests;

/// <summary>
/// A request for a plain token in a type that binds others. The second leg of a federation may ask for one, and its first leg has a rule of its own.
/// <para>Reports: a plain request in a type that binds others.</para>
/// <para>Leaves alone: second legs; bearer tokens over mTLS; requests that attest.</para>
/// </summary>
internal sealed class RequestNotBound() : Rule(Rules.RequestNotBound)
{
    public override void Judge(TypeModel type, Report report)
    {
        if (!type.Requests.Any(request => request.Bound == ThreeState.Yes))
            return;

        var federates = type.Requests.Any(request => request.ForExchange == ThreeState.Yes);
        foreach (var request in type.Requests)
        {
            if (request is { Identity: Identity.Client or Identity.ManagedIdentity, Bound: ThreeState.No, BearerOverMtls: ThreeState.No, Attested: ThreeState.No, ForExchange: ThreeState.No or ThreeState.Unknown } && !MayBeSecondLeg(request, federates))
                report.At(request.Beginning.Token);
        }
    }

    private static bool MayBeSecondLeg(TokenRequest request, bool federates) =>
        request.Identity == Identity.Client && (request.IsSecondLeg == ThreeState.Yes || (request.IsSecondLeg == ThreeState.Unknown && federates));
}
