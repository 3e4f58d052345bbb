using Microsoft.CodeAnalysis.Testing;

namespace MtlsPop.Testing.Tests;

internal static class Expect
{
    public static Task PassesAsync(AnalyzerTest<DefaultVerifier> test) => test.RunAsync(TestContext.Current.CancellationToken);

    /// <summary>The test fails, and its message says each of <paramref name="saying"/>.</summary>
    public static async Task FailsAsync(AnalyzerTest<DefaultVerifier> test, params string[] saying)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => test.RunAsync(TestContext.Current.CancellationToken));
        Assert.All(saying, part => Assert.Contains(part, failure.Message, StringComparison.OrdinalIgnoreCase));
    }
}
