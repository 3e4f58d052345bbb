using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MtlsPop;
using MtlsPop.StandIns;

const string Scope = "https://api.contoso.com/.default";

var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Configuration.AddJsonFile(args[0]);
var network = new LoopbackNetwork(CertificateAuthority.Of(X509Certificate2.CreateFromPem(builder.Configuration["Root"])));
foreach (var port in builder.Configuration.GetSection("Ports").GetChildren())
{
    network.Add(port["Host"]!, int.Parse(port["Port"]!, CultureInfo.InvariantCulture));
}

var (lines, clock) = (new Lines(), new Clock());
builder.Logging.AddProvider(lines);
builder.Services.AddSingleton<TimeProvider>(clock);
builder.Services.AddStackExchangeRedisCache(redis => redis.Configuration = builder.Configuration["Redis"]);
builder.Services.AddMtlsPopTokenAcquirer(builder.Configuration.GetSection("MtlsPop"));
builder.Services.Configure<MtlsPopApplicationOptions>(options => options.Transport.ConfigureHandler = network.Configure);
using var host = builder.Build();
await host.StartAsync();
var acquirer = host.Services.GetRequiredService<IMtlsPopTokenAcquirer>();
using var connections = new MtlsPopConnections(new MtlsPopTransportOptions { AllowTlsResume = false, ConfigureHandler = network.Configure });

Console.WriteLine("ready");
while (Console.ReadLine()?.Split(' ') is { } command)
{
    Console.WriteLine(command switch
    {
        ["acquire"] => await AcquireAsync(),
        ["send", var count] => await SendAsync(int.Parse(count, CultureInfo.InvariantCulture)),
        ["wait", var seconds] => clock.Advance(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))),
        ["log"] => string.Join('|', lines.All),
        _ => throw new InvalidOperationException("No such command."),
    });
}

// Whether the token came from the cache, and what it and its certificate say of each other.
async Task<string> AcquireAsync()
{
    var token = await acquirer.AcquireAsync(new MtlsPopTokenRequest(Scope));
    return $"{token.Source} {BoundJwt.Parse(token.AccessToken).CertificateSha256 == BoundJwt.HashOf(token.BindingCertificate)}";
}

// Each request asks for its token, as a program does that acquires them itself.
async Task<string> SendAsync(int count)
{
    var failures = new ConcurrentQueue<string>();
    var left = count;
    await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
    {
        while (Interlocked.Decrement(ref left) >= 0)
        {
            try
            {
                using var client = connections.CreateClient(await acquirer.AcquireAsync(new MtlsPopTokenRequest(Scope)));
                await client.GetStringAsync(new Uri("https://api.contoso.com/items"));
            }
            catch (Exception exception)
            {
                failures.Enqueue(exception.Message);
            }
        }
    })));
    return JsonSerializer.Serialize(failures);
}

/// <summary>A clock that can be put forward.</summary>
internal sealed class Clock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddTicks(Volatile.Read(ref _ahead));

    public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _ahead) * (TimestampFrequency / TimeSpan.TicksPerSecond);

    public string Advance(TimeSpan by) => $"{Interlocked.Add(ref _ahead, by.Ticks)}";
}

/// <summary>What the library logged.</summary>
internal sealed class Lines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> All { get; } = new();

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("MtlsPop", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        All.Enqueue($"{logLevel}: {formatter(state, exception)}");

    public void Dispose()
    {
    }
}
