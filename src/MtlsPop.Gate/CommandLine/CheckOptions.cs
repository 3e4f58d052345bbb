using MtlsPop.Gate.Judging;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.CommandLine;

internal sealed record CheckOptions
{
    public string Path { get; init; } = ".";

    /// <summary>What is checked, as it was named.</summary>
    public string Target { get; init; } = ".";

    /// <summary>Documents to judge instead of a build.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    /// <summary>The version of MSAL that documents are judged against; null for the one that the tool carries.</summary>
    public string? Msal { get; init; }

    public ScanOptions Scan { get; init; } = new();

    /// <summary>SARIF files to judge instead of a build.</summary>
    public IReadOnlyList<string> Sarif { get; init; } = [];

    public IReadOnlyList<string> Reports { get; init; } = [];

    public FailOn FailOn { get; init; }

    /// <summary>A branch or commit: what the work on top of it did not bring does not fail.</summary>
    public string? Base { get; init; }

    public string? Baseline { get; init; }

    public bool WriteBaseline { get; init; }

    /// <summary>Also in the way that GitHub Actions shows it.</summary>
    public bool GitHub { get; init; }
}
