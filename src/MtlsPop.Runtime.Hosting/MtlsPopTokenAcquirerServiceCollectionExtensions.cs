using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MtlsPop;

/// <summary>Registers acquirers of bound tokens.</summary>
/// <remarks>
/// An acquirer is injected as <see cref="IMtlsPopTokenAcquirer"/>, by its name as key where it has one. A host makes it, and says what is
/// wrong with it,
/// before it takes requests; without a host that happens when it is first used. What cannot be written in configuration, such as a
/// callback,
/// is set with <c>services.Configure&lt;MtlsPopApplicationOptions&gt;(...)</c>.
/// </remarks>
public static class MtlsPopTokenAcquirerServiceCollectionExtensions
{
    /// <summary>Adds the program's acquirer, with its application from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">
    /// A section with the properties of <see cref="MtlsPopApplicationOptions"/>. It may change while the program runs.
    /// </param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddMtlsPopTokenAcquirer(this IServiceCollection services, IConfiguration configuration) =>
        services.AddMtlsPopTokenAcquirer(Options.DefaultName, configuration);

    /// <summary>Adds a named acquirer, with its application from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is also the key to inject it by.</param>
    /// <param name="configuration">
    /// A section with the properties of <see cref="MtlsPopApplicationOptions"/>. It may change while the program runs.
    /// </param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddMtlsPopTokenAcquirer(this IServiceCollection services, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddConfigured(name, configuration, options => configuration.Bind(options));
    }

    /// <summary>Adds the program's acquirer, with its application from code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Describes the application.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddMtlsPopTokenAcquirer(
        this IServiceCollection services,
        Action<MtlsPopApplicationOptions> configure) =>
        services.AddMtlsPopTokenAcquirer(Options.DefaultName, configure);

    /// <summary>Adds a named acquirer, with its application from code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is also the key to inject it by.</param>
    /// <param name="configure">Describes the application.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddMtlsPopTokenAcquirer(
        this IServiceCollection services, string name, Action<MtlsPopApplicationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddConfigured(name, section: null, configure);
    }

    /// <summary>Adds the program's acquirer, made by the program.</summary>
    /// <param name="services">The services.</param>
    /// <param name="acquirer">Makes it, once.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddMtlsPopTokenAcquirer(
        this IServiceCollection services,
        Func<IServiceProvider, IMtlsPopTokenAcquirer> acquirer) =>
        services.AddMtlsPopTokenAcquirer(Options.DefaultName, acquirer);

    /// <summary>Adds a named acquirer, made by the program.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is also the key to inject it by.</param>
    /// <param name="acquirer">Makes it, once.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddMtlsPopTokenAcquirer(
        this IServiceCollection services, string name, Func<IServiceProvider, IMtlsPopTokenAcquirer> acquirer)
    {
        ArgumentNullException.ThrowIfNull(acquirer);
        return services.Add(name, section: null, provider =>
        {
            var metrics = RuntimeMetrics.Of(provider.GetRequiredService<IMeterFactory>());
            return _ => Task.FromResult(ConfiguredApplication.Of(acquirer(provider).MeasuredWith(metrics)));
        });
    }

    private static IServiceCollection AddConfigured(
        this IServiceCollection services, string name, IConfiguration? section, Action<MtlsPopApplicationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<MtlsPopApplicationOptions>(name).Configure(configure);
        return services.Add(name, section, provider => cancellationToken => ConfiguredApplication.CreateAsync(
            name,
            provider.GetRequiredService<IOptionsFactory<MtlsPopApplicationOptions>>().Create(name),
            cache => CacheFor(name, cache, provider),
            certificate => new CertificateSource(certificate, name, Clock(provider), Logger(provider)),
            provider,
            cancellationToken));
    }

    private static IServiceCollection Add(
        this IServiceCollection services, string name, IConfiguration? section,
        Func<IServiceProvider, Func<CancellationToken, Task<ConfiguredApplication>>> make)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        if (services.Any(service => service.ServiceType == typeof(HostedAcquirer) && name.Equals(service.ServiceKey)))
        {
            throw new InvalidOperationException(
                $"AddMtlsPopTokenAcquirer has been called for the name '{name}' already: give each acquirer a name of its own.");
        }

        services.AddMetrics();
        if (!services.Any(service => service.ServiceType == typeof(HostingMetrics)))
        {
            services.AddSingleton<HostingMetrics>();
            services.AddHostedService<AcquirerStart>();
        }

        services.AddKeyedSingleton(name, (provider, _) => new HostedAcquirer(
            name, section, make(provider), provider.GetRequiredService<HostingMetrics>(), Clock(provider), Logger(provider)));
        services.AddSingleton(new AcquirerName(name));
        services.AddKeyedSingleton<IMtlsPopTokenAcquirer>(name, static (provider, name) =>
            provider.GetRequiredKeyedService<HostedAcquirer>(name));
        return name == Options.DefaultName
            ? services.AddSingleton<IMtlsPopTokenAcquirer>(static provider =>
                provider.GetRequiredKeyedService<HostedAcquirer>(Options.DefaultName))
            : services;
    }

    private static SharedTokenCache CacheFor(string name, MtlsPopSharedCacheOptions options, IServiceProvider provider)
    {
        var cache = provider.GetService<IDistributedCache>()
            ?? throw new ArgumentException("SharedCache needs an IDistributedCache: register one, such as AddStackExchangeRedisCache.");
        var protector = !options.Encrypt ? null
            : provider.GetService<IDataProtectionProvider>()?.CreateProtector("MtlsPop.SharedTokens", "v1")
            ?? throw new ArgumentException(
                "SharedCache:Encrypt needs data protection: call AddDataProtection, with keys that the replicas share.");
        return new SharedTokenCache(
            cache,
            protector,
            options,
            name,
            provider.GetRequiredService<HostingMetrics>(),
            Clock(provider),
            Logger(provider));
    }

    private static TimeProvider Clock(IServiceProvider provider) => provider.GetService<TimeProvider>() ?? TimeProvider.System;

    private static ILogger Logger(IServiceProvider provider) =>
        (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("MtlsPop.Hosting");
}

/// <summary>That there is an acquirer of this name.</summary>
internal sealed record AcquirerName(string Name);
