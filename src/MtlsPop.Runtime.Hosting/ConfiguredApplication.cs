using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace MtlsPop;

/// <summary>What options of an application come to: an acquirer, its certificate, and connections to the token service.</summary>
internal sealed class ConfiguredApplication : IDisposable
{
    private readonly IDisposable? _connections;

    private ConfiguredApplication(IDisposable? connections) => _connections = connections;

    public required IMtlsPopTokenAcquirer Acquirer { get; init; }

    /// <summary>The certificate of the application or of its first leg; a managed identity's is MSAL's.</summary>
    public required CertificateSource? Certificate { get; init; }

    /// <summary>The managed identity of the application or of its first leg.</summary>
    public required IManagedIdentityApplication? Machine { get; init; }

    public required MtlsPopApplicationOptions Options { get; init; }

    /// <exception cref="OptionsValidationException">The options cannot work.</exception>
    /// <exception cref="MtlsPopException">The certificate is not there or cannot be presented, or attestation is not available.</exception>
    public static async Task<ConfiguredApplication> CreateAsync(
        string name, MtlsPopApplicationOptions options, Func<MtlsPopSharedCacheOptions, SharedTokenCache> cacheOf,
        Func<MtlsPopCertificateOptions, CertificateSource> certificateOf, IServiceProvider host, CancellationToken cancellationToken)
    {
        Require(name, ApplicationOptionsValidator.Failures(options));
        var (clock, _, metrics) = options.Transport.Services(typeof(ConfiguredApplication).FullName!, host);
        var http = new PooledMsalHttpClientFactory(options.Transport, host);
        try
        {
            var cache = options.SharedCache is { Enabled: true } shared ? cacheOf(shared) : null;
            var identity = options.FirstLeg ?? options;
            var certificate = identity.Certificate is { } source ? certificateOf(source) : null;
            if (certificate is not null)
            {
                CertificateBinding.Of(await certificate.GetAsync(cancellationToken).ConfigureAwait(false), clock);
            }

            var machine = identity.ManagedIdentity is { } managed
                ? MtlsPopApplication.ManagedIdentity(IdOf(managed), new ManagedIdentityApplicationOptions { HttpClientFactory = http })
                : null;
            var acquirer = machine is null
                ? MtlsPopTokenAcquirer.Create(WithCertificate(identity, certificate!, http)).MeasuredWith(metrics)
                : MtlsPopTokenAcquirer.Create(machine, StrengthOf(identity.ManagedIdentity!)).MeasuredWith(metrics);
            if (cache is not null && certificate is not null)
            {
                acquirer = new SharedTokenAcquirer(acquirer, NameOf(identity), certificate.GetAsync, cache, clock);
            }

            if (options.FirstLeg is not null)
            {
                acquirer = Federated(options, acquirer, cache, http, clock, metrics);
            }

            return new ConfiguredApplication(http) { Acquirer = acquirer, Certificate = certificate, Machine = machine, Options = options };
        }
        catch (ArgumentException exception)
        {
            http.Dispose();
            throw new OptionsValidationException(name, typeof(MtlsPopApplicationOptions), [Named(name, exception.Message)]);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>What a program brings itself.</summary>
    public static ConfiguredApplication Of(IMtlsPopTokenAcquirer acquirer) =>
        new(connections: null) { Acquirer = acquirer, Certificate = null, Machine = null, Options = new MtlsPopApplicationOptions() };

    public void Dispose() => _connections?.Dispose();

    private static void Require(string name, IEnumerable<string> failures)
    {
        var all = failures.Select(failure => Named(name, failure)).ToArray();
        if (all.Length > 0)
        {
            throw new OptionsValidationException(name, typeof(MtlsPopApplicationOptions), all);
        }
    }

    private static string Named(string name, string failure) =>
        name.Length == 0 ? $"The acquirer: {failure}" : $"The acquirer '{name}': {failure}";

    private static IConfidentialClientApplication WithCertificate(
        MtlsPopIdentityOptions options, CertificateSource certificate, PooledMsalHttpClientFactory http) =>
        MtlsPopApplication.Certificate(
            options.ClientId!, new Uri(options.Authority!), request => certificate.GetAsync(request.CancellationToken),
            new ConfidentialApplicationOptions { Region = options.Region, HttpClientFactory = http });

    private static IMtlsPopTokenAcquirer Federated(
        MtlsPopApplicationOptions options, IMtlsPopTokenAcquirer firstLeg, SharedTokenCache? cache, PooledMsalHttpClientFactory http,
        TimeProvider clock, RuntimeMetrics metrics)
    {
        var authority = new Uri(options.Authority!);
        var app = MtlsPopApplication.Federated(
            options.ClientId!, authority, firstLeg,
            new ConfidentialApplicationOptions { Region = options.Region, HttpClientFactory = http });
        var acquirer = MtlsPopTokenAcquirer.Create(app).MeasuredWith(metrics);
        if (cache is null)
        {
            return acquirer;
        }

        // The second leg's tokens are bound to the certificate of the first leg's.
        var exchange = new MtlsPopTokenRequest($"{TokenExchange.GetAudience(authority)}/.default");
        return new SharedTokenAcquirer(
            acquirer,
            NameOf(options),
            async cancelled => (await firstLeg.AcquireAsync(exchange, cancelled).ConfigureAwait(false)).BindingCertificate,
            cache,
            clock);
    }

    private static string NameOf(MtlsPopIdentityOptions options) => $"{options.ClientId}\n{options.Authority}";

    private static ManagedIdentityId IdOf(MtlsPopManagedIdentityOptions options) => options switch
    {
        { UserAssignedClientId: { } id } => ManagedIdentityId.WithUserAssignedClientId(id),
        { UserAssignedResourceId: { } id } => ManagedIdentityId.WithUserAssignedResourceId(id),
        { UserAssignedObjectId: { } id } => ManagedIdentityId.WithUserAssignedObjectId(id),
        _ => ManagedIdentityId.SystemAssigned,
    };

    private static ManagedIdentityBindingOptions StrengthOf(MtlsPopManagedIdentityOptions options) =>
        new() { RequireAttestation = options.RequireAttestation, MinimumBindingStrength = options.MinimumBindingStrength };
}
