using MtlsPop.Benchmarks;

namespace MtlsPop.Tests.Benchmarks;

/// <summary>What the benchmarks may say of a measurement.</summary>
public class BudgetTests
{
    [Theory]
    [InlineData(1.0, 0.05, "Kept")]
    [InlineData(1.0, 0.15, "Inconclusive")] // 1.15 would be over
    [InlineData(1.05, 0.06, "Inconclusive")]
    [InlineData(1.15, 0.06, "Inconclusive")]
    [InlineData(1.15, 0.04, "Exceeded")]
    [InlineData(0.5, 2.0, "Inconclusive")] // a machine that is so busy that nothing can be told
    public void A_budget_is_kept_only_where_the_noise_is_smaller_than_the_margin(double ratio, double noise, string verdict) =>
        Assert.Equal(verdict, $"{new Budget(MostRatio: 1.1).Judge(new Comparison(ratio, noise, Nanoseconds: 100, ExtraBytes: 0))}");

    [Theory]
    [InlineData(384, "Kept")]
    [InlineData(385, "Exceeded")]
    public void Memory_has_no_noise(double bytes, string verdict) =>
        Assert.Equal(verdict, $"{new Budget(MostExtraBytes: 384).Judge(new Comparison(9, 9, Nanoseconds: 100, bytes))}");

    [Fact]
    public void How_far_measurements_are_apart_is_noise_however_sure_each_is_of_itself()
    {
        var together = Comparison.Of([Measured(0.95), Measured(1.55), Measured(0.97)]);

        Assert.Equal((0.97, 0.3), (together.Ratio, Math.Round(together.Noise, 3)));
        Assert.Equal(Verdict.Inconclusive, new Budget(MostRatio: 1.1).Judge(together));
    }

    private static Comparison Measured(double ratio) => new(ratio, Noise: 0.01, Nanoseconds: 100, ExtraBytes: 0);
}
