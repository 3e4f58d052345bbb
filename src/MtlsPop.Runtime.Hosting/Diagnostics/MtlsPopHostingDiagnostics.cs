namespace MtlsPop;

/// <summary>The name under which a host's acquirers report what they do, beside that of <see cref="MtlsPopDiagnostics"/>.</summary>
public static class MtlsPopHostingDiagnostics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "MtlsPop.Runtime.Hosting";
}
