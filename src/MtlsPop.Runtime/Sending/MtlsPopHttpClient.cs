using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>Makes clients that acquire bound tokens and send them over connections of their certificate. Keep one for each resource.</summary>
public static class MtlsPopHttpClient
{
    /// <summary>Makes a client that sends as a managed identity.</summary>
    /// <param name="app">The managed identity.</param>
    /// <param name="scope">The scope or resource that the tokens are for.</param>
    /// <param name="allowedHosts">Where tokens may be sent: host names, or <c>*.suffix</c>.</param>
    /// <param name="configure">Sets anything else.</param>
    /// <param name="loggerFactory">Where to log, if anywhere.</param>
    /// <returns>The client. Disposing it ends its connections, and no certificate.</returns>
    /// <exception cref="OptionsValidationException">The scope, the hosts or other options cannot work.</exception>
    public static HttpClient Create(
        IManagedIdentityApplication app, string scope, IEnumerable<string> allowedHosts,
        Action<MtlsPopOptions>? configure = null, ILoggerFactory? loggerFactory = null) =>
        Create(MtlsPopTokenAcquirer.Create(app), scope, allowedHosts, configure, loggerFactory);

    /// <summary>Makes a client that sends as a confidential client.</summary>
    /// <param name="app">The confidential client.</param>
    /// <param name="scope">The scope that the tokens are for.</param>
    /// <param name="allowedHosts">Where tokens may be sent: host names, or <c>*.suffix</c>.</param>
    /// <param name="configure">Sets anything else.</param>
    /// <param name="loggerFactory">Where to log, if anywhere.</param>
    /// <returns>The client. Disposing it ends its connections, and no certificate.</returns>
    /// <exception cref="OptionsValidationException">The scope, the hosts or other options cannot work.</exception>
    public static HttpClient Create(
        IConfidentialClientApplication app, string scope, IEnumerable<string> allowedHosts,
        Action<MtlsPopOptions>? configure = null, ILoggerFactory? loggerFactory = null) =>
        Create(MtlsPopTokenAcquirer.Create(app), scope, allowedHosts, configure, loggerFactory);

    /// <summary>Makes a client that sends what an acquirer acquires.</summary>
    /// <param name="acquirer">The acquirer.</param>
    /// <param name="scope">The scope that the tokens are for.</param>
    /// <param name="allowedHosts">Where tokens may be sent: host names, or <c>*.suffix</c>.</param>
    /// <param name="configure">Sets anything else.</param>
    /// <param name="loggerFactory">Where to log, if anywhere.</param>
    /// <returns>The client. Disposing it ends its connections, and no certificate.</returns>
    /// <exception cref="OptionsValidationException">The scope, the hosts or other options cannot work.</exception>
    public static HttpClient Create(
        IMtlsPopTokenAcquirer acquirer, string scope, IEnumerable<string> allowedHosts,
        Action<MtlsPopOptions>? configure = null, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(acquirer);
        ArgumentNullException.ThrowIfNull(allowedHosts);
        var options = new MtlsPopOptions { Scope = scope };
        foreach (var host in allowedHosts)
        {
            options.AllowedHosts.Add(host);
        }

        configure?.Invoke(options);
        return new HttpClient(CreateHandler(acquirer, options, loggerFactory));
    }

    /// <summary>Makes the handler of such a client, to put other handlers around it: each of their attempts gets its own token.</summary>
    /// <param name="acquirer">The acquirer.</param>
    /// <param name="options">The options.</param>
    /// <param name="loggerFactory">Where to log, if anywhere.</param>
    /// <returns>The handler. Disposing it ends its connections, and no certificate.</returns>
    /// <exception cref="OptionsValidationException">The scope, the hosts or other options cannot work.</exception>
    public static HttpMessageHandler CreateHandler(
        IMtlsPopTokenAcquirer acquirer, MtlsPopOptions options, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(acquirer);
        ArgumentNullException.ThrowIfNull(options);
        MtlsPopOptionsValidator.Require(options);
        var logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger(nameof(MtlsPopHttpClient));
        var client = new BoundClient(acquirer, () => options, TimeProvider.System, logger);
        return new MtlsPopHandler(client) { InnerHandler = new MtlsPopPrimaryHandler(client) { DisposesClient = true } };
    }
}
