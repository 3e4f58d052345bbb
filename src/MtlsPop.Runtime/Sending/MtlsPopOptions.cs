namespace MtlsPop;

/// <summary>
/// What a client acquires bound tokens for, where to, and how. A client copies them when it validates them: later changes to the object
/// change nothing.
/// </summary>
public sealed class MtlsPopOptions
{
    /// <summary>The one scope that the client's tokens are for, <c>https://graph.microsoft.com/.default</c>.</summary>
    public string? Scope { get; set; }

    /// <summary>Other scopes that single requests may ask for; see <see cref="MtlsPopRequestExtensions.SetMtlsPop"/>.</summary>
    public IList<string> AdditionalScopes { get; } = [];

    /// <summary>The tenant to ask, where it is not the application's own.</summary>
    public string? TenantId { get; set; }

    /// <summary>
    /// Where tokens may be sent: host names, or <c>*.suffix</c> for all hosts below one. No host is allowed unless it is named.
    /// </summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>How connections are made.</summary>
    public MtlsPopTransportOptions Transport { get; private init; } = new();

    /// <summary>What is done when a resource refuses a token or a certificate.</summary>
    public MtlsPopRetryOptions Retry { get; private init; } = new();

    /// <summary>What is asked of the acquirer for a request without options of its own.</summary>
    internal MtlsPopTokenRequest TokenRequest => field ??= new MtlsPopTokenRequest(Scope!) { TenantId = TenantId };

    internal MtlsPopOptions Copy()
    {
        var copy = new MtlsPopOptions { Scope = Scope, TenantId = TenantId, Transport = Transport.Copy(), Retry = Retry.Copy() };
        foreach (var scope in AdditionalScopes)
        {
            copy.AdditionalScopes.Add(scope);
        }

        foreach (var host in AllowedHosts)
        {
            copy.AllowedHosts.Add(Destination.Normalize(host) ?? host);
        }

        return copy;
    }
}
