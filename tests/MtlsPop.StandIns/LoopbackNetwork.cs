using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace MtlsPop.StandIns;

/// <summary>
/// Leads real host names to stand-ins on loopback, and trusts their certificate authority: names and certificates are checked as on the
/// real network.
/// </summary>
public sealed class LoopbackNetwork(CertificateAuthority authority)
{
    private readonly ConcurrentDictionary<string, int> _ports = new(StringComparer.OrdinalIgnoreCase);

    public CertificateAuthority Authority => authority;

    /// <summary>Where each host name leads.</summary>
    public IReadOnlyDictionary<string, int> Ports => _ports;

    /// <summary>Adds a host name, or <c>*.suffix</c>.</summary>
    public void Add(string host, int port) => _ports[host] = port;

    /// <summary>Makes a handler dial the stand-ins.</summary>
    public void Configure(SocketsHttpHandler handler)
    {
        handler.ConnectCallback = ConnectAsync;
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority.Certificate },
        };
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        if (!_ports.TryGetValue(host, out var port) && !_ports.TryGetValue($"*{host[host.IndexOf('.')..]}", out port))
        {
            throw new InvalidOperationException($"Nothing stands in for '{host}'.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
