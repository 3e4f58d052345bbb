using BenchmarkDotNet.Reports;

namespace MtlsPop.Benchmarks;

/// <summary>What this library may cost beside its baseline, both measured in one run.</summary>
internal sealed record Budget(Type Benchmark, string Baseline)
{
    /// <summary>How many standard errors a measurement may be off before a difference counts.</summary>
    private const double NoiseBand = 3;

    public double MostRatio { get; init; } = double.PositiveInfinity;

    public double MostExtraNanoseconds { get; init; } = double.PositiveInfinity;

    public double MostExtraBytes { get; init; } = double.PositiveInfinity;

    /// <summary>Says how it stands, and whether it is kept.</summary>
    public bool Judge(Summary summary)
    {
        var (baseline, ours) = (ReportOf(summary, Baseline), ReportOf(summary, "MtlsPop"));
        var (before, after) = (baseline.ResultStatistics!, ours.ResultStatistics!);
        var noise = NoiseBand * Math.Sqrt((before.StandardError * before.StandardError) + (after.StandardError * after.StandardError));
        var (theirs, mine) = (before.Q1, after.Q1); // the quicker runs: on a shared machine the others measure its neighbours
        var extra = mine - theirs;
        var ratio = mine / theirs;
        var bytes = Bytes(ours) - Bytes(baseline);
        var isKept = extra - noise <= MostExtraNanoseconds && (mine - noise) / theirs <= MostRatio && bytes <= MostExtraBytes;
        Console.WriteLine(
            $"{(isKept ? "kept    " : "EXCEEDED")} {Benchmark.Name}: {mine:N0} ns beside {theirs:N0} ns of {Baseline}, ratio {ratio:N3}, {extra:+#,0;-#,0} ns (noise {noise:N0}), {bytes:+#,0;-#,0} B");
        return isKept;
    }

    private static BenchmarkReport ReportOf(Summary summary, string method) =>
        summary.Reports.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method);

    private static double Bytes(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
}
