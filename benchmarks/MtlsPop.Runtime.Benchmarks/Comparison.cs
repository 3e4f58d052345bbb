using System.Globalization;

namespace MtlsPop.Benchmarks;

/// <summary>What this library takes beside a baseline that does the same work, and how much of it may be owed to the machine.</summary>
/// <param name="Ratio">The median of our time to the baseline's.</param>
/// <param name="Noise">How far that may be off.</param>
/// <param name="Nanoseconds">Our median time.</param>
/// <param name="ExtraBytes">What we allocate more.</param>
internal sealed record Comparison(double Ratio, double Noise, double Nanoseconds, double ExtraBytes)
{
    /// <summary>What several measurements say together. How far they are apart is noise, however sure each of them is of itself.</summary>
    public static Comparison Of(IReadOnlyCollection<Comparison> repeats)
    {
        var ratios = repeats.Select(static repeat => repeat.Ratio).ToArray();
        return new Comparison(
            Median(ratios),
            Math.Max((ratios.Max() - ratios.Min()) / 2, Median(repeats.Select(static repeat => repeat.Noise))),
            Median(repeats.Select(static repeat => repeat.Nanoseconds)),
            Median(repeats.Select(static repeat => repeat.ExtraBytes)));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Ratio:N3} ± {Noise:N3} of the baseline's time ({Nanoseconds:N0} ns), {ExtraBytes:+#,0;-#,0;0} B");

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
