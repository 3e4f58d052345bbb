using Microsoft.Extensions.Options;

namespace MtlsPop;

/// <summary>Says at start what would otherwise fail on the first request.</summary>
internal static class MtlsPopOptionsValidator
{
    public static void Require(MtlsPopOptions options, string? name = null)
    {
        var failures = Failures(options).ToArray();
        if (failures.Length > 0)
        {
            throw new OptionsValidationException(name ?? Options.DefaultName, typeof(MtlsPopOptions), failures);
        }
    }

    public static IEnumerable<string> Failures(MtlsPopOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Scope) || options.Scope.Contains(' '))
        {
            yield return "Scope must name exactly one scope, such as https://graph.microsoft.com/.default.";
        }

        if (options.AllowedHosts.Count == 0)
        {
            yield return "AllowedHosts must name the hosts that tokens may be sent to; while it is empty none is.";
        }

        foreach (var host in options.AllowedHosts)
        {
            if (!Destination.IsPattern(host))
            {
                yield return $"AllowedHosts has '{host}': give a host name without scheme, port or path, or '*.' and the end of one with at least two labels.";
            }
        }

        if (options.Transport.MaxConnectionsPerServer < 1 || options.Transport.MaxPooledBindings < 1)
        {
            yield return "Transport.MaxConnectionsPerServer and Transport.MaxPooledBindings must be at least 1.";
        }

        if (options.Transport.PooledConnectionLifetime <= TimeSpan.Zero)
        {
            yield return "Transport.PooledConnectionLifetime must be positive and finite, or changes of DNS are never seen.";
        }

        if (options.Retry.MaxReplayContentBytes < 0)
        {
            yield return "Retry.MaxReplayContentBytes must not be negative.";
        }
    }
}
