namespace MtlsPop;

/// <summary>Where a credential's tokens may be sent, and how.</summary>
public sealed class MtlsPopCredentialOptions
{
    /// <summary>
    /// Where tokens may be sent: host names, or <c>*.suffix</c> for all hosts below one. No host is allowed unless it is named.
    /// </summary>
    public IList<string> AllowedHosts => Sending.AllowedHosts;

    /// <summary>
    /// The tenants that a client or a server's challenge may ask for; for any other the application's own tenant is asked.
    /// </summary>
    public IList<string> AllowedTenants { get; } = [];

    /// <summary>How connections are made.</summary>
    public MtlsPopTransportOptions Transport => Sending.Transport;

    /// <summary>The scope is the Azure client's to say, with each request.</summary>
    internal MtlsPopOptions Sending { get; } = new() { Scope = "of-the-client" };
}
