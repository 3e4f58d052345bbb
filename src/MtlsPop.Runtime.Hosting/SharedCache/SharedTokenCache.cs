using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace MtlsPop;

/// <summary>The program's distributed cache, made harmless: it may be slow, down or full of rubbish, and no request fails for it.</summary>
internal sealed class SharedTokenCache(
    IDistributedCache cache, IDataProtector? protector, MtlsPopSharedCacheOptions options, string acquirer, HostingMetrics metrics,
    TimeProvider clock, ILogger logger)
{
    private readonly object _gate = new();
    private bool _isDown;
    private long _failed;

    /// <summary>Whether the cache is to be asked: always, but for a while after it failed.</summary>
    public bool MayBeAsked
    {
        get
        {
            lock (_gate)
            {
                return !_isDown || clock.GetElapsedTime(_failed) >= options.RetryAfter;
            }
        }
    }

    public int MaxTokensInMemory => options.MaxTokensInMemory;

    public void Served(string result) => metrics.Read(acquirer, result);

    public async Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        if (!MayBeAsked)
        {
            Served("unavailable");
            return null;
        }

        try
        {
            var found = await cache.GetAsync(key, cancellationToken)
                .WaitAsync(options.Timeout, clock, cancellationToken)
                .ConfigureAwait(false);
            Answered();
            return found is null || protector is null ? found : protector.Unprotect(found);
        }
        catch (CryptographicException)
        {
            return []; // written with other keys, or without
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(exception);
            Served("unavailable");
            return null;
        }
    }

    public async Task<bool> WriteAsync(string key, MtlsPopToken token, CancellationToken cancellationToken)
    {
        if (!MayBeAsked)
        {
            metrics.Written(acquirer, "unavailable");
            return false;
        }

        try
        {
            var written = SharedToken.Write(token);
            await cache.SetAsync(
                key, protector?.Protect(written)
                    ?? written, new DistributedCacheEntryOptions { AbsoluteExpiration = token.ExpiresOn }, cancellationToken)
                .WaitAsync(options.Timeout, clock, cancellationToken).ConfigureAwait(false);
            Answered();
            metrics.Written(acquirer, "stored");
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(exception);
            metrics.Written(acquirer, "unavailable");
            return false;
        }
    }

    private void Answered()
    {
        lock (_gate)
        {
            if (!_isDown)
            {
                return;
            }

            _isDown = false;
        }

        HostingLog.CacheAnswers(logger, acquirer);
    }

    // Of one outage, one line: not one for each request and each attempt.
    private void Failed(Exception exception)
    {
        lock (_gate)
        {
            _failed = clock.GetTimestamp();
            if (_isDown)
            {
                return;
            }

            _isDown = true;
        }

        HostingLog.CacheFailed(logger, acquirer, exception.GetType().Name);
    }
}
