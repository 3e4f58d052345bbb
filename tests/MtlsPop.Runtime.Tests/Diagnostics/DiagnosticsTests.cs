using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
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
