using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Identity.Client;
using MtlsPop.StandIns;
using MtlsPop.Tests.Sending;

namespace MtlsPop.Tests.Diagnostics;

public class DiagnosticsTests
{
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

    [Fact]
    public async Task Two_hosts_in_one_process_measure_each_with_its_own_meter()
    {
        await using var world = await World.StartAsync();
        var app = world.App();
        await using var busy = Host(world, app);
        await using var idle = Host(world, app);
        var scopes = new[] { busy.GetRequiredService<IMeterFactory>(), idle.GetRequiredService<IMeterFactory>() };
        var measured = new ConcurrentQueue<(object? Host, string Name)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (scopes.Contains(instrument.Meter.Scope))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => measured.Enqueue((instrument.Meter.Scope, instrument.Name)));
        listener.Start();

        await busy.GetRequiredService<IHttpClientFactory>().CreateClient("api").GetStringAsync(World.Api);

        Assert.Equal(
            [(scopes[0], "mtlspop.handler.created"), (scopes[0], "mtlspop.pool.bindings"), (scopes[0], "mtlspop.token.acquired")],
            measured.OrderBy(measurement => measurement.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_host_the_meter_is_of_the_factory_that_is_given()
    {
        await using var world = await World.StartAsync();
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var measured = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == meters)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => Interlocked.Increment(ref measured));
        listener.Start();
        using var client = world.Client(configure: options => options.Transport.WithMeterFactory(meters));

        await client.GetStringAsync(World.Api);

        Assert.Equal(3, measured); // a token acquired, connections opened, and a certificate that has some
    }

    private static ServiceProvider Host(World world, IConfidentialClientApplication app)
    {
        var services = new ServiceCollection();
        services.AddHttpClient("api").AddMtlsPop(_ => MtlsPopTokenAcquirer.Create(app), options =>
        {
            options.Scope = World.Scope;
            options.AllowedHosts.Add(World.ApiHost);
            world.Transport(options.Transport);
        });
        return services.BuildServiceProvider();
    }

    /// <summary>What is measured, and the activities.</summary>
    private sealed class Output : IDisposable
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
                ActivityStopped = activity => _lines.Enqueue(
                    $"{activity.OperationName} {activity.Status} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)}"),
            };
            ActivitySource.AddActivityListener(_activities);
            _measurements = new MeterListener { InstrumentPublished = Listen };
            _measurements.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _lines.Enqueue(Line(instrument, value, tags)));
            _measurements.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _lines.Enqueue(Line(instrument, value, tags)));
            _measurements.Start();
        }

        public override string ToString() => string.Join('\n', _lines);

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
