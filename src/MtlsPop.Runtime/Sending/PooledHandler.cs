using System.Runtime.ExceptionServices;
using System.Security.Cryptography.X509Certificates;

namespace MtlsPop;

/// <summary>The connections of one certificate. Disposed, it takes no new request, and goes when the last one has its response.</summary>
internal sealed class PooledHandler(HttpMessageHandler handler, X509Certificate2 certificate, CertificateBinding binding) : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: true);
    private int _inUse;
    private bool _isDisposed;

    public CertificateBinding Binding => binding;

    public long LastUsed { get; private set; }

    /// <summary>Whether the certificate object that the connections present can still do so.</summary>
    public bool IsAlive(TimeProvider clock) => binding.IsPresentable(certificate, clock);

    public bool TryEnter(TimeProvider clock)
    {
        lock (_invoker)
        {
            if (_isDisposed)
            {
                return false;
            }

            _inUse++;
            LastUsed = clock.GetTimestamp();
            return true;
        }
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
            ExceptionDispatchInfo.Throw(refusal); // of what guards the connection
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
        bool isIdle;
        lock (_invoker)
        {
            isIdle = !_isDisposed && _inUse == 0;
            _isDisposed = true;
        }

        if (isIdle)
        {
            _invoker.Dispose();
        }
    }

    private void Leave()
    {
        bool isLast;
        lock (_invoker)
        {
            isLast = --_inUse == 0 && _isDisposed;
        }

        if (isLast)
        {
            _invoker.Dispose(); // responses that are still being read keep their connections
        }
    }
}
