using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>Checks MSAL's own results.</summary>
public static class BoundResultExtensions
{
    /// <summary>Returns the certificate that the token is bound to, or says why the result cannot be sent bound.</summary>
    /// <param name="result">The result of a request with <c>WithMtlsProofOfPossession()</c>.</param>
    /// <returns>
    /// The certificate: there, with its private key, fit for client authentication and within its validity. Never dispose it.
    /// </returns>
    /// <exception cref="MtlsPopException">The token is not bound, or its certificate cannot be presented.</exception>
    public static X509Certificate2 RequireBinding(this AuthenticationResult result)
    {
        MtlsPopToken.Check(result, TimeProvider.System);
        return result.BindingCertificate;
    }
}
