using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MtlsPop;

/// <summary>
/// Makes the clients of <see cref="IHttpClientFactory"/> send tokens of an acquirer that is registered with <c>AddMtlsPopTokenAcquirer</c>.
/// </summary>
/// <remarks>What cannot be written in configuration is set with <c>services.Configure&lt;MtlsPopOptions&gt;(client, ...)</c>.</remarks>
public static class MtlsPopHostedHttpClientBuilderExtensions
{
    /// <summary>
    /// Makes the client send tokens of the program's acquirer, with the <see cref="MtlsPopOptions"/> that are configured under the client's
    /// name.
    /// </summary>
    /// <param name="builder">The named or typed client.</param>
    /// <returns>The builder.</returns>
    public static IHttpClientBuilder AddMtlsPop(this IHttpClientBuilder builder) => builder.AddMtlsPop(static _ => { });

    /// <summary>Makes the client send tokens of the program's acquirer.</summary>
    /// <param name="builder">The named or typed client.</param>
    /// <param name="configure">Sets the scope, the allowed hosts and the rest.</param>
    /// <returns>The builder.</returns>
    public static IHttpClientBuilder AddMtlsPop(this IHttpClientBuilder builder, Action<MtlsPopOptions> configure) =>
        builder.AddMtlsPop(Options.DefaultName, configure);

    /// <summary>Makes the client send tokens of the program's acquirer, with options from configuration.</summary>
    /// <param name="builder">The named or typed client.</param>
    /// <param name="configuration">A section with the properties of <see cref="MtlsPopOptions"/>.</param>
    /// <returns>The builder.</returns>
    public static IHttpClientBuilder AddMtlsPop(this IHttpClientBuilder builder, IConfiguration configuration) =>
        builder.AddMtlsPop(Options.DefaultName, configuration);

    /// <summary>Makes the client send tokens of a named acquirer.</summary>
    /// <param name="builder">The named or typed client.</param>
    /// <param name="acquirer">The acquirer's name.</param>
    /// <param name="configure">Sets the scope, the allowed hosts and the rest.</param>
    /// <returns>The builder.</returns>
    public static IHttpClientBuilder AddMtlsPop(this IHttpClientBuilder builder, string acquirer, Action<MtlsPopOptions> configure) =>
        builder.AddMtlsPop(services => Acquirer(services, acquirer), configure);

    /// <summary>Makes the client send tokens of a named acquirer, with options from configuration.</summary>
    /// <param name="builder">The named or typed client.</param>
    /// <param name="acquirer">The acquirer's name.</param>
    /// <param name="configuration">A section with the properties of <see cref="MtlsPopOptions"/>.</param>
    /// <returns>The builder.</returns>
    public static IHttpClientBuilder AddMtlsPop(this IHttpClientBuilder builder, string acquirer, IConfiguration configuration) =>
        builder.AddMtlsPop(services => Acquirer(services, acquirer), configuration);

    private static IMtlsPopTokenAcquirer Acquirer(IServiceProvider services, string name) =>
        services.GetKeyedService<IMtlsPopTokenAcquirer>(name) ?? throw new InvalidOperationException(
            name.Length == 0
                ? "AddMtlsPop takes the program's acquirer, and there is none: call AddMtlsPopTokenAcquirer without a name, "
                    + "or name the acquirer in AddMtlsPop."
                : $"There is no acquirer '{name}': call AddMtlsPopTokenAcquirer with that name.");
}
