using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>
/// Makes acquirers of bound tokens. All acquirers of one application share what they know, and it goes with the application.
/// </summary>
public static class MtlsPopTokenAcquirer
{
    private static readonly ConditionalWeakTable<
        IManagedIdentityApplication, ConcurrentDictionary<ManagedIdentityBindingOptions, TokenAcquirer>> _managedIdentities = [];

    private static readonly ConditionalWeakTable<IConfidentialClientApplication, TokenAcquirer> _confidentialClients = [];

    private static readonly ManagedIdentityBindingOptions _strongest = new();

    /// <summary>Acquires for a managed identity.</summary>
    /// <param name="app">The application: keep one for each identity, because MSAL remembers the certificate in it.</param>
    /// <param name="options">How strongly tokens must be bound; by default attested, with a key in KeyGuard.</param>
    /// <returns>The acquirer.</returns>
    /// <exception cref="MtlsPopException">Attestation is required and its package is missing.</exception>
    public static IMtlsPopTokenAcquirer Create(IManagedIdentityApplication app, ManagedIdentityBindingOptions? options = null)
    {
        if ((options ?? _strongest).RequireAttestation)
        {
            KeyAttestation.EnsureAvailable();
        }

        return For(app, options);
    }

    /// <summary>Acquires for a confidential client with a certificate or a bound assertion.</summary>
    /// <param name="app">The application.</param>
    /// <returns>The acquirer.</returns>
    public static IMtlsPopTokenAcquirer Create(IConfidentialClientApplication app) => For(app);

    /// <summary>
    /// Acquires by any other means, with the same checks: for requests that need more than the other acquirers offer, and for tests.
    /// </summary>
    /// <param name="execute">Makes one request and returns MSAL's result.</param>
    /// <returns>The acquirer.</returns>
    public static IMtlsPopTokenAcquirer Create(Func<MtlsPopTokenRequest, CancellationToken, Task<AuthenticationResult>> execute)
    {
        ArgumentNullException.ThrowIfNull(execute);
        return new TokenAcquirer("custom", execute, TimeProvider.System);
    }

    /// <summary>The acquirer for a client or host that measures with a meter of its own.</summary>
    internal static IMtlsPopTokenAcquirer MeasuredWith(this IMtlsPopTokenAcquirer acquirer, RuntimeMetrics metrics) =>
        acquirer is TokenAcquirer ours ? ours.MeasuredWith(metrics) : acquirer;

    internal static TokenAcquirer For(IManagedIdentityApplication app, ManagedIdentityBindingOptions? options)
    {
        ArgumentNullException.ThrowIfNull(app);
        return _managedIdentities.GetValue(app, static _ => new()).GetOrAdd(
            options ?? _strongest,
            static (options, app) =>
                new TokenAcquirer("managed_identity", new ManagedIdentityRequests(app, options).ExecuteAsync, TimeProvider.System),
            app);
    }

    internal static TokenAcquirer For(IConfidentialClientApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return _confidentialClients.GetValue(
            app,
            static app => new TokenAcquirer("confidential_client", new ConfidentialClientRequests(app).ExecuteAsync, TimeProvider.System));
    }
}
