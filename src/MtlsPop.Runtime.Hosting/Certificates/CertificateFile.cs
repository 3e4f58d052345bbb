using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MtlsPop;

/// <summary>Reads a certificate and its key from PFX or PEM.</summary>
internal static class CertificateFile
{
    public static X509Certificate2 Load(MtlsPopCertificateOptions options)
    {
        try
        {
            var file = options.File!;
            return X509Certificate2.GetCertContentType(file) is X509ContentType.Pfx
                ? new X509Certificate2(file, options.Password)
                : Persisted(X509Certificate2.CreateFromPemFile(file, options.KeyFile));
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new MtlsPopException(MtlsPopError.BindingCertificateMissing,
                $"The certificate could not be read from '{options.File}': check that it is a PFX file with this password, "
                + "or a PEM file with its key.", exception);
        }
    }

    // On Windows, TLS refuses a key that lives in memory only, as one from PEM does.
    private static X509Certificate2 Persisted(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return new X509Certificate2(certificate.Export(X509ContentType.Pfx));
        }
    }
}
