using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MtlsPop;

/// <summary>Makes the clients of <see cref="IHttpClientFactory"/> send bound tokens.</summary>
public static class MtlsPopHttpClientBuilderExtensions
{
    /// <summary>
    /// Makes the client acquire bound tokens and send them over connections of their certificate. Resilience handlers go before it.
    /// </summary>
    /// <param name="builder">The named or typed client.</param>
    /// <param name="acquirer">Makes the acquirer, once, when the program starts.</param>
    /// <param name="configure">Sets the scope, the allowed hosts and the rest.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">The client sends bound tokens already.</exception>
    public static IHttpClientBuilder AddMtlsPop(
        this IHttpClientBuilder builder, Func<IServiceProvider, IMtlsPopTokenAcquirer> acquirer, Action<MtlsPopOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return builder.Add(acquirer, options => options.Configure(configure));
    }

    /// <summary>
    /// Makes the client acquire bound tokens and send them over connections of their certificate, with options from configuration.
    /// </summary>
    /// <param name="builder">The named or typed client.</param>
    /// <param name="acquirer">Makes the acquirer, once, when the program starts.</param>
    /// <param name="configuration">A section with the properties of <see cref="MtlsPopOptions"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">The client sends bound tokens already.</exception>
    public static IHttpClientBuilder AddMtlsPop(
        this IHttpClientBuilder builder, Func<IServiceProvider, IMtlsPopTokenAcquirer> acquirer, IConfiguration configuration) =>
        builder.AddMtlsPop(acquirer, configuration, static _ => { });

    /// <summary>
    /// Makes the client acquire bound tokens and send them over connections of their certificate, with options from configuration and from
    /// code.
    /// </summary>
    /// <param name="builder">The named or typed client.</param>
    /// <param name="acquirer">Makes the acquirer, once, when the program starts.</param>
    /// <param name="configuration">A section with the properties of <see cref="MtlsPopOptions"/>.</param>
    /// <param name="configure">Sets what cannot be written in configuration.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">The client sends bound tokens already.</exception>
    public static IHttpClientBuilder AddMtlsPop(
        this IHttpClientBuilder builder, Func<IServiceProvider, IMtlsPopTokenAcquirer> acquirer, IConfiguration configuration,
        Action<MtlsPopOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.Add(acquirer, options => options.Bind(configuration).Configure(configure));
    }

    private static IHttpClientBuilder Add(
        this IHttpClientBuilder builder, Func<IServiceProvider, IMtlsPopTokenAcquirer> acquirer,
        Action<OptionsBuilder<MtlsPopOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(acquirer);
        var services = builder.Services;
        var name = builder.Name ?? Options.DefaultName; // the builder of ConfigureHttpClientDefaults has none
        if (services.Any(service => service.ServiceType == typeof(BoundClient) && name.Equals(service.ServiceKey)))
        {
            throw new InvalidOperationException($"AddMtlsPop has been called for the client '{name}' already: call it once.");
        }

        services.AddKeyedSingleton(name, (provider, _) => new LiveOptions(provider, name, LoggerOf(provider, name)));
        services.AddKeyedSingleton(name, (provider, _) => Client(provider, name, acquirer));
        configure(services.AddOptions<MtlsPopOptions>(name));
        services.AddOptions<StartCheck>(name)
            .Validate<IServiceProvider>((_, provider) => provider.GetRequiredKeyedService<BoundClient>(name) is not null)
            .ValidateOnStart();

        services.AddSingleton<IPostConfigureOptions<HttpClientFactoryOptions>>(
            new PostConfigureOptions<HttpClientFactoryOptions>(builder.Name, HideSecrets));
        return builder
            .AddHttpMessageHandler(provider => new MtlsPopHandler(provider.GetRequiredKeyedService<BoundClient>(name)))
            .ConfigurePrimaryHttpMessageHandler(provider => new MtlsPopPrimaryHandler(provider.GetRequiredKeyedService<BoundClient>(name)));
    }

    private static BoundClient Client(IServiceProvider services, string name, Func<IServiceProvider, IMtlsPopTokenAcquirer> acquirer)
    {
        var options = services.GetRequiredKeyedService<LiveOptions>(name);
        return new BoundClient(
            acquirer(services)
                ?? throw new InvalidOperationException(
                    $"The acquirer of the client '{name}' is null: AddMtlsPop needs one to acquire tokens with."),
            () => options.Current,
            options.Current.Transport.Services(Category(name), services));
    }

    private static ILogger LoggerOf(IServiceProvider services, string name) =>
        (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(Category(name));

    private static string Category(string name) => $"MtlsPop.{name}";

    private static void HideSecrets(HttpClientFactoryOptions options)
    {
        var hidesAlso = options.ShouldRedactHeaderValue;
        options.ShouldRedactHeaderValue = header => header is "Authorization" or "WWW-Authenticate" || hidesAlso(header);
    }

    /// <summary>
    /// Makes the client when the program starts, so that its options are validated and its acquirer can be made. Not part of the options:
    /// an acquirer may read those.
    /// </summary>
    internal sealed class StartCheck;
}
