using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using MtlsPop.StandIns;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MtlsPop.HostingTests;

/// <summary>No secret leaves a host but over the wire and into its cache.</summary>
public class CanaryTests
{
    private const string Claims = """{"canary-claim":{}}""";

    [Fact]
    public async Task Nothing_that_a_host_reports_carries_a_token_claims_a_password_or_a_whole_thumbprint()
    {
        await using var world = await World.StartAsync();
        var written = new ConcurrentQueue<string>();
        var (traces, metrics) = (new List<Activity>(), new List<Metric>());
        var (first, second) = (World.Issuer.IssueClient("orders"), World.Issuer.IssueClient("orders"));
        using var host = world.Host(
            world.Settings(first, ("WarmUpScopes:0", World.Scope), ("SharedCache:Enabled", "true")),
            builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Everything(written));
                builder.Services.AddDistributedMemoryCache();
                builder.Services.AddHttpClient("api").AddMtlsPop(options => { options.Scope = World.Scope; options.AllowedHosts.Add(World.ApiHost); });
                builder.Services.AddHealthChecks().AddMtlsPopHealthCheck();
                builder.Services.AddOpenTelemetry()
                    .WithTracing(tracing => tracing.AddMtlsPopInstrumentation().AddInMemoryExporter(traces))
                    .WithMetrics(metering => metering.AddMtlsPopInstrumentation().AddInMemoryExporter(metrics));
            });
        host.Services.GetRequiredService<TracerProvider>();
        var meters = host.Services.GetRequiredService<MeterProvider>();
        var health = host.Services.GetRequiredService<HealthCheckService>();
        await host.StartAsync();
        var acquirer = host.Services.GetRequiredService<IMtlsPopTokenAcquirer>();
        await host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api").GetStringAsync(World.Api);

        // A certificate that is renewed, a file that breaks, claims, and a token service that refuses.
        world.Pfx(second);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        var token = await acquirer.AcquireAsync(new MtlsPopTokenRequest(World.Scope) { Claims = Claims });
        world.Write("orders.pfx", "rubbish");
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        world.Sts.Refuses = _ => new TokenRefusal(400, "canary_refusal");
        var refused = await Record.ExceptionAsync(() => acquirer.AcquireAsync(new MtlsPopTokenRequest(World.Scope) { ForceRefresh = true }).AsTask());
        var report = await health.CheckHealthAsync();
        var unreadable = await Record.ExceptionAsync(() => world.Host(
            world.Settings(first, ("Certificate:Password", "canary-password"))).StartAsync());

        meters.ForceFlush();
        written.Enqueue(JsonSerializer.Serialize(report.Entries.Select(entry => new { entry.Key, entry.Value.Description, entry.Value.Data })));
        written.Enqueue($"{token} {refused} {unreadable} {report.Entries.Single().Value.Exception}");
        traces.ForEach(activity => written.Enqueue($"{activity.DisplayName} {activity.StatusDescription} {Flatten(activity.TagObjects)}"));
        metrics.ForEach(metric => written.Enqueue($"{metric.Name} {Tags(metric)}"));
        var text = string.Join('\n', written);

        foreach (var seen in new[] { "renewed", "last one stays in use", "canary_refusal", "mtlspop.acquire", "mtlspop.shared_cache.reads", "Request Headers" })
        {
            Assert.Contains(seen, text, StringComparison.Ordinal);
        }

        foreach (var secret in new[]
        {
            Convert.ToBase64String(Encoding.UTF8.GetBytes("canary-signature")).TrimEnd('='), "canary-claim", "canary-password",
            first.Thumbprint, second.Thumbprint, first.GetCertHashString(HashAlgorithmName.SHA256), second.GetCertHashString(HashAlgorithmName.SHA256),
            BoundJwt.HashOf(first), BoundJwt.HashOf(second),
        })
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static string Tags(Metric metric)
    {
        var tags = new List<string>();
        foreach (var point in metric.GetMetricPoints())
        {
            foreach (var tag in point.Tags)
            {
                tags.Add($"{tag.Key}={tag.Value}");
            }
        }

        return string.Join(' ', tags);
    }

    /// <summary>Writes a value with all that is in it, as an exporter does.</summary>
    private static string Flatten(object? value) => value switch
    {
        string text => text,
        KeyValuePair<string, object?> pair => $"{pair.Key}={Flatten(pair.Value)}",
        IEnumerable many => string.Join(' ', many.Cast<object?>().Select(Flatten)),
        _ => $"{value}",
    };

    /// <summary>Writes text and state of each entry and scope.</summary>
    private sealed class Everything(ConcurrentQueue<string> written) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            written.Enqueue(Flatten(state));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            written.Enqueue($"{formatter(state, exception)} {Flatten(state)} {exception}");

        public void Dispose()
        {
        }
    }
}
