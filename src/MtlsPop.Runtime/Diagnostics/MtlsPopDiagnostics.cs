using System.Diagnostics;

namespace MtlsPop;

/// <summary>The names under which this library reports what it does, for OpenTelemetry and its like.</summary>
public static class MtlsPopDiagnostics
{
    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "MtlsPop.Runtime";

    /// <summary>The name of the meter.</summary>
    public const string MeterName = "MtlsPop.Runtime";

    internal static readonly ActivitySource Activities = new(ActivitySourceName);
}
