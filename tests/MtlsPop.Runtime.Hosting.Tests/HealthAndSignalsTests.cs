using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using MtlsPop.StandIns;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MtlsPop.HostingTests;

/// <summary>What operations see of an acquirer.</summary>
public class HealthAndSignalsTests
{
    private static readonly MtlsPopTokenRequest _request = new(World.Scope);

    [Fact]
    public async Task An_acquirer_with_a_valid_certificate_is_healthy_and_is_asked_for_no_token()
    {
        await using var world = await World.StartAsync();
        using var host = await HealthyAsync(world);

        var report = await CheckAsync(host);

        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Matches("^[0-9A-F]{8}$", (string)report.Data["certificate"]);
        Assert.Empty(world.Sts.Seen);
    }

    [Fact]
    public async Task A_certificate_near_its_end_degrades_it()
    {
        await using var world = await World.StartAsync();
        using var host = await HealthyAsync(world);

        world.Clock.Advance(TimeSpan.FromDays(20));
        var report = await CheckAsync(host);

        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Contains("renew it", report.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_certificate_is_unhealthy()
    {
        await using var world = await World.StartAsync();
        using var host = await HealthyAsync(world);

        world.Clock.Advance(TimeSpan.FromDays(40));
        var report = await CheckAsync(host);

        Assert.Equal(HealthStatus.Unhealthy, report.Status);
    }

    [Theory]
    [InlineData(false, HealthStatus.Unhealthy)]
    [InlineData(true, HealthStatus.Degraded)]
    public async Task A_failed_acquisition_counts_as_much_as_whether_an_earlier_token_is_still_valid(bool hasToken, HealthStatus expected)
    {
        await using var world = await World.StartAsync();
        using var host = await HealthyAsync(world);
        var acquirer = host.Services.GetRequiredService<IMtlsPopTokenAcquirer>();
        if (hasToken)
        {
            await acquirer.AcquireAsync(_request);
        }

        world.Sts.Refuses = _ => new TokenRefusal(400, "canary_refusal");
        await Assert.ThrowsAnyAsync<Exception>(() => acquirer.AcquireAsync(_request with { ForceRefresh = true }).AsTask());
        var report = await CheckAsync(host);

        Assert.Equal(expected, report.Status);
        Assert.Equal("canary_refusal", report.Data["lastError"]);
    }

    [Fact]
    public async Task A_host_that_cannot_bind_a_managed_identitys_tokens_is_unhealthy()
    {
        await using var world = await World.StartAsync();
        await using var metadata = await InstanceMetadata.StartAsync(world.Network);
        using var host = world.Host(
            new() { ["ManagedIdentity:SystemAssigned"] = "true", ["ManagedIdentity:RequireAttestation"] = "false" },
            builder => builder.Services.AddHealthChecks().AddMtlsPopHealthCheck());
        await host.StartAsync();

        var report = await CheckAsync(host);

        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        Assert.Contains("Credential Guard", report.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_of_a_named_acquirer_has_its_name_and_what_else_is_set()
    {
        await using var world = await World.StartAsync();
        using var host = world.HostWith(builder =>
        {
            builder.Services.AddMtlsPopTokenAcquirer("orders", _ => MtlsPopTokenAcquirer.Create((_, _) => throw new InvalidOperationException()));
            builder.Services.AddHealthChecks().AddMtlsPopHealthCheck("orders", options =>
            {
                options.FailureStatus = HealthStatus.Degraded;
                options.Tags.Add("ready");
            });
        });
        await host.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.Services.GetRequiredKeyedService<IMtlsPopTokenAcquirer>("orders").AcquireAsync(_request).AsTask());

        var report = await CheckAsync(host, "mtlspop-orders");

        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Equal(["ready"], report.Tags);
    }

    [Fact]
    public async Task OpenTelemetry_gets_the_traces_and_metrics_by_one_call_each()
    {
        await using var world = await World.StartAsync();
        var (traces, metrics) = (new List<Activity>(), new List<Metric>());
        using var host = world.Host(world.Settings(null, ("WarmUpScopes:0", World.Scope)), builder => builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddMtlsPopInstrumentation().AddInMemoryExporter(traces))
            .WithMetrics(metering => metering.AddMtlsPopInstrumentation().AddInMemoryExporter(metrics)));
        host.Services.GetRequiredService<TracerProvider>();
        var meters = host.Services.GetRequiredService<MeterProvider>();

        await host.StartAsync();
        meters.ForceFlush();

        Assert.Contains(traces, activity => activity.OperationName == "mtlspop.acquire");
        Assert.Contains(metrics, metric => metric.Name == "mtlspop.token.acquired");
        Assert.Contains(metrics, metric => metric.Name == "mtlspop.acquirer.requests");
        Assert.Contains(metrics, metric => metric.Name == "mtlspop.certificate.remaining");
    }

    [Fact]
    public async Task A_host_measures_its_acquisitions_and_their_connections_with_its_own_meter()
    {
        await using var world = await World.StartAsync();
        using var host = world.Host(world.Settings(null, ("WarmUpScopes:0", World.Scope)));
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        var measured = new ConcurrentBag<string>();
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
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => measured.Add(instrument.Name));
        listener.Start();

        await host.StartAsync();

        Assert.Equal(
            ["mtlspop.acquirer.requests", "mtlspop.handler.created", "mtlspop.pool.bindings", "mtlspop.token.acquired"],
            measured.Distinct().Order(StringComparer.Ordinal));
    }

    private static async Task<IHost> HealthyAsync(World world)
    {
        var host = world.Host(world.Settings(), builder => builder.Services.AddHealthChecks().AddMtlsPopHealthCheck());
        await host.StartAsync();
        return host;
    }

    private static async Task<HealthReportEntry> CheckAsync(IHost host, string name = "mtlspop") =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries[name];
}
