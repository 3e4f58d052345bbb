using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Applications;

/// <summary>
/// A bound request is made by an application whose region cannot be the name of one.
/// <para>Reports: a bound request whose application has a constant region with anything but letters and digits.</para>
/// <para>Leaves alone: a region that is not constant; a name of letters and digits that is no region.</para>
/// </summary>
internal sealed class RegionMalformed() : Rule<TokenRequest>(Rules.RegionMalformed)
{
    protected override IEnumerable<TokenRequest> Find(TypeModel type, CancellationToken cancellation) => type.Requests;

    protected override void Judge(TokenRequest request, Report report)
    {
        foreach (var (step, region) in request
            .BoundWith(application => application.HasRegionThat(AzureRegions.CanBe))
            .SelectMany(bound => bound.Applications)
            .SelectMany(application => application.Regions))
            report.Add(ApplicationFault.In(request, step, region, Consequence(region, request.Msal)));
    }

    private static string Consequence(string region, MsalLibrary msal) =>
        region.Length == 0 ? "MSAL throws an 'ArgumentNullException'"
        : msal.RegionsAreChecked ? "MSAL ignores it and asks the global endpoint"
        : "MSAL puts it into the name of a host that does not exist";
}
