using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>A host's acquirer: made when it is first needed, made anew when its configuration changes, and watched.</summary>
internal sealed class HostedAcquirer : IMtlsPopTokenAcquirer, IDisposable
{
    private readonly SemaphoreSlim _making = new(1);
    private readonly Func<CancellationToken, Task<ConfiguredApplication>> _make;
    private readonly IConfiguration? _section;
    private readonly IDisposable? _reloading;
    private readonly HostingMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private volatile ConfiguredApplication? _current;
    private volatile AcquirerState _state = AcquirerState.None;
    private ConfiguredApplication? _replaced;
    private string? _settings;

    public HostedAcquirer(
        string name, IConfiguration? section, Func<CancellationToken, Task<ConfiguredApplication>> make, HostingMetrics metrics,
        TimeProvider clock, ILogger logger)
    {
        Name = name;
        _section = section;
        _make = make;
        _metrics = metrics;
        _clock = clock;
        _logger = logger;
        _reloading = section is null ? null : ChangeToken.OnChange(section.GetReloadToken, Reload);
        metrics.Meter.CreateObservableGauge(
            "mtlspop.certificate.remaining", Remaining, "s", "How long the certificate that an acquirer uses is still valid.");
    }

    public string Name { get; }

    public AcquirerState State => _state;

    /// <summary>The latest change of configuration, once it has been taken over or refused.</summary>
    public Task Reloading { get; private set; } = Task.CompletedTask;

    public async ValueTask<MtlsPopToken> AcquireAsync(MtlsPopTokenRequest request, CancellationToken cancellationToken = default)
    {
        try
        {
            var application = await ApplicationAsync(cancellationToken).ConfigureAwait(false);
            var token = await application.Acquirer.AcquireAsync(request, cancellationToken).ConfigureAwait(false);
            _state = _state with { LastToken = token, LastSuccess = _clock.GetUtcNow() };
            _metrics.Requested(Name, token.Source is TokenSource.Cache ? "cache" : "identity_provider");
            return token;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var error = ErrorOf(exception);
            _state = _state with { LastFailure = _clock.GetUtcNow(), LastError = error };
            _metrics.Requested(Name, error);
            throw;
        }
    }

    /// <summary>The application, made now if it has not been needed yet.</summary>
    public async ValueTask<ConfiguredApplication> ApplicationAsync(CancellationToken cancellationToken)
    {
        if (_current is { } current)
        {
            return current;
        }

        await _making.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _settings ??= Settings();
            return _current ??= await _make(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _making.Release();
        }
    }

    /// <summary>Acquires what is to be there before the first request.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        var application = await ApplicationAsync(cancellationToken).ConfigureAwait(false);
        foreach (var scope in application.Options.WarmUpScopes)
        {
            try
            {
                await AcquireAsync(new MtlsPopTokenRequest(scope), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or MtlsPopException))
            {
                HostingLog.WarmUpFailed(_logger, Name, scope, ErrorOf(exception)); // the token service may be back before it is needed
            }
        }
    }

    public void Dispose()
    {
        _reloading?.Dispose();
        _current?.Dispose();
        _replaced?.Dispose();
    }

    private static string ErrorOf(Exception exception) => exception switch
    {
        MtlsPopException refused => refused.Error.ToString(),
        MsalException msal => msal.ErrorCode,
        _ => exception.GetType().Name,
    };

    private string Settings() =>
        _section is null ? "" : string.Join('\n', _section.AsEnumerable().Select(setting => $"{setting.Key}={setting.Value}"));

    private void Reload() => Reloading = ReloadAsync();

    // Configuration says that it changed whenever any of it did: what concerns others must not cost this one its tokens.
    private async Task ReloadAsync()
    {
        await _making.WaitAsync().ConfigureAwait(false);
        try
        {
            var settings = Settings();
            if (_current is not { } current || settings == _settings)
            {
                return;
            }

            _settings = settings;
            _current = await _make(CancellationToken.None).ConfigureAwait(false);
            _replaced?.Dispose();
            _replaced = current; // requests may still be under way with it
            HostingLog.OptionsTaken(_logger, Name);
        }
        catch (Exception exception)
        {
            HostingLog.OptionsKept(_logger, Name, exception.Message);
        }
        finally
        {
            _making.Release();
        }
    }

    private IEnumerable<Measurement<double>> Remaining() =>
        _state.LastToken is { } token
            ? [new(
                (token.BindingCertificate.NotAfter.ToUniversalTime() - _clock.GetUtcNow().UtcDateTime).TotalSeconds,
                new KeyValuePair<string, object?>("mtlspop.acquirer", Name))]
            : [];
}
