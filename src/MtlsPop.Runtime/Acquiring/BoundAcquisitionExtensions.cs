using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>Acquires bound tokens in one call, in place of MSAL's own request. The results are MSAL's, checked.</summary>
public static class BoundAcquisitionExtensions
{
    /// <summary>Acquires a token of a managed identity: bound, attested, and with a key in KeyGuard.</summary>
    /// <param name="app">The application: keep one for each identity, because MSAL remembers the certificate in it.</param>
    /// <param name="resource">The resource, <c>https://vault.azure.net</c>.</param>
    /// <param name="cancellationToken">Ends the wait of this caller; others who wait for the same token are not affected.</param>
    /// <returns>MSAL's result: token type <c>mtls_pop</c>, with a certificate that can be presented.</returns>
    /// <exception cref="MtlsPopException">
    /// The host cannot bind tokens, attestation is not available, or the result is not bound.
    /// </exception>
    /// <exception cref="MsalException">MSAL could not acquire the token.</exception>
    public static Task<AuthenticationResult> AcquireMtlsPopTokenAsync(
        this IManagedIdentityApplication app, string resource, CancellationToken cancellationToken = default) =>
        app.AcquireMtlsPopTokenAsync(new MtlsPopTokenRequest(resource), cancellationToken);

    /// <summary>Acquires a bound token of a managed identity for a claims challenge, or past the cache.</summary>
    /// <param name="app">The application: keep one for each identity, because MSAL remembers the certificate in it.</param>
    /// <param name="request">What the token is for.</param>
    /// <param name="cancellationToken">Ends the wait of this caller; others who wait for the same token are not affected.</param>
    /// <returns>MSAL's result: token type <c>mtls_pop</c>, with a certificate that can be presented.</returns>
    /// <exception cref="MtlsPopException">
    /// The host cannot bind tokens, attestation is not available, or the result is not bound.
    /// </exception>
    /// <exception cref="MsalException">MSAL could not acquire the token.</exception>
    public static Task<AuthenticationResult> AcquireMtlsPopTokenAsync(
        this IManagedIdentityApplication app, MtlsPopTokenRequest request, CancellationToken cancellationToken = default) =>
        MtlsPopTokenAcquirer.For(app, options: null).AcquireResultAsync(request, cancellationToken);

    /// <summary>Acquires a bound token of a confidential client, whose credential is a certificate or a bound assertion.</summary>
    /// <param name="app">The application.</param>
    /// <param name="scopes">The one scope, as MSAL takes it: <c>["https://graph.microsoft.com/.default"]</c>.</param>
    /// <param name="cancellationToken">Ends the wait of this caller; others who wait for the same token are not affected.</param>
    /// <returns>MSAL's result: token type <c>mtls_pop</c>, with a certificate that can be presented.</returns>
    /// <exception cref="ArgumentException">There is more than one scope, or none.</exception>
    /// <exception cref="MtlsPopException">The result is not bound.</exception>
    /// <exception cref="MsalException">MSAL could not acquire the token.</exception>
    public static Task<AuthenticationResult> AcquireMtlsPopTokenAsync(
        this IConfidentialClientApplication app, IEnumerable<string> scopes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return app.AcquireMtlsPopTokenAsync(
            new MtlsPopTokenRequest(scopes is IReadOnlyList<string> { Count: 1 } only ? only[0] : string.Join(' ', scopes)),
            cancellationToken);
    }

    /// <summary>Acquires a bound token of a confidential client for another tenant, for a claims challenge, or past the cache.</summary>
    /// <param name="app">The application.</param>
    /// <param name="request">What the token is for.</param>
    /// <param name="cancellationToken">Ends the wait of this caller; others who wait for the same token are not affected.</param>
    /// <returns>MSAL's result: token type <c>mtls_pop</c>, with a certificate that can be presented.</returns>
    /// <exception cref="MtlsPopException">The result is not bound.</exception>
    /// <exception cref="MsalException">MSAL could not acquire the token.</exception>
    public static Task<AuthenticationResult> AcquireMtlsPopTokenAsync(
        this IConfidentialClientApplication app, MtlsPopTokenRequest request, CancellationToken cancellationToken = default) =>
        MtlsPopTokenAcquirer.For(app).AcquireResultAsync(request, cancellationToken);
}
