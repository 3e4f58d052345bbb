namespace MtlsPop;

/// <summary>What is done when a resource refuses a token or a certificate. Each applies once to a request.</summary>
public sealed class MtlsPopRetryOptions
{
    /// <summary>
    /// Whether a 401 with a claims challenge is answered with a token for those claims; on by default. Its header then comes without the
    /// claims.
    /// </summary>
    public bool HandleClaimsChallenge { get; set; } = true;

    /// <summary>Whether a certificate that fails in TLS is acquired again, at most every half minute; on by default.</summary>
    public bool ReacquireOnTlsFailure { get; set; } = true;

    /// <summary>
    /// How large a body may be to be sent again, in bytes; 1 MiB by default. Bytes, text, forms, multipart content of those, and JSON
    /// content after <c>LoadIntoBufferAsync</c> are; a stream never is.
    /// </summary>
    public long MaxReplayContentBytes { get; set; } = 1024 * 1024;

    internal MtlsPopRetryOptions Copy() => (MtlsPopRetryOptions)MemberwiseClone();
}
