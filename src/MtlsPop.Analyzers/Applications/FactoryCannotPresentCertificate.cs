using System.Collections.Immutable;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Applications;

/// <summary>
/// A bound request is made by an application whose HTTP clients come from a type that cannot be asked for one with a certificate.
/// <para>Reports: a bound request whose application takes HTTP clients from a type without IMsalMtlsHttpClientFactory.</para>
/// <para>Leaves alone: a factory whose type is not known, such as a parameter.</para>
/// </summary>
internal sealed class FactoryCannotPresentCertificate() : Rule<TokenRequest>(Rules.FactoryCannotPresentCertificate)
{
    protected override IEnumerable<TokenRequest> Find(TypeModel type, CancellationToken cancellation) => type.Requests;

    protected override void Judge(TokenRequest request, Report report)
    {
        foreach (var (step, factory) in request
            .BoundWith(application => application.FactoryPresentsCertificate(request.Msal))
            .SelectMany(bound => bound.Applications)
            .SelectMany(application => application.Factories))
        {
            var fault = ApplicationFault.In(request, step, factory.Name);
            report.Add(fault.Properties.IsEmpty ? fault with { OtherPlaces = factory.Locations.Where(location => location.IsInSource).ToImmutableArray() } : fault);
        }
    }
}
