using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Applications;

/// <summary>
/// A bound request is made by an application whose certificate goes without its chain, and the request does not send it either.
/// <para>Reports: a bound request whose application gives a certificate without sendX5C, where the request does not send the chain either.</para>
/// <para>Leaves alone: a credential of another kind; an option that is not constant; one of several credentials, unless every path binds.</para>
/// </summary>
internal sealed class CertificateChainNotSent() : Rule<TokenRequest>(Rules.CertificateChainNotSent)
{
    protected override IEnumerable<TokenRequest> Find(TypeModel type, CancellationToken cancellation) => type.Requests;

    protected override void Judge(TokenRequest request, Report report)
    {
        foreach (var (bound, _) in request.Given(MsalNames.WithMtlsProofOfPossession))
        {
            var credentials = bound.Credentials.ToList();
            if (bound.ChainSent == ThreeState.No
                && bound.AllCredentialsAreKnown
                && credentials.TrueForAll(credential => credential.IsCertificate && credential.ChainSent == ThreeState.No)
                && (credentials.Count == 1 || request.Bound == ThreeState.Yes))
            {
                foreach (var credential in credentials)
                    report.Add(ApplicationFault.In(request, credential.Step));
            }
        }
    }
}
