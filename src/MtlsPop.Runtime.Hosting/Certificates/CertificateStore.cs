using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MtlsPop;

/// <summary>Finds the certificate to use now in a store.</summary>
internal static class CertificateStore
{
    public static bool TryParse(string text, out StoreLocation location, out string name)
    {
        location = default;
        name = text[(text.IndexOf('/') + 1)..];
        return text.IndexOf('/') is var slash and > 0 && name.Length > 0 && !name.Contains('/')
            && Enum.TryParse(text[..slash], ignoreCase: true, out location) && Enum.IsDefined(location);
    }

    public static X509Certificate2 Load(MtlsPopCertificateOptions options, TimeProvider clock)
    {
        using var store = Open(options.Store!);
        var now = clock.GetUtcNow().UtcDateTime;
        var matching = store.Certificates.Where(certificate => Matches(certificate, options)).ToArray();
        var chosen = matching
            .Where(certificate =>
                certificate.HasPrivateKey && certificate.NotBefore.ToUniversalTime() <= now && now < certificate.NotAfter.ToUniversalTime())
            .MaxBy(certificate => certificate.NotBefore);
        return chosen ?? throw new MtlsPopException(MtlsPopError.BindingCertificateMissing, matching.Length == 0
            ? $"The store {options.Store} has no certificate with {Sought(options)}: install it, and let this account read it."
            : $"The store {options.Store} has {matching.Length} certificate(s) with {Sought(options)}, "
                + "none of them valid now and with its private key: renew it, or let this account read its key.");
    }

    private static X509Store Open(string text)
    {
        _ = TryParse(text, out var location, out var name);
        var store = new X509Store(name, location);
        store.Open(OpenFlags.ReadOnly);
        return store;
    }

    private static string Sought(MtlsPopCertificateOptions options) =>
        options.Subject is { } subject ? $"the subject '{subject}'" : $"the thumbprint {options.Thumbprint![..8]}…";

    private static bool Matches(X509Certificate2 certificate, MtlsPopCertificateOptions options)
    {
        if (options.Subject is { } subject)
        {
            return new X500DistinguishedName(subject).Name.Equals(certificate.SubjectName.Name, StringComparison.OrdinalIgnoreCase);
        }

        var algorithm = options.Thumbprint!.Length == 40 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        return certificate.GetCertHashString(algorithm).Equals(options.Thumbprint, StringComparison.OrdinalIgnoreCase);
    }
}
