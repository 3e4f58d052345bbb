using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MtlsPop;

/// <summary>Opens connections that present one certificate, or fail.</summary>
internal static class BoundConnections
{
    public static SocketsHttpHandler Open(X509Certificate2 certificate, MtlsPopTransportOptions options)
    {
        var handler = OpenWithoutCertificate(options);
        try
        {
            handler.SslOptions.ClientCertificateContext = Context(certificate, options);
            // What is presented is the context. Without this .NET 8 offers nothing to a server that asks after the handshake.
            handler.SslOptions.ClientCertificates = [certificate];
            return handler;
        }
        catch
        {
            handler.Dispose();
            throw;
        }
    }

    public static SocketsHttpHandler OpenWithoutCertificate(MtlsPopTransportOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // a redirect would present the certificate to whatever host it names
            UseCookies = false,
            PooledConnectionLifetime = options.PooledConnectionLifetime,
            MaxConnectionsPerServer = options.MaxConnectionsPerServer,
            SslOptions = { AllowTlsResume = options.AllowTlsResume },
        };
        try
        {
            options.ConfigureHandler?.Invoke(handler);
            TransportRules.Enforce(handler);
            return handler;
        }
        catch
        {
            handler.Dispose();
            throw;
        }
    }

    // A context, unlike a collection of certificates, does not quietly present nothing: it fails.
    private static SslStreamCertificateContext Context(X509Certificate2 certificate, MtlsPopTransportOptions options)
    {
        try
        {
            return SslStreamCertificateContext.Create(certificate, options.IntermediateCertificates?.Invoke(certificate), offline: true);
        }
        catch (Exception exception) when (exception is CryptographicException or NotSupportedException or ArgumentException)
        {
            throw new MtlsPopException(MtlsPopError.CertificateNotUsable,
                "The platform's TLS cannot present the binding certificate: on Windows load it without EphemeralKeySet, "
                + "and in any case with its private key.",
                exception);
        }
    }
}
