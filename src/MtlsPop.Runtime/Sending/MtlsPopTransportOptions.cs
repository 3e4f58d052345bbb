using System.Security.Cryptography.X509Certificates;

namespace MtlsPop;

/// <summary>How connections are made. Whatever is set here, the certificate is presented, the server is verified, and no redirect is followed.</summary>
public sealed class MtlsPopTransportOptions
{
    /// <summary>How long a connection is used before the name is looked up again; 5 minutes by default.</summary>
    public TimeSpan PooledConnectionLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many connections one certificate may open to one server; 64 by default.</summary>
    public int MaxConnectionsPerServer { get; set; } = 64;

    /// <summary>How many certificates keep their connections; 32 by default. The one unused for longest is retired first, after its requests.</summary>
    public int MaxPooledBindings { get; set; } = 32;

    /// <summary>Whether TLS sessions are resumed; on by default.</summary>
    public bool AllowTlsResume { get; set; } = true;

    /// <summary>Whether the server asks for the certificate only after it has seen the request, as Key Vault does: the client then says so in <c>x-ms-tokenboundauth</c> and stays on HTTP/1.1.</summary>
    public bool SupportsDelayedClientCertificate { get; set; }

    /// <summary>Returns the intermediate certificates to present with a certificate, where the machine does not know them.</summary>
    public Func<X509Certificate2, X509Certificate2Collection>? IntermediateCertificates { get; set; }

    /// <summary>Sets what is not offered here: a proxy, a custom root. It cannot weaken what this library stands for; an attempt fails the request.</summary>
    public Action<SocketsHttpHandler>? ConfigureHandler { get; set; }
}
