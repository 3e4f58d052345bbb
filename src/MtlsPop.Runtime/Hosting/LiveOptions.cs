using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace MtlsPop;

/// <summary>
/// The options of one client of a host: validated when they come in, and the last good ones where a reload brings others that cannot work.
/// </summary>
internal sealed class LiveOptions : IDisposable
{
    private readonly IServiceProvider _services;
    private readonly string _client;
    private readonly ILogger _logger;
    private readonly List<IDisposable> _subscriptions = [];
    private volatile MtlsPopOptions _current;

    public LiveOptions(IServiceProvider services, string client, ILogger logger)
    {
        (_services, _client, _logger) = (services, client, logger);
        _current = Read();
        foreach (var source in services.GetServices<IOptionsChangeTokenSource<MtlsPopOptions>>())
        {
            if (source.Name is null || source.Name == client)
            {
                _subscriptions.Add(ChangeToken.OnChange(source.GetChangeToken, Reload));
            }
        }
    }

    public MtlsPopOptions Current => _current;

    public void Dispose() => _subscriptions.ForEach(static subscription => subscription.Dispose());

    private MtlsPopOptions Read() =>
        MtlsPopOptionsValidator.Freeze(_services.GetRequiredService<IOptionsFactory<MtlsPopOptions>>().Create(_client), _client);

    private void Reload()
    {
        try
        {
            _current = Read();
        }
        catch (Exception exception)
        {
            Log.OptionsRejected(_logger, _client, exception);
        }
    }
}
