using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.Extensibility;

namespace MtlsPop;

/// <summary>Builds MSAL applications that are able to acquire bound tokens, and says at once why one would not be.</summary>
public static class MtlsPopApplication
{
    /// <summary>Builds the application of a managed identity. Keep one for each identity.</summary>
    /// <param name="identity">
    /// <see cref="ManagedIdentityId.SystemAssigned"/>, or a user-assigned identity by client, resource or object ID.
    /// </param>
    /// <param name="options">What else it needs, if anything.</param>
    /// <returns>The application.</returns>
    public static IManagedIdentityApplication ManagedIdentity(ManagedIdentityId identity, ManagedIdentityApplicationOptions? options = null)
    {
        var builder = ManagedIdentityApplicationBuilder.Create(identity);
        options?.Configure?.Invoke(builder);
        return builder.WithHttpClientFactory(options?.HttpClientFactory ?? new PooledMsalHttpClientFactory()).Build();
    }

    /// <summary>Builds a confidential client with a certificate.</summary>
    /// <param name="clientId">The client ID.</param>
    /// <param name="authority">The authority with its tenant, <c>https://login.microsoftonline.com/contoso.onmicrosoft.com</c>.</param>
    /// <param name="certificate">The certificate, which must stay alive as long as the application.</param>
    /// <param name="options">What else it needs, if anything.</param>
    /// <returns>The application.</returns>
    /// <exception cref="ArgumentException">The authority has no tenant, or the region is not the name of one.</exception>
    /// <exception cref="MtlsPopException">The certificate cannot be presented.</exception>
    public static IConfidentialClientApplication Certificate(
        string clientId, Uri authority, X509Certificate2 certificate, ConfidentialApplicationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        CertificateBinding.Of(certificate, TimeProvider.System);
        return Builder(clientId, authority, options).WithCertificate(certificate, sendX5C: true).Build();
    }

    /// <summary>
    /// Builds a confidential client whose certificate is asked for each time, so that it can be renewed while the application runs.
    /// </summary>
    /// <param name="clientId">The client ID.</param>
    /// <param name="authority">The authority with its tenant, <c>https://login.microsoftonline.com/contoso.onmicrosoft.com</c>.</param>
    /// <param name="certificate">
    /// Returns the certificate to use now; it must be quick and return the same object until the certificate changes.
    /// </param>
    /// <param name="options">What else it needs, if anything.</param>
    /// <returns>The application.</returns>
    /// <exception cref="ArgumentException">The authority has no tenant, or the region is not the name of one.</exception>
    public static IConfidentialClientApplication Certificate(
        string clientId, Uri authority, Func<AssertionRequestOptions, Task<X509Certificate2>> certificate,
        ConfidentialApplicationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Builder(clientId, authority, options)
            .WithExperimentalFeatures() // MSAL counts a certificate callback among them
            .WithCertificate(certificate, new CertificateOptions { SendX5C = true })
            .Build();
    }

    /// <summary>Builds the second leg of a federation, whose credential is a bound token of a managed identity.</summary>
    /// <param name="clientId">The client ID.</param>
    /// <param name="authority">The authority with its tenant, <c>https://login.microsoftonline.com/contoso.onmicrosoft.com</c>.</param>
    /// <param name="firstLeg">The managed identity.</param>
    /// <param name="options">What else it needs, if anything.</param>
    /// <returns>The application.</returns>
    /// <exception cref="ArgumentException">The authority has no tenant, or the region is not the name of one.</exception>
    /// <exception cref="MtlsPopException">The attestation package is missing.</exception>
    public static IConfidentialClientApplication Federated(
        string clientId, Uri authority, IManagedIdentityApplication firstLeg, ConfidentialApplicationOptions? options = null) =>
        Federated(clientId, authority, MtlsPopTokenAcquirer.Create(firstLeg), options);

    /// <summary>Builds the second leg of a federation, whose credential is a bound token of another confidential client.</summary>
    /// <param name="clientId">The client ID.</param>
    /// <param name="authority">The authority with its tenant, <c>https://login.microsoftonline.com/contoso.onmicrosoft.com</c>.</param>
    /// <param name="firstLeg">A confidential client with a certificate.</param>
    /// <param name="options">What else it needs, if anything.</param>
    /// <returns>The application.</returns>
    /// <exception cref="ArgumentException">The authority has no tenant, or the region is not the name of one.</exception>
    public static IConfidentialClientApplication Federated(
        string clientId, Uri authority, IConfidentialClientApplication firstLeg, ConfidentialApplicationOptions? options = null) =>
        Federated(clientId, authority, MtlsPopTokenAcquirer.Create(firstLeg), options);

    /// <summary>Builds the second leg of a federation, whose credential is whatever an acquirer acquires.</summary>
    /// <param name="clientId">The client ID.</param>
    /// <param name="authority">The authority with its tenant, <c>https://login.microsoftonline.com/contoso.onmicrosoft.com</c>.</param>
    /// <param name="firstLeg">The acquirer.</param>
    /// <param name="options">What else it needs, if anything.</param>
    /// <returns>The application.</returns>
    /// <exception cref="ArgumentException">The authority has no tenant or belongs to no known cloud, or the region is not the name of
    /// one.</exception>
    public static IConfidentialClientApplication Federated(
        string clientId, Uri authority, IMtlsPopTokenAcquirer firstLeg, ConfidentialApplicationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(authority);
        var exchangeScope = $"{TokenExchange.GetAudience(authority)}/.default";
        return Builder(clientId, authority, options).WithBoundClientAssertion(firstLeg, exchangeScope).Build();
    }

    private static ConfidentialClientApplicationBuilder Builder(string clientId, Uri authority, ConfidentialApplicationOptions? options)
    {
        ArgumentNullException.ThrowIfNull(authority);
        RequireTenant(authority);
        var builder = ConfidentialClientApplicationBuilder.Create(clientId);
        options?.Configure?.Invoke(builder);
        builder = builder.WithAuthority(authority).WithHttpClientFactory(options?.HttpClientFactory ?? new PooledMsalHttpClientFactory());
        if (options?.Region is not { } region)
        {
            return builder;
        }

        RequireRegion(region);
        return builder.WithAzureRegion(region);
    }

    private static void RequireTenant(Uri authority)
    {
        if (!authority.IsAbsoluteUri || authority.Scheme != Uri.UriSchemeHttps || !NamesTenant(authority))
        {
            throw new ArgumentException(
                $"'{authority}' names no tenant, and bound tokens are issued by one: write the tenant's ID or domain in the authority, "
                + "as in https://login.microsoftonline.com/contoso.onmicrosoft.com.",
                nameof(authority));
        }
    }

    private static bool NamesTenant(Uri authority) =>
        authority.Segments.Length > 1
            ? Names.IsTenant(authority.Segments[1].TrimEnd('/'))
            : authority.IdnHost.EndsWith(".ciamlogin.com", StringComparison.OrdinalIgnoreCase); // an external tenant is named by its host

    // MSAL quietly goes to the global endpoint when the name of the region is not well-formed.
    private static void RequireRegion(string region)
    {
        if (region != ConfidentialClientApplication.AttemptRegionDiscovery && !Names.IsRegion(region))
        {
            throw new ArgumentException(
                $"'{region}' is not the name of an Azure region, and MSAL would go to the global endpoint without a word: "
                + "write it in lower case without spaces, such as 'westus3'.",
                nameof(region));
        }
    }
}
