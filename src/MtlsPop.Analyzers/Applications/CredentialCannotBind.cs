using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Applications;

/// <summary>A bound request is made by an application whose credential, whichever it is, holds no certificate. A string assertion is MPOP4006's.</summary>
internal sealed class CredentialCannotBind() : Rule<TokenRequest>(Rules.CredentialCannotBind)
{
    protected override void Judge(TokenRequest request, Report report)
    {
        foreach (var (bound, _) in request.Given(Names.WithMtlsProofOfPossession))
        {
            if (!bound.Applications.All(application => application.CanBind(request.Msal) == Fact.No))
                continue;

            foreach (var credential in bound.Applications.SelectMany(application => application.Credentials).Where(credential => credential.Name != Names.WithClientAssertion))
                report.At(credential.Token, Describe(credential));
        }
    }

    private static string Describe(Step credential) => credential.Name switch
    {
        Names.WithClientSecret => "a client secret",
        Names.WithCertificate => "before 4.84.2 the certificate of a callback",
        _ => "a set of signed claims",
    };
}
