using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MtlsPop;

/// <summary>What must hold for a certificate to be presented, and what is worth remembering about it.</summary>
/// <remarks>Each failed check stands for a certificate that .NET or MSAL would let pass and then silently not present.</remarks>
internal sealed class CertificateBinding : IEquatable<CertificateBinding>
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string AnyPurpose = "2.5.29.37.0";

    // Hashing and reading extensions costs microseconds, once for each certificate object.
    private static readonly ConditionalWeakTable<X509Certificate2, CertificateBinding> _known = [];

    private readonly DateTime _notBefore;
    private readonly DateTime _notAfter;
    private readonly bool _allowsClientAuthentication;

    private CertificateBinding(X509Certificate2 certificate)
    {
        Sha256 = certificate.GetCertHash(HashAlgorithmName.SHA256);
        _notBefore = certificate.NotBefore.ToUniversalTime();
        _notAfter = certificate.NotAfter.ToUniversalTime();
        _allowsClientAuthentication = AllowsClientAuthentication(certificate);
    }

    /// <summary>The SHA-256 of the DER form: what <c>x5t#S256</c> in the token states.</summary>
    public byte[] Sha256 { get; }

    /// <summary>Enough to tell certificates apart in a log, too little to identify one.</summary>
    public string Prefix => Convert.ToHexString(Sha256, 0, 4);

    public static CertificateBinding Of(X509Certificate2? certificate, TimeProvider clock)
    {
        RequirePresent(certificate);
        var binding = _known.GetValue(certificate, static certificate => new CertificateBinding(certificate));
        binding.CheckPurpose();
        binding.CheckValidity(clock);
        return binding;
    }

    /// <summary>Checks once more what may have changed since the certificate was found fit.</summary>
    public void CheckAgain(X509Certificate2 certificate, TimeProvider clock)
    {
        RequirePresent(certificate);
        CheckValidity(clock);
    }

    /// <summary>Whether a certificate that was fine can still be presented: cheap enough for every request.</summary>
    public bool IsPresentable(X509Certificate2 certificate, TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return !IsDisposed(certificate) && now >= _notBefore && now < _notAfter;
    }

    public bool Equals(CertificateBinding? other) =>
        ReferenceEquals(this, other) || (other is not null && Sha256.AsSpan().SequenceEqual(other.Sha256));

    public override bool Equals(object? obj) => Equals(obj as CertificateBinding);

    public override int GetHashCode() => BitConverter.ToInt32(Sha256);

    private static void RequirePresent([NotNull] X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            throw new MtlsPopException(MtlsPopError.BindingCertificateMissing,
                "The result carries no binding certificate, so its token cannot be sent bound: ask for the token with "
                + "WithMtlsProofOfPossession(), on a version of MSAL that returns the certificate.");
        }

        if (IsDisposed(certificate))
        {
            throw new MtlsPopException(MtlsPopError.CertificateNotUsable,
                "The binding certificate has been disposed: MSAL owns AuthenticationResult.BindingCertificate, "
                + "so never dispose it or put it in a 'using'.");
        }

        if (!certificate.HasPrivateKey)
        {
            throw new MtlsPopException(MtlsPopError.PrivateKeyUnavailable,
                "The binding certificate has no private key in this process and would not be presented: load it together with its key.");
        }
    }

    private static bool IsDisposed(X509Certificate2 certificate) => certificate.Handle == IntPtr.Zero;

    private static bool AllowsClientAuthentication(X509Certificate2 certificate)
    {
        if (certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is not { } usage)
        {
            return true;
        }

        return usage.EnhancedKeyUsages.Cast<Oid>().Any(purpose => purpose.Value is ClientAuthentication or AnyPurpose);
    }

    private void CheckPurpose()
    {
        if (!_allowsClientAuthentication)
        {
            throw new MtlsPopException(MtlsPopError.CertificateNotUsable,
                $"The extended key usage of certificate {Prefix}… does not include client authentication ({ClientAuthentication}), "
                + "so TLS stacks leave it off the wire: issue it with that usage.");
        }
    }

    private void CheckValidity(TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (now < _notBefore || now >= _notAfter)
        {
            throw new MtlsPopException(MtlsPopError.CertificateOutsideValidity,
                $"Certificate {Prefix}… is valid from {_notBefore:u} to {_notAfter:u} and it is {now:u}: renew the certificate, "
                + "or correct the clock.");
        }
    }
}
