using System.Collections.Immutable;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Applications;

/// <summary>
/// A bound request is made by an application that has no tenant of its own. The tenant of the request does not help. A credential that cannot bind is the greater fault.
/// <para>Reports: a bound request whose application is told no tenant, or common or organizations; every application that it may have is wrong.</para>
/// <para>Leaves alone: an MSAL before 4.84; B2C, AD FS and generic authorities; an authority that is not constant; an application whose credential MPOP2004 reports.</para>
/// </summary>
internal sealed class AuthorityNotTenanted() : Rule<TokenRequest>(Rules.AuthorityNotTenanted)
{
    protected override IEnumerable<TokenRequest> Find(TypeModel type, CancellationToken cancellation) => type.Requests;

    protected override void Judge(TokenRequest request, Report report)
    {
        if (request.Identity != Identity.Client || !request.Msal.BindingNeedsTenant)
            return;

        foreach (var (bound, applications) in request.BoundWith(application => application.Tenanted))
        {
            var tenants = bound.Given(MsalNames.WithTenantId).Select(given => given.Step.Token.GetLocation()).ToImmutableArray();
            foreach (var step in applications.Where(application => !CredentialCannotBind.IsWrong(application, request.Msal)).SelectMany(application => application.AuthoritySteps))
            {
                var fault = ApplicationFault.In(request, step);
                report.Add(fault.Properties.IsEmpty ? fault with { OtherPlaces = tenants } : fault);
            }
        }
    }
}
