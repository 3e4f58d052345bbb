using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;

namespace MtlsPop;

/// <summary>
/// One set of connections for each certificate, by the hash of the whole certificate, so that no request travels under another's.
/// </summary>
internal sealed class MtlsHandlerPool(Func<MtlsPopTransportOptions> transport, ClientServices services) : IDisposable
{
    private readonly ConcurrentDictionary<CertificateBinding, PooledHandler> _handlers = new();
    private volatile bool _isDisposed;
    private long _uses;

    /// <summary>Stands in for the network where the cost of everything above it is measured.</summary>
    internal Func<X509Certificate2, MtlsPopTransportOptions, HttpMessageHandler> Open { get; init; } = BoundConnections.Open;

    internal int Count => _handlers.Count;

    public bool IsDisposed => _isDisposed;

    /// <summary>The connections of a certificate, entered: they stay until the caller has left.</summary>
    public PooledHandler Enter(X509Certificate2 certificate, CertificateBinding binding)
    {
        var use = Interlocked.Increment(ref _uses);
        while (true)
        {
            var handler = _handlers.TryGetValue(binding, out var pooled) && pooled.IsAlive(certificate, services.Clock)
                ? pooled
                : Add(certificate, binding);
            if (handler.TryEnter(use))
            {
                return handler;
            }
        }
    }

    /// <summary>Gives up the connections of a certificate; the next request opens new ones.</summary>
    public void Retire(CertificateBinding binding, string reason)
    {
        lock (_handlers)
        {
            if (_handlers.TryRemove(binding, out var handler))
            {
                Retire(handler, reason);
            }
        }
    }

    public void Dispose()
    {
        lock (_handlers)
        {
            _isDisposed = true;
            foreach (var (binding, handler) in _handlers)
            {
                _handlers.TryRemove(binding, out _);
                Retire(handler, "disposed");
            }
        }
    }

    private PooledHandler Add(X509Certificate2 certificate, CertificateBinding binding)
    {
        lock (_handlers)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(HttpClient));
            if (_handlers.TryGetValue(binding, out var existing))
            {
                if (existing.IsAlive(certificate, services.Clock))
                {
                    return existing;
                }

                // The same certificate came again as another object, and the first object has been disposed.
                _handlers.TryRemove(binding, out _);
                Retire(existing, "certificate_disposed");
            }

            var options = transport();
            while (_handlers.Count >= options.MaxPooledBindings)
            {
                var (oldest, handler) = _handlers.MinBy(static pooled => pooled.Value.LastUsed);
                _handlers.TryRemove(oldest, out _);
                Retire(handler, "pool_full");
            }

            var added = new PooledHandler(Open(certificate, options), certificate, binding);
            _handlers[binding] = added;
            services.Metrics.HandlersCreated.Add(1);
            services.Metrics.PooledBindings.Add(1);
            Log.HandlerCreated(services.Logger, binding.Prefix);
            return added;
        }
    }

    private void Retire(PooledHandler handler, string reason)
    {
        handler.Dispose();
        services.Metrics.HandlersRetired.Add(1, new KeyValuePair<string, object?>("mtlspop.reason", reason));
        services.Metrics.PooledBindings.Add(-1);
        Log.HandlerRetired(services.Logger, handler.Binding.Prefix, reason);
    }
}
