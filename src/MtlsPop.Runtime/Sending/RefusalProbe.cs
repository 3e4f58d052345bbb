using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MtlsPop;

/// <summary>
/// Tells a server that refuses a certificate by closing the connection, as Kestrel does, from one that breaks: the first closes a
/// connection on which it was asked nothing.
/// </summary>
internal sealed class RefusalProbe(Func<MtlsPopTransportOptions> transport)
{
    private const int MostServers = 256;

    /// <summary>
    /// How long a server may take to refuse. One that has not closed the connection by then goes on waiting for a request.
    /// </summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _longestConnect = TimeSpan.FromSeconds(5);

    private readonly BoundedMap<(CertificateBinding Binding, string Server), SingleFlight<bool>> _probes =
        new(MostServers, static _ => new(), static probe => probe.IsUnderWay);

    /// <summary>Connects once more, for all whose requests have failed meanwhile, and sends nothing.</summary>
    public Task<bool> IsRefusedAsync(MtlsPopToken token, HttpRequestMessage failed, CancellationToken cancellationToken) =>
        _probes[(token.Binding, failed.RequestUri!.Authority)].JoinAsync(
            abandoned => IsRefusedAsync(token.BindingCertificate, failed, abandoned), cancellationToken);

    private async Task<bool> IsRefusedAsync(X509Certificate2 certificate, HttpRequestMessage failed, CancellationToken cancellationToken)
    {
        var isRefused = false;
        using var handler = BoundConnections.Open(certificate, transport());
        handler.ConnectTimeout = _longestConnect;
        handler.SslOptions.AllowTlsResume = false; // a server does not look at the certificate again in a resumed session
        handler.PlaintextStreamFilter = async (connection, abandoned) =>
        {
            if (connection.PlaintextStream is not SslStream tls)
            {
                return connection.PlaintextStream; // the connection to a proxy, before TLS
            }

            isRefused = await ClosesAsync(tls, abandoned).ConfigureAwait(false);
            throw new IOException("The connection was opened only to see whether it stays open.");
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var neverSent = new HttpRequestMessage(HttpMethod.Head, failed.RequestUri)
        {
            Version = failed.Version,
            VersionPolicy = failed.VersionPolicy,
        };
        try
        {
            using var response = await invoker.SendAsync(neverSent, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (HttpRequestException)
        {
            return isRefused;
        }
    }

    private static async Task<bool> ClosesAsync(SslStream tls, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        try
        {
            return await tls.ReadAsync(new byte[1], patience.Token).ConfigureAwait(false) == 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
