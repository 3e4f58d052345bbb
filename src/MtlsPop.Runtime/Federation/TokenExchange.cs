using MtlsPop.Analyzers.Msal;

namespace MtlsPop;

/// <summary>The audience that a first leg's token must have to be exchanged.</summary>
public static class TokenExchange
{
    /// <summary>Returns the exchange audience of the cloud that an authority belongs to.</summary>
    /// <param name="authority">The authority or token endpoint of the second leg, also a regional or mutual-TLS one.</param>
    /// <returns>The audience, without <c>/.default</c>.</returns>
    /// <exception cref="ArgumentException">The host belongs to no cloud that is known here.</exception>
    public static string GetAudience(Uri authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        return Clouds.NameOf(LoginHost(authority.IdnHost.ToLowerInvariant())) is { } cloud
            ? Clouds.ExchangeAudience + cloud
            : throw new ArgumentException(
                $"The cloud of '{authority.Host}' is not known, so its exchange audience cannot be told: "
                + "state the exchange scope of that cloud.",
                nameof(authority));
    }

    // "westus3.mtlsauth.microsoft.com" is where MSAL sends what is addressed to "login.microsoft.com".
    private static string LoginHost(string host)
    {
        var name = host.StartsWith("mtlsauth.", StringComparison.Ordinal) ? 0 : host.IndexOf('.') + 1;
        return host.AsSpan(name).StartsWith("mtlsauth.") ? string.Concat("login.", host.AsSpan(name + "mtlsauth.".Length)) : host;
    }
}
