namespace MtlsPop.Benchmarks;

/// <summary>How a measurement stands to its budget.</summary>
internal enum Verdict
{
    Kept,
    Inconclusive,
    Exceeded,
}

/// <summary>What this library may take of its baseline's time, and allocate beside it.</summary>
internal sealed record Budget(double MostRatio = double.PositiveInfinity, double MostExtraBytes = double.PositiveInfinity)
{
    /// <summary>Kept or exceeded only where that is certain: noise is never counted in our favour.</summary>
    public Verdict Judge(Comparison measured) =>
        measured.Ratio - measured.Noise > MostRatio || measured.ExtraBytes > MostExtraBytes ? Verdict.Exceeded :
        measured.Ratio + measured.Noise <= MostRatio ? Verdict.Kept :
        Verdict.Inconclusive;

    public override string ToString() => FormattableString.Invariant(
        $"budget {(double.IsFinite(MostRatio) ? MostRatio : "")}{(double.IsFinite(MostExtraBytes) ? $"{MostExtraBytes:+#} B" : "")}");
}
