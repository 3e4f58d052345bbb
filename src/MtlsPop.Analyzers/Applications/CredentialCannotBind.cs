using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Applications;

/// <summary>
/// A bound request is made by an application whose credential, whichever it is, holds no certificate. A string assertion is MPOP4006's.
/// <para>Reports: a bound request whose application gives a secret or signed claims, or before 4.84.2 a certificate by callback.</para>
/// <para>Leaves alone: a string assertion, which is MPOP4006's; a builder that other code was handed.</para>
/// </summary>
internal sealed class CredentialCannotBind() : Rule<TokenRequest>(Rules.CredentialCannotBind)
{
    protected override IEnumerable<TokenRequest> Find(TypeModel type, CancellationToken cancellation) => type.Requests;

    protected override void Judge(TokenRequest request, Report report)
    {
        foreach (var (_, applications) in request.BoundWith(application => application.CanBind(request.Msal)))
        {
            foreach (var credential in applications.SelectMany(application => application.Credentials).Where(IsOwn))
                report.Add(ApplicationFault.In(request, credential, Describe(credential)));
        }
    }

    public static bool IsWrong(ClientApplication application, MsalLibrary msal) => application.CanBind(msal) == ThreeState.No && application.Credentials.Any(IsOwn);

    private static bool IsOwn(Step credential) => credential.Name != MsalNames.WithClientAssertion;

    private static string Describe(Step credential) => credential.Name switch
    {
        MsalNames.WithClientSecret => "a client secret",
        MsalNames.WithCertificate => "before 4.84.2 the certificate of a callback",
        _ => "a set of signed claims",
    };
}
