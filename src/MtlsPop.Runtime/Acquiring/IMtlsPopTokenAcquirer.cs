namespace MtlsPop;

/// <summary>Acquires bound tokens. Safe for use by any number of callers at once.</summary>
public interface IMtlsPopTokenAcquirer
{
    /// <summary>Acquires a token together with the certificate that it is bound to.</summary>
    /// <param name="request">What the token is for.</param>
    /// <param name="cancellationToken">Ends the wait of this caller; others who wait for the same token are not affected.</param>
    /// <returns>The pair, checked and ready to be sent.</returns>
    /// <exception cref="MtlsPopException">The token is not bound, or cannot be.</exception>
    ValueTask<MtlsPopToken> AcquireAsync(MtlsPopTokenRequest request, CancellationToken cancellationToken = default);
}
