using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>A bound token and the certificate that it is bound to: one pair, from one result, never to be separated.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class MtlsPopToken
{
    internal const string Scheme = "mtls_pop";

    private static readonly TimeSpan _expiryMargin = TimeSpan.FromMinutes(5);

    private MtlsPopToken(AuthenticationResult result, CertificateBinding binding)
    {
        AccessToken = result.AccessToken;
        BindingCertificate = result.BindingCertificate;
        Binding = binding;
        ExpiresOn = result.ExpiresOn;
        RefreshOn = result.AuthenticationResultMetadata?.RefreshOn;
        Source = result.AuthenticationResultMetadata?.TokenSource ?? TokenSource.IdentityProvider;
        FreshUntil = EndOfFreshness(ExpiresOn, RefreshOn);
        Header = new BoundAuthorization(this);
    }

    /// <summary>The token.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string AccessToken { get; }

    /// <summary>The certificate to present with the token. It is borrowed from MSAL: never dispose it.</summary>
    public X509Certificate2 BindingCertificate { get; }

    /// <summary>The SHA-256 of the certificate, which the token states as <c>x5t#S256</c>.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ReadOnlyMemory<byte> BindingSha256 => Binding.Sha256;

    /// <summary>When the token expires.</summary>
    public DateTimeOffset ExpiresOn { get; }

    /// <summary>When the token service wants the token to be renewed, if it said so.</summary>
    public DateTimeOffset? RefreshOn { get; }

    /// <summary>Whether the token came from the token service or from MSAL's cache.</summary>
    public TokenSource Source { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal CertificateBinding Binding { get; }

    /// <summary>Until when the pair may be used without asking MSAL.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal DateTimeOffset FreshUntil { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal BoundAuthorization Header { get; }

    /// <summary>Takes the pair out of MSAL's result, after every check that a bound token must pass.</summary>
    /// <param name="result">The result of a request with <c>WithMtlsProofOfPossession()</c>.</param>
    /// <param name="clock">The clock that the certificate's validity is measured with; the system's by default.</param>
    /// <returns>The pair.</returns>
    /// <exception cref="MtlsPopException">The token is not bound, or its certificate cannot be presented.</exception>
    public static MtlsPopToken FromResult(AuthenticationResult result, TimeProvider? clock = null) =>
        new(result, Check(result, clock ?? TimeProvider.System));

    /// <summary>The value for the Authorization header.</summary>
    /// <returns>A header value with the scheme <c>mtls_pop</c>.</returns>
    public AuthenticationHeaderValue CreateAuthorizationHeader() => new(Scheme, AccessToken);

    /// <summary>Says how long the pair lasts, and leaves the token out.</summary>
    /// <returns>The beginning of the certificate's hash and the time of expiry.</returns>
    public override string ToString() => $"{Scheme} token bound to {Binding.Prefix}…, expires {ExpiresOn:u}";

    internal static CertificateBinding Check(AuthenticationResult result, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (!Scheme.Equals(result.TokenType, StringComparison.OrdinalIgnoreCase))
        {
            throw new MtlsPopException(MtlsPopError.TokenTypeMismatch,
                $"The token service answered with a token of type '{Printable(result.TokenType)}' where a bound one ('{Scheme}') was asked "
                + "for, and it will not be used: check that application and resource are enabled for mTLS Proof-of-Possession.");
        }

        var binding = CertificateBinding.Of(result.BindingCertificate, clock);
        if (Confirmation.Of(result.AccessToken) is { } stated && !stated.AsSpan().SequenceEqual(binding.Sha256))
        {
            throw new MtlsPopException(MtlsPopError.BindingMismatch,
                $"The token is bound to another certificate than {binding.Prefix}…, which came with it, so no server would accept the two "
                + "together: take token and certificate from one result, on a version of MSAL that keeps them together.");
        }

        return binding;
    }

    private static string Printable(string? tokenType) =>
        tokenType is { Length: <= 32 }
            && tokenType.All(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.')
                ? tokenType
                : "(unreadable)";

    /// <summary>Until when the pair may be used without asking MSAL.</summary>
    internal static DateTimeOffset EndOfFreshness(DateTimeOffset expiresOn, DateTimeOffset? refreshOn)
    {
        var beforeExpiry = expiresOn - _expiryMargin;
        return refreshOn < beforeExpiry ? refreshOn.Value : beforeExpiry;
    }

    /// <summary>Whether the pair can be sent, also where it is due for refresh.</summary>
    internal bool IsUsable(TimeProvider clock) => clock.GetUtcNow() < ExpiresOn && Binding.IsPresentable(BindingCertificate, clock);

    internal bool IsFresh(TimeProvider clock) =>
        clock.GetUtcNow() < FreshUntil && Binding.IsPresentable(BindingCertificate, clock);
}
