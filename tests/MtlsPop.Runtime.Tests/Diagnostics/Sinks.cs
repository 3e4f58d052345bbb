using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace MtlsPop.Tests.Diagnostics;

/// <summary>All that watches a program: log text, log state, Serilog's JSON, OpenTelemetry's three signals, and what a test adds.</summary>
internal sealed class Sinks : IDisposable
{
    private static readonly SinkKind _state = new("log text and state", "demanded claims");
    private static readonly SinkKind _serilog = new("Serilog's JSON", "Request Headers");
    private static readonly SinkKind _logs = new("OpenTelemetry's logs", "Request Headers");
    private static readonly SinkKind _traces = new("OpenTelemetry's activities", "mtlspop.acquire");
    private static readonly SinkKind _metrics = new("OpenTelemetry's metrics", "mtlspop.handler.created");
    private static readonly SinkKind _added = new("exceptions and dumps", "CertificateRejected");

    private readonly ConcurrentQueue<(SinkKind Sink, string Text)> _written = new();
    private readonly List<System.Diagnostics.Activity> _activities = [];
    private readonly List<Metric> _measurements = [];
    private readonly List<LogRecord> _records = [];
    private readonly TracerProvider _tracer;
    private readonly MeterProvider _meter;
    private readonly Logger _serilogLogger;

    public Sinks()
    {
        string[] sources = [MtlsPopDiagnostics.ActivitySourceName, "System.Net.Http", "Experimental.System.Net.Http.Connections"];
        _tracer = Sdk.CreateTracerProviderBuilder().AddSource(sources).AddInMemoryExporter(_activities).Build();
        _meter = Sdk.CreateMeterProviderBuilder().AddMeter(MtlsPopDiagnostics.MeterName, "System.Net.Http").AddInMemoryExporter(_measurements).Build();
        _serilogLogger = new LoggerConfiguration().MinimumLevel.Verbose().Enrich.FromLogContext().WriteTo.Sink(new Json(this)).CreateLogger();
    }

    /// <summary>What each of them has written.</summary>
    public IEnumerable<(SinkKind Sink, string Text)> Written
    {
        get
        {
            _tracer.Dispose(); // the other tests of the process have activities, too
            _meter.ForceFlush();
            _activities.ForEach(activity => Add(_traces, Flatten(new object?[]
            {
                activity.DisplayName, activity.StatusDescription, activity.TagObjects, activity.Baggage, activity.Events.Select(static e => e.Tags),
            })));
            _records.ForEach(record => Add(_logs, Flatten(new object?[] { record.FormattedMessage, record.Body, record.Attributes, record.Exception })));
            foreach (var metric in _measurements)
            {
                foreach (var point in metric.GetMetricPoints())
                {
                    Add(_metrics, $"{metric.Name} {Tags(point)}");
                }
            }

            return _written.GroupBy(static line => line.Sink).Select(static lines => (lines.Key, string.Join('\n', lines.Select(static line => line.Text))))
                .Concat(Kinds.Except(_written.Select(static line => line.Sink)).Select(static silent => (silent, "")));
        }
    }

    private static SinkKind[] Kinds => [_state, _serilog, _logs, _traces, _metrics, _added];

    public void AddTo(ILoggingBuilder logging)
    {
        logging.AddProvider(new StateLogger(this));
        logging.AddSerilog(_serilogLogger);
        logging.AddOpenTelemetry(options =>
        {
            options.IncludeScopes = true;
            options.IncludeFormattedMessage = true;
            options.ParseStateValues = true;
            options.AddInMemoryExporter(_records);
        });
    }

    public void Add(object? something) => Add(_added, $"{something} {(something as MtlsPopException)?.Error}");

    public void Dispose()
    {
        _tracer.Dispose();
        _meter.Dispose();
        _serilogLogger.Dispose();
    }

    private void Add(SinkKind sink, string text) => _written.Enqueue((sink, text));

    private static string Tags(in MetricPoint point)
    {
        var text = "";
        foreach (var tag in point.Tags)
        {
            text += $" {tag.Key}={Flatten(tag.Value)}";
        }

        return text;
    }

    /// <summary>Writes a value with all that is in it, as an exporter does.</summary>
    private static string Flatten(object? value) => value switch
    {
        null => "",
        string text => text,
        KeyValuePair<string, object?> pair => $"{pair.Key}={Flatten(pair.Value)}",
        IEnumerable many => string.Join(' ', many.Cast<object?>().Select(Flatten)),
        _ => $"{value}",
    };

    /// <summary>Who watches, and what shows that it has seen something.</summary>
    internal sealed record SinkKind(string Name, string MustContain);

    private sealed class Json(Sinks sinks) : ILogEventSink
    {
        public void Emit(LogEvent logEvent)
        {
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            new CompactJsonFormatter().Format(logEvent, text);
            sinks.Add(_serilog, text.ToString());
        }
    }

    private sealed class StateLogger(Sinks sinks) : ILoggerProvider, Microsoft.Extensions.Logging.ILogger
    {
        public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            sinks.Add(_state, Flatten(state));
            return null;
        }

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            sinks.Add(_state, $"{formatter(state, exception)} {Flatten(state)} {exception}");

        public void Dispose()
        {
        }
    }
}
