using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Applications;

/// <summary>
/// A bound request is made by an application without a region, on an MSAL that wants one.
/// <para>Reports: a bound request of a client whose application names no region, on an MSAL before 4.84.</para>
/// <para>Leaves alone: authorities of another kind; a builder that other code was handed.</para>
/// </summary>
internal sealed class RegionMissing() : Rule<TokenRequest>(Rules.RegionMissing)
{
    protected override IEnumerable<TokenRequest> Find(TypeModel type, CancellationToken cancellation) => type.Requests;

    protected override void Judge(TokenRequest request, Report report)
    {
        if (request.Identity != Identity.Client || !request.Msal.BindingNeedsRegion)
            return;

        foreach (var application in request.BoundWith(application => application.HasRegion).SelectMany(bound => bound.Applications))
            report.Add(ApplicationFault.In(request, application.Creation, request.Msal.Version.ToString(3)));
    }
}
