using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.Extensibility;

namespace MtlsPop;

/// <summary>Builds MSAL applications that are able to acquire bound tokens, and says at once why one would not be.</summary>
public static partial class MtlsPopApplication
{
    /// <summary>Builds the application of a managed identity. Keep one for each identity.</summary>
    /// <param name="identity"><see cref="ManagedIdentityId.SystemAssigned"/>, or a user-assigned identity by client, resource or object ID.</param>
    /// <param name="configure">Sets anything else on MSAL's builder.</param>
    /// <returns>The application.</returns>
    public static IManagedIdentityApplication ManagedIdentity(
        ManagedIdentityId identity, Action<ManagedIdentityApplicationBuilder>? configure = null)
    {
        var builder = ManagedIdentityApplicationBuilder.Create(identity).WithHttpClientFactory(new PooledMsalHttpClientFactory());
        configure?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>Builds a confidential client with a certificate.</summary>
    /// <param name="clientId">The client ID.</param>
    /// <param name="authority">The authority with its tenant, <c>https://login.microsoftonline.com/contoso.onmicrosoft.com</c>.</param>
    /// <param name="certificate">The certificate, which must stay alive as long as the application.</param>
    /// <param name="region">The Azure region, <c>westus3</c>; the global endpoint by default.</param>
    /// <param name="configure">Sets anything else on MSAL's builder.</param>
    /// <returns>The application.</returns>
    /// <exception cref="ArgumentException">The authority has no tenant, or the region is not the name of one.</exception>
    /// <exception cref="MtlsPopException">The certificate cannot be presented.</exception>
    public static IConfidentialClientApplication Certificate(
        string clientId, Uri authority, X509Certificate2 certificate, string? region = null,
        Action<ConfidentialClientApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        Binding.Of(certificate, TimeProvider.System);
        return Builder(clientId, authority, region, configure).WithCertificate(certificate, sendX5C: true).Build();
    }

    /// <summary>Builds a confidential client whose certificate is asked for each time, so that it can be renewed while the application runs.</summary>
    /// <param name="clientId">The client ID.</param>
    /// <param name="authority">The authority with its tenant, <c>https://login.microsoftonline.com/contoso.onmicrosoft.com</c>.</param>
    /// <param name="certificate">Returns the certificate to use now; it must be quick and return the same object until the certificate changes.</param>
    /// <param name="region">The Azure region, <c>westus3</c>; the global endpoint by default.</param>
    /// <param name="configure">Sets anything else on MSAL's builder.</param>
    /// <returns>The application.</returns>
    /// <exception cref="ArgumentException">The authority has no tenant, or the region is not the name of one.</exception>
    public static IConfidentialClientApplication Certificate(
        string clientId, Uri authority, Func<AssertionRequestOptions, Task<X509Certificate2>> certificate, string? region = null,
        Action<ConfidentialClientApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Builder(clientId, authority, region, configure)
            .WithExperimentalFeatures() // MSAL counts a certificate callback among them
            .WithCertificate(certificate, new CertificateOptions { SendX5C = true })
            .Build();
    }

    /// <summary>Builds the second leg of a federation, whose credential is a bound token of a managed identity.</summary>
    /// <param name="clientId">The client ID.</param>
    /// <param name="authority">The authority with its tenant, <c>https://login.microsoftonline.com/contoso.onmicrosoft.com</c>.</param>
    /// <param name="firstLeg">The managed identity.</param>
    /// <param name="region">The Azure region, <c>westus3</c>; the global endpoint by default.</param>
    /// <param name="configure">Sets anything else on MSAL's builder.</param>
    /// <returns>The application.</returns>
    /// <exception cref="ArgumentException">The authority has no tenant, or the region is not the name of one.</exception>
    /// <exception cref="MtlsPopException">The attestation package is missing.</exception>
    public static IConfidentialClientApplication Federated(
        string clientId, Uri authority, IManagedIdentityApplication firstLeg, string? region = null,
        Action<ConfidentialClientApplicationBuilder>? configure = null) =>
        Federated(clientId, authority, MtlsPopTokenAcquirer.Create(firstLeg), region, configure);

    /// <summary>Builds the second leg of a federation, whose credential is a bound token of another confidential client.</summary>
    /// <param name="clientId">The client ID.</param>
    /// <param name="authority">The authority with its tenant, <c>https://login.microsoftonline.com/contoso.onmicrosoft.com</c>.</param>
    /// <param name="firstLeg">A confidential client with a certificate.</param>
    /// <param name="region">The Azure region, <c>westus3</c>; the global endpoint by default.</param>
    /// <param name="configure">Sets anything else on MSAL's builder.</param>
    /// <returns>The application.</returns>
    /// <exception cref="ArgumentException">The authority has no tenant, or the region is not the name of one.</exception>
    public static IConfidentialClientApplication Federated(
        string clientId, Uri authority, IConfidentialClientApplication firstLeg, string? region = null,
        Action<ConfidentialClientApplicationBuilder>? configure = null) =>
        Federated(clientId, authority, MtlsPopTokenAcquirer.Create(firstLeg), region, configure);

    /// <summary>Builds the second leg of a federation, whose credential is whatever an acquirer acquires.</summary>
    /// <param name="clientId">The client ID.</param>
    /// <param name="authority">The authority with its tenant, <c>https://login.microsoftonline.com/contoso.onmicrosoft.com</c>.</param>
    /// <param name="firstLeg">The acquirer.</param>
    /// <param name="region">The Azure region, <c>westus3</c>; the global endpoint by default.</param>
    /// <param name="configure">Sets anything else on MSAL's builder.</param>
    /// <returns>The application.</returns>
    /// <exception cref="ArgumentException">The authority has no tenant or belongs to no known cloud, or the region is not the name of one.</exception>
    public static IConfidentialClientApplication Federated(
        string clientId, Uri authority, IMtlsPopTokenAcquirer firstLeg, string? region = null,
        Action<ConfidentialClientApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(authority);
        var exchangeScope = $"{TokenExchange.GetAudience(authority)}/.default";
        return Builder(clientId, authority, region, configure).WithBoundClientAssertion(firstLeg, exchangeScope).Build();
    }

    private static ConfidentialClientApplicationBuilder Builder(
        string clientId, Uri authority, string? region, Action<ConfidentialClientApplicationBuilder>? configure)
    {
        ArgumentNullException.ThrowIfNull(authority);
        RequireTenant(authority);
        var builder = ConfidentialClientApplicationBuilder.Create(clientId)
            .WithAuthority(authority)
            .WithHttpClientFactory(new PooledMsalHttpClientFactory());
        if (region is not null)
        {
            RequireRegion(region);
            builder = builder.WithAzureRegion(region);
        }

        configure?.Invoke(builder);
        return builder;
    }

    private static void RequireTenant(Uri authority)
    {
        var tenant = authority.Segments.Length > 1 ? authority.Segments[1].TrimEnd('/').ToLowerInvariant() : "";
        if (authority.Scheme != Uri.UriSchemeHttps || tenant is "" or "common" or "organizations" or "consumers")
        {
            throw new ArgumentException(
                $"'{authority}' names no tenant, and bound tokens are issued by one: write the tenant's ID or domain in the authority, as in https://login.microsoftonline.com/contoso.onmicrosoft.com.",
                nameof(authority));
        }
    }

    // MSAL quietly goes to the global endpoint when the name of the region is not well-formed.
    private static void RequireRegion(string region)
    {
        if (region != ConfidentialClientApplication.AttemptRegionDiscovery && !RegionName().IsMatch(region))
        {
            throw new ArgumentException(
                $"'{region}' is not the name of an Azure region, and MSAL would go to the global endpoint without a word: write it in lower case without spaces, such as 'westus3'.",
                nameof(region));
        }
    }

    [GeneratedRegex(@"\A[a-z0-9]+\z")]
    private static partial Regex RegionName();
}
