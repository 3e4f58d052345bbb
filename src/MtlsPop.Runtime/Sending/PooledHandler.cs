using System.Runtime.ExceptionServices;
using System.Security.Cryptography.X509Certificates;

namespace MtlsPop;

/// <summary>The connections of one certificate. Disposed, it takes no new request, and goes when the last one has its response.</summary>
internal sealed class PooledHandler(HttpMessageHandler handler, X509Certificate2 certificate, CertificateBinding binding) : IDisposable
{
    private const int Disposed = int.MinValue;

    private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: true);

    // How many requests are under way; below zero once it is disposed.
    private int _inUse;

    public CertificateBinding Binding => binding;

    public long LastUsed { get; private set; }

    /// <summary>
    /// Whether the certificate object that the connections present can still do so; the one that is to be presented has been checked.
    /// </summary>
    public bool IsAlive(X509Certificate2 presented, TimeProvider clock) =>
        ReferenceEquals(presented, certificate) || binding.IsPresentable(certificate, clock);

    public bool TryEnter(long use)
    {
        for (var inUse = Volatile.Read(ref _inUse); inUse >= 0; inUse = Volatile.Read(ref _inUse))
        {
            if (Interlocked.CompareExchange(ref _inUse, inUse + 1, inUse) == inUse)
            {
                LastUsed = use;
                return true;
            }
        }

        return false;
    }

    /// <summary>Sends a request, with the token in its header for just as long, and leaves.</summary>
    public async Task<HttpResponseMessage> SendAndLeaveAsync(
        HttpRequestMessage request, BoundAuthorization? authorization, bool takesClaims, CancellationToken cancellationToken)
    {
        try
        {
            if (authorization is not null)
            {
                request.Headers.Authorization = authorization.OnTheWire;
            }

            var response = await _invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (takesClaims)
            {
                DemandedClaims.Take(response);
            }

            return response;
        }
        catch (HttpRequestException exception) when (exception.InnerException is MtlsPopException refusal)
        {
            ExceptionDispatchInfo.Throw(refusal); // SocketsHttpHandler wraps what ConnectCallback throws
            throw;
        }
        finally
        {
            if (authorization is not null)
            {
                request.Headers.Authorization = authorization;
            }

            Leave();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Or(ref _inUse, Disposed) == 0)
        {
            _invoker.Dispose();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _inUse) == Disposed)
        {
            _invoker.Dispose(); // responses that are still being read keep their connections
        }
    }
}
