using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Identity.Client;
using MtlsPop.StandIns;
using MtlsPop.Tests.Sending;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace MtlsPop.Tests.Diagnostics;

public class DiagnosticsTests
{
    private const string CanaryClaims = """{"canary-claim":{}}""";

    [Fact]
    public async Task Nothing_that_is_reported_carries_a_token_an_assertion_claims_or_a_whole_thumbprint()
    {
        await using var world = await World.StartAsync();
        using var output = new Output();
        var certificate = World.NewCertificate();
        var app = ConfidentialClientApplicationBuilder.Create("leg2").WithAuthority(World.TenantAuthority).WithHttpClientFactory(world.Http)
            .WithBoundClientAssertion(world.App(certificate)).Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(output));
        services.AddHttpClient("api").AddMtlsPop(_ => MtlsPopTokenAcquirer.Create(app), options =>
        {
            options.Scope = World.Scope;
            options.AllowedHosts.Add(World.ApiHost);
            world.Transport(options.Transport);
        });
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("api");

        // A challenge, an answer, a refused certificate and a refused host: everything there is to report.
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(CanaryClaims));
        world.Resource.Intercepts = (context, request) =>
        {
            context.Response.StatusCode = request.Token!.Claims is null ? 401 : 200;
            context.Response.Headers.WWWAuthenticate = $"mtls_pop error=\"insufficient_claims\", claims=\"{encoded}\"";
            return Task.FromResult(true);
        };
        using var response = await client.GetAsync(World.Api);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        output.Add(await Record.ExceptionAsync(() => client.GetAsync("https://evil.example")));
        using (new AlertingServer(world.Network))
        using (var another = world.Client(app))
        {
            output.Add(await Record.ExceptionAsync(() => another.GetAsync(World.Api)));
        }

        var result = await app.AcquireMtlsPopTokenAsync([World.Scope]);
        var token = MtlsPopToken.FromResult(result);
        output.Add(token);
        output.Add(new MtlsPopTokenRequest(World.Scope) { Claims = CanaryClaims });
        result.TokenType = "Bearer";
        output.Add(Record.Exception(() => result.RequireBinding()));

        var text = output.ToString();
        Assert.Contains("demanded claims", text, StringComparison.Ordinal); // or nothing was captured at all
        Assert.Contains("mtlspop.acquire", text, StringComparison.Ordinal);
        Assert.Contains("mtlspop.handler.created", text, StringComparison.Ordinal);
        foreach (var secret in new[]
        {
            Convert.ToBase64String(Encoding.UTF8.GetBytes("canary-signature")).TrimEnd('='), // the end of each token and assertion
            "canary-claim", encoded, certificate.Thumbprint, Convert.ToHexString(token.BindingSha256.Span), BoundJwt.HashOf(certificate),
        })
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task The_signals_say_what_happened()
    {
        await using var world = await World.StartAsync();
        using var output = new Output();
        using var client = world.Client();
        await client.GetStringAsync(World.Api);
        using (new AlertingServer(world.Network))
        using (var another = world.Client())
        {
            await Assert.ThrowsAsync<MtlsPopException>(() => another.GetAsync(World.Api));
        }

        var text = output.ToString();
        foreach (var signal in new[]
        {
            "mtlspop.token.acquired", "mtlspop.token.acquire.duration", "mtlspop.handler.created", "mtlspop.handler.retired",
            "mtlspop.pool.bindings", "mtlspop.tls.faults", "mtlspop.source=confidential_client", "mtlspop.result=identity_provider",
        })
        {
            Assert.Contains(signal, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_activity_names_the_reason_of_a_failed_acquisition()
    {
        await using var world = await World.StartAsync();
        using var output = new Output();
        world.Sts.Refuses = _ => new TokenRefusal(400, "canary_refusal");

        await Assert.ThrowsAsync<MsalServiceException>(() => world.App().AcquireMtlsPopTokenAsync([World.Scope]));

        Assert.Contains("Error canary_refusal", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Whatever leaves the library: logs, activities, measurements, and what a test adds.</summary>
    private sealed class Output : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private readonly ActivityListener _activities;
        private readonly MeterListener _measurements;

        public Output()
        {
            _activities = new ActivityListener
            {
                ShouldListenTo = source => source.Name == MtlsPopDiagnostics.ActivitySourceName,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity => Add(
                    $"{activity.OperationName} {activity.Status} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)}"),
            };
            ActivitySource.AddActivityListener(_activities);
            _measurements = new MeterListener { InstrumentPublished = Listen };
            _measurements.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(Line(instrument, value, tags)));
            _measurements.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(Line(instrument, value, tags)));
            _measurements.Start();
        }

        public void Add(object? something) => _lines.Enqueue($"{something}");

        public override string ToString() => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Add(state);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
            _activities.Dispose();
            _measurements.Dispose();
        }

        private static void Listen(Instrument instrument, MeterListener listener)
        {
            if (instrument.Meter.Name == MtlsPopDiagnostics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        }

        private static string Line<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            $"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}";
    }
}
