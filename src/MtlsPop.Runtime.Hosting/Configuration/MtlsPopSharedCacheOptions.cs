using Microsoft.Extensions.Caching.Distributed;

namespace MtlsPop;

/// <summary>
/// How replicas share their tokens over the program's <see cref="IDistributedCache"/>. Keys and certificates are never shared.
/// </summary>
public sealed class MtlsPopSharedCacheOptions
{
    /// <summary>Whether tokens are shared; on by default, once the section is there.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether tokens are encrypted with the program's data protection, whose keys the replicas must share.</summary>
    public bool Encrypt { get; set; }

    /// <summary>How many tokens this process keeps in memory; 1,000 by default. The one unused for longest goes first.</summary>
    public int MaxTokensInMemory { get; set; } = 1000;

    /// <summary>How long the cache may take to answer; one second by default. Then the token service is asked.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a cache that failed is left alone; five seconds by default.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);
}
