namespace MtlsPop;

/// <summary>Where bound requests may go.</summary>
internal static class Destination
{
    public static void Check(HttpRequestMessage request, MtlsPopOptions options)
    {
        RequireAllowed(RequireHttps(request).IdnHost, options);

        // .NET verifies the server by the Host header where there is one.
        if (request.Headers.Host is { } header)
        {
            RequireAllowed(header.Split(':')[0], options);
        }
    }

    public static Uri RequireHttps(HttpRequestMessage request)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } uri || uri.Scheme != Uri.UriSchemeHttps)
        {
            throw new MtlsPopException(MtlsPopError.InsecureUri,
                "A bound token is sent over https only, to loopback as well: use an absolute https address.");
        }

        return uri;
    }

    /// <summary>A pattern in the form that addresses are compared in, or null where no address could ever match it.</summary>
    public static string? Normalize(string pattern)
    {
        var isSuffix = pattern.StartsWith("*.", StringComparison.Ordinal);
        var name = isSuffix ? pattern[2..] : pattern;
        if (Uri.CheckHostName(name) is not (UriHostNameType.Dns or UriHostNameType.IPv4)
            || name.EndsWith('.')
            || (isSuffix && !name.Contains('.')))
        {
            return null;
        }

        // What the framework makes of it as a host: an international name becomes punycode, a number an address.
        var host = Uri.TryCreate($"https://{name}/", UriKind.Absolute, out var uri) ? uri.IdnHost : "";
        var isAscii = name.All(char.IsAscii);
        return host.Length == 0 || (isAscii && !host.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? null
            : isSuffix
            ? $"*.{host}"
            : host;
    }

    private static void RequireAllowed(string host, MtlsPopOptions options)
    {
        for (var i = 0; i < options.AllowedHosts.Count; i++) // for each request, so without an enumerator
        {
            var pattern = options.AllowedHosts[i];
            var isSuffix = pattern.StartsWith("*.", StringComparison.Ordinal);
            if (isSuffix
                ? host.Length >= pattern.Length && host.AsSpan().EndsWith(pattern.AsSpan(1), StringComparison.OrdinalIgnoreCase)
                : host.Equals(pattern, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }

        throw new MtlsPopException(MtlsPopError.HostNotAllowed,
            $"'{host}' is not among the allowed hosts of this client, so no token is sent there: "
            + "add it to AllowedHosts if it is the resource's.");
    }
}
