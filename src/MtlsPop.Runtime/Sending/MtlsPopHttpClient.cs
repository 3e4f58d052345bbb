using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>
/// Makes clients that acquire bound tokens and send them over connections of their certificate. Keep one for each resource.
/// </summary>
/// <remarks>
/// A call of such a client can throw, beside <see cref="HttpRequestException"/> and <see cref="OperationCanceledException"/>:
/// <see cref="MtlsPopException"/>
/// where the request would not have been bound or the server refused the certificate, and <see cref="MsalException"/> where no token could
/// be acquired.
/// </remarks>
public static class MtlsPopHttpClient
{
    /// <summary>Makes a client that sends as a managed identity.</summary>
    /// <param name="app">The managed identity.</param>
    /// <param name="scope">The scope or resource that the tokens are for.</param>
    /// <param name="allowedHosts">Where tokens may be sent: host names, or <c>*.suffix</c>.</param>
    /// <returns>The client. Disposing it ends its connections, and no certificate.</returns>
    /// <exception cref="OptionsValidationException">The scope or the hosts cannot work.</exception>
    /// <exception cref="MtlsPopException">The attestation package is missing.</exception>
    public static HttpClient Create(IManagedIdentityApplication app, string scope, IEnumerable<string> allowedHosts) =>
        Create(MtlsPopTokenAcquirer.Create(app), scope, allowedHosts);

    /// <summary>Makes a client that sends as a managed identity, with options of its own.</summary>
    /// <param name="app">The managed identity.</param>
    /// <param name="options">The options.</param>
    /// <returns>The client. Disposing it ends its connections, and no certificate.</returns>
    /// <exception cref="OptionsValidationException">The options cannot work.</exception>
    /// <exception cref="MtlsPopException">The attestation package is missing.</exception>
    public static HttpClient Create(IManagedIdentityApplication app, MtlsPopOptions options) =>
        Create(MtlsPopTokenAcquirer.Create(app), options);

    /// <summary>Makes a client that sends as a confidential client.</summary>
    /// <param name="app">The confidential client.</param>
    /// <param name="scope">The scope that the tokens are for.</param>
    /// <param name="allowedHosts">Where tokens may be sent: host names, or <c>*.suffix</c>.</param>
    /// <returns>The client. Disposing it ends its connections, and no certificate.</returns>
    /// <exception cref="OptionsValidationException">The scope or the hosts cannot work.</exception>
    public static HttpClient Create(IConfidentialClientApplication app, string scope, IEnumerable<string> allowedHosts) =>
        Create(MtlsPopTokenAcquirer.Create(app), scope, allowedHosts);

    /// <summary>Makes a client that sends as a confidential client, with options of its own.</summary>
    /// <param name="app">The confidential client.</param>
    /// <param name="options">The options.</param>
    /// <returns>The client. Disposing it ends its connections, and no certificate.</returns>
    /// <exception cref="OptionsValidationException">The options cannot work.</exception>
    public static HttpClient Create(IConfidentialClientApplication app, MtlsPopOptions options) =>
        Create(MtlsPopTokenAcquirer.Create(app), options);

    /// <summary>Makes a client that sends what an acquirer acquires.</summary>
    /// <param name="acquirer">The acquirer.</param>
    /// <param name="scope">The scope that the tokens are for.</param>
    /// <param name="allowedHosts">Where tokens may be sent: host names, or <c>*.suffix</c>.</param>
    /// <returns>The client. Disposing it ends its connections, and no certificate.</returns>
    /// <exception cref="OptionsValidationException">The scope or the hosts cannot work.</exception>
    public static HttpClient Create(IMtlsPopTokenAcquirer acquirer, string scope, IEnumerable<string> allowedHosts)
    {
        ArgumentNullException.ThrowIfNull(allowedHosts);
        var options = new MtlsPopOptions { Scope = scope };
        foreach (var host in allowedHosts)
        {
            options.AllowedHosts.Add(host);
        }

        return Create(acquirer, options);
    }

    /// <summary>Makes a client that sends what an acquirer acquires, with options of its own.</summary>
    /// <param name="acquirer">The acquirer.</param>
    /// <param name="options">The options.</param>
    /// <returns>The client. Disposing it ends its connections, and no certificate.</returns>
    /// <exception cref="OptionsValidationException">The options cannot work.</exception>
    public static HttpClient Create(IMtlsPopTokenAcquirer acquirer, MtlsPopOptions options) => new(CreateHandler(acquirer, options));

    /// <summary>Makes the handler of such a client, to put other handlers around it: each of their attempts gets its own token.</summary>
    /// <param name="acquirer">The acquirer.</param>
    /// <param name="options">The options.</param>
    /// <returns>The handler. Disposing it ends its connections, and no certificate.</returns>
    /// <exception cref="OptionsValidationException">The options cannot work.</exception>
    public static HttpMessageHandler CreateHandler(IMtlsPopTokenAcquirer acquirer, MtlsPopOptions options)
    {
        ArgumentNullException.ThrowIfNull(acquirer);
        ArgumentNullException.ThrowIfNull(options);
        var frozen = MtlsPopOptionsValidator.Freeze(options);
        var client = new BoundClient(acquirer, () => frozen, frozen.Transport.Services(typeof(MtlsPopHttpClient).FullName!));
        return new MtlsPopHandler(client) { InnerHandler = new MtlsPopPrimaryHandler(client) { DisposesClient = true } };
    }
}
