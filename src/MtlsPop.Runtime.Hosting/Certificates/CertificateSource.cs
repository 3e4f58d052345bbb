using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace MtlsPop;

/// <summary>
/// The certificate to use now: the same object until it is renewed, and the last good one when a renewed one is not usable.
/// </summary>
internal sealed class CertificateSource(MtlsPopCertificateOptions options, string acquirer, TimeProvider clock, ILogger logger)
{
    private readonly object _gate = new();
    private volatile X509Certificate2? _current;
    private long _looked;

    public async Task<X509Certificate2> GetAsync(CancellationToken cancellationToken = default)
    {
        if (options.Callback is { } callback)
        {
            return await callback(cancellationToken).ConfigureAwait(false);
        }

        return _current is { } current && clock.GetElapsedTime(Volatile.Read(ref _looked)) < options.ReloadInterval ? current : Look();
    }

    private X509Certificate2 Look()
    {
        lock (_gate)
        {
            if (_current is { } current && clock.GetElapsedTime(_looked) < options.ReloadInterval)
            {
                return current;
            }

            _current = _current is { } last ? Renewed(last) : Load();
            Volatile.Write(ref _looked, clock.GetTimestamp());
            return _current;
        }
    }

    private X509Certificate2 Renewed(X509Certificate2 current)
    {
        try
        {
            var loaded = Load();
            if (CertificateBinding.Of(loaded, clock).Sha256.AsSpan().SequenceEqual(current.GetCertHash(HashAlgorithmName.SHA256)))
            {
                loaded.Dispose();
                return current;
            }

            HostingLog.CertificateRenewed(logger, acquirer, loaded.NotAfter.ToUniversalTime());
            return loaded; // the old one stays alive: MSAL and open connections may still hold it
        }
        catch (Exception exception)
        {
            HostingLog.CertificateKept(logger, acquirer, exception.Message);
            return current;
        }
    }

    private X509Certificate2 Load()
    {
        var loaded = options.Store is null ? CertificateFile.Load(options) : CertificateStore.Load(options, clock);
        CertificateBinding.Of(loaded, clock);
        return loaded;
    }
}
