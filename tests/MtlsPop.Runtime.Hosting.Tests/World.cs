using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MtlsPop.StandIns;

namespace MtlsPop.HostingTests;

/// <summary>A token service and a resource on loopback, a folder for certificates, and hosts that are configured for them.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string ApiHost = "api.contoso.com";
    public const string Api = "https://api.contoso.com/items";
    public const string Scope = "https://api.contoso.com/.default";
    public const string Authority = "https://login.microsoftonline.com/contoso.onmicrosoft.com";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtlspop-hosting-");

    private World() => Network = new LoopbackNetwork(Issuer);

    public static CertificateAuthority Issuer { get; } = CertificateAuthority.Create();

    public LoopbackNetwork Network { get; }

    public TokenService Sts { get; private set; } = null!;

    public Resource Resource { get; private set; } = null!;

    public Lines Log { get; } = new();

    public ManualClock Clock { get; } = new();

    public static async Task<World> StartAsync()
    {
        var world = new World();
        world.Sts = await TokenService.StartAsync(world.Network);
        world.Resource = await Resource.StartAsync(world.Network, ApiHost);
        return world;
    }

    /// <summary>Writes a PFX file; written again it is a renewed certificate.</summary>
    public string Pfx(X509Certificate2 certificate, string name = "orders")
    {
        var file = Path.Combine(_folder.FullName, $"{name}.pfx");
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, "password"));
        return file;
    }

    public string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>What a user writes for a certificate in a file.</summary>
    public Dictionary<string, string?> Settings(X509Certificate2? certificate = null, params (string Key, string? Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ClientId"] = "orders",
            ["Authority"] = Authority,
            ["Certificate:File"] = Pfx(certificate ?? Issuer.IssueClient("orders")),
            ["Certificate:Password"] = "password",
        };
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        return settings;
    }

    public IHost Host(Dictionary<string, string?> settings, Action<HostApplicationBuilder>? configure = null) =>
        HostWith(builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Services.AddMtlsPopTokenAcquirer(builder.Configuration);
            configure?.Invoke(builder);
        });

    public IHost HostWith(Action<HostApplicationBuilder> configure)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.ConfigureAll<MtlsPopApplicationOptions>(options => OnLoopback(options.Transport));
        builder.Services.ConfigureAll<MtlsPopOptions>(options => OnLoopback(options.Transport));
        configure(builder);
        return builder.Build();
    }

    public void OnLoopback(MtlsPopTransportOptions transport)
    {
        transport.AllowTlsResume = false; // a resumed session presents no certificate of its own
        transport.ConfigureHandler = Network.Configure;
    }

    public async ValueTask DisposeAsync()
    {
        await Resource.DisposeAsync();
        await Sts.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A clock that can be put forward.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddTicks(Volatile.Read(ref _ahead));

    public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _ahead) * (TimestampFrequency / TimeSpan.TicksPerSecond);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}

/// <summary>What was logged by this library, each line with its level.</summary>
internal sealed class Lines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> All => _lines;

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("MtlsPop", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
