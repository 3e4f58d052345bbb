namespace MtlsPop;

/// <summary>
/// The application of a host: its identity, with a certificate, as a managed identity, or by federation with a first leg.
/// </summary>
public sealed class MtlsPopApplicationOptions : MtlsPopIdentityOptions
{
    /// <summary>The first leg of a federation, whose bound token is this application's credential.</summary>
    public MtlsPopIdentityOptions? FirstLeg { get; set; }

    /// <summary>How replicas share their tokens; by default they do not.</summary>
    public MtlsPopSharedCacheOptions? SharedCache { get; set; }

    /// <summary>The scopes to acquire tokens for before the program takes requests.</summary>
    public IList<string> WarmUpScopes { get; } = [];

    /// <summary>How connections to the token service are made.</summary>
    public MtlsPopTransportOptions Transport { get; } = new();
}
