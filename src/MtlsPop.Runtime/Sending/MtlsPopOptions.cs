namespace MtlsPop;

/// <summary>What a client sends bound tokens for, where to, and how.</summary>
public sealed class MtlsPopOptions
{
    /// <summary>The one scope that the client's tokens are for, <c>https://graph.microsoft.com/.default</c>.</summary>
    public string? Scope { get; set; }

    /// <summary>The tenant to ask, where it is not the application's own.</summary>
    public string? TenantId { get; set; }

    /// <summary>Where tokens may be sent: host names, or <c>*.suffix</c> for all hosts below one. No host is allowed unless it is named.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>How connections are made.</summary>
    public MtlsPopTransportOptions Transport { get; } = new();

    /// <summary>What is done when a resource refuses a token or a certificate.</summary>
    public MtlsPopRetryOptions Retry { get; } = new();
}
