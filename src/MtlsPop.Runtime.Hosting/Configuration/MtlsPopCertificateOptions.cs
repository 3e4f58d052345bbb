using System.Security.Cryptography.X509Certificates;

namespace MtlsPop;

/// <summary>Where a certificate comes from: a store, a file or a callback. It may be renewed there while the program runs.</summary>
public sealed class MtlsPopCertificateOptions
{
    /// <summary>
    /// The store, <c>CurrentUser/My</c> or <c>LocalMachine/My</c>. Of the certificates that match and are valid, the newest is taken.
    /// </summary>
    public string? Store { get; set; }

    /// <summary>The distinguished name to look for in the store, <c>CN=orders.contoso.com</c>.</summary>
    public string? Subject { get; set; }

    /// <summary>
    /// The SHA-1 or SHA-256 thumbprint to look for in the store. A renewed certificate has another: prefer <see cref="Subject"/>.
    /// </summary>
    public string? Thumbprint { get; set; }

    /// <summary>A PFX file, or a PEM file with the certificate.</summary>
    public string? File { get; set; }

    /// <summary>The PEM file with the private key, where <see cref="File"/> does not hold it.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The password of the PFX file.</summary>
    public string? Password { get; set; }

    /// <summary>Returns the certificate to use now. It must be quick and return the same object until the certificate changes.</summary>
    public Func<CancellationToken, Task<X509Certificate2>>? Callback { get; set; }

    /// <summary>How often store or file are looked at for a renewed certificate; once a minute by default.</summary>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromMinutes(1);
}
