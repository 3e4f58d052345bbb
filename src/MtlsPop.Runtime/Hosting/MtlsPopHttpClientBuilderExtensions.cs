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
    /// <summary>Makes the client acquire bound tokens and send them over connections of their certificate. Resilience handlers go before it.</summary>
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

    /// <summary>Makes the client acquire bound tokens and send them over connections of their certificate, with options from configuration.</summary>
    /// <param name="builder">The named or typed client.</param>
    /// <param name="acquirer">Makes the acquirer, once, when the program starts.</param>
    /// <param name="configuration">A section with the properties of <see cref="MtlsPopOptions"/>.</param>
    /// <param name="configure">Sets what cannot be written in configuration.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">The client sends bound tokens already.</exception>
    public static IHttpClientBuilder AddMtlsPop(
        this IHttpClientBuilder builder, Func<IServiceProvider, IMtlsPopTokenAcquirer> acquirer, IConfiguration configuration,
        Action<MtlsPopOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return builder.Add(acquirer, options => options.Bind(configuration).Configure(bound => configure?.Invoke(bound)));
    }

    private static IHttpClientBuilder Add(
        this IHttpClientBuilder builder, Func<IServiceProvider, IMtlsPopTokenAcquirer> acquirer, Action<OptionsBuilder<MtlsPopOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(acquirer);
        var name = builder.Name;
        if (builder.Services.Any(service => service.ServiceType == typeof(BoundClient) && name.Equals(service.ServiceKey)))
        {
            throw new InvalidOperationException($"AddMtlsPop has been called for the client '{name}' already: call it once.");
        }

        builder.Services.AddKeyedSingleton(name, (services, _) => new BoundClient(
            acquirer(services),
            CurrentOptions(services, name),
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger($"MtlsPop.{name}")));

        var options = builder.Services.AddOptions<MtlsPopOptions>(name);
        configure(options);
        options.ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<MtlsPopOptions>>(services => new ClientValidation(name, services));

        builder.Services.PostConfigure<HttpClientFactoryOptions>(name, HideSecrets);
        return builder
            .AddHttpMessageHandler(services => new MtlsPopHandler(services.GetRequiredKeyedService<BoundClient>(name)))
            .ConfigurePrimaryHttpMessageHandler(services => new MtlsPopPrimaryHandler(services.GetRequiredKeyedService<BoundClient>(name)));
    }

    private static Func<MtlsPopOptions> CurrentOptions(IServiceProvider services, string name)
    {
        var monitor = services.GetRequiredService<IOptionsMonitor<MtlsPopOptions>>();
        return () => monitor.Get(name);
    }

    private static void HideSecrets(HttpClientFactoryOptions options)
    {
        var hidesAlso = options.ShouldRedactHeaderValue;
        options.ShouldRedactHeaderValue = header => header is "Authorization" or "WWW-Authenticate" || hidesAlso(header);
    }

    /// <summary>Checks one client's options, and that its acquirer can be made.</summary>
    private sealed class ClientValidation(string client, IServiceProvider services) : IValidateOptions<MtlsPopOptions>
    {
        public ValidateOptionsResult Validate(string? name, MtlsPopOptions options)
        {
            if (name != client)
            {
                return ValidateOptionsResult.Skip;
            }

            var failures = MtlsPopOptionsValidator.Failures(options).ToArray();
            if (failures.Length > 0)
            {
                return ValidateOptionsResult.Fail(failures.Select(failure => $"The client '{client}': {failure}"));
            }

            services.GetRequiredKeyedService<BoundClient>(client);
            return ValidateOptionsResult.Success;
        }
    }
}
