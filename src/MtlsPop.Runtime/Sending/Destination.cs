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

    public static bool IsPattern(string pattern) =>
        pattern.StartsWith("*.", StringComparison.Ordinal)
            ? pattern.AsSpan(2).Contains('.') && IsHostName(pattern[2..])
            : IsHostName(pattern);

    private static bool IsHostName(string name) => Uri.CheckHostName(name) is UriHostNameType.Dns or UriHostNameType.IPv4;

    private static void RequireAllowed(string host, MtlsPopOptions options)
    {
        foreach (var pattern in options.AllowedHosts)
        {
            var isSuffix = pattern.StartsWith('*');
            if (isSuffix
                ? host.Length >= pattern.Length && host.AsSpan().EndsWith(pattern.AsSpan(1), StringComparison.OrdinalIgnoreCase)
                : host.Equals(pattern, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }

        throw new MtlsPopException(MtlsPopError.HostNotAllowed,
            $"'{host}' is not among the allowed hosts of this client, so no token is sent there: add it to AllowedHosts if it is the resource's.");
    }
}
