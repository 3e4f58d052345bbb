using Microsoft.Extensions.Options;

namespace MtlsPop;

/// <summary>Says at start what would otherwise fail on the first request, and makes the copy that nobody else can change.</summary>
internal static class MtlsPopOptionsValidator
{
    public static MtlsPopOptions Freeze(MtlsPopOptions options, string? client = null)
    {
        var frozen = options.Copy();
        Require<MtlsPopOptions>(client, Failures(frozen).Select(failure => client is null ? failure : $"The client '{client}': {failure}"));
        return frozen;
    }

    public static MtlsPopTransportOptions Freeze(MtlsPopTransportOptions? options)
    {
        var frozen = options?.Copy() ?? new MtlsPopTransportOptions();
        Require<MtlsPopTransportOptions>(null, Failures(frozen));
        return frozen;
    }

    private static void Require<T>(string? name, IEnumerable<string> failures)
    {
        if (failures.ToArray() is { Length: > 0 } found)
        {
            throw new OptionsValidationException(name ?? Options.DefaultName, typeof(T), found);
        }
    }

    private static IEnumerable<string> Failures(MtlsPopOptions options)
    {
        if (!Names.IsScope(options.Scope))
        {
            yield return "Scope must name exactly one scope, such as https://graph.microsoft.com/.default.";
        }

        foreach (var scope in options.AdditionalScopes.Where(static scope => !Names.IsScope(scope)))
        {
            yield return $"AdditionalScopes has '{scope}': each entry must be one scope, such as https://graph.microsoft.com/.default.";
        }

        if (options.TenantId is { } tenant && !Names.IsTenant(tenant))
        {
            yield return "TenantId must be the ID or a domain of one tenant; leave it out for the application's own.";
        }

        if (options.AllowedHosts.Count == 0)
        {
            yield return "AllowedHosts must name the hosts that tokens may be sent to; while it is empty none is.";
        }

        foreach (var host in options.AllowedHosts.Where(static host => Destination.Normalize(host) is null))
        {
            yield return $"AllowedHosts has '{host}': give a host name without scheme, port or path, "
                + "or '*.' and the end of one with at least two labels.";
        }

        foreach (var failure in Failures(options.Transport, "Transport."))
        {
            yield return failure;
        }

        if (options.Retry.MaxReplayContentBytes < 0)
        {
            yield return "Retry.MaxReplayContentBytes must not be negative.";
        }
    }

    private static IEnumerable<string> Failures(MtlsPopTransportOptions transport, string prefix = "")
    {
        if (transport.MaxConnectionsPerServer < 1 || transport.MaxPooledBindings < 1)
        {
            yield return $"{prefix}MaxConnectionsPerServer and {prefix}MaxPooledBindings must be at least 1.";
        }

        if (transport.PooledConnectionLifetime <= TimeSpan.Zero)
        {
            yield return $"{prefix}PooledConnectionLifetime must be positive and finite, or changes of DNS are never seen.";
        }
    }
}
