using System.Diagnostics;
using System.Reflection;
using MtlsPop.Packages.Tests;

namespace MtlsPop.SampleTests;

public sealed class SampleTests
{
    private static readonly string _repository = typeof(SampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;

    [Theory]
    [InlineData("trimmed", "-p:AheadOfTime=false")]
    [InlineData("compiled ahead of time", "-p:AheadOfTime=true")]
    public async Task A_host_is_published_without_a_warning_and_works(string how, string property)
    {
        var folder = Directory.CreateTempSubdirectory("mtlspop-published-");
        try
        {
            var publish = await Dotnet.RunAsync(
                _repository, "publish", "samples/ConfiguredHost", "-r", "linux-x64", property, "-p:UseSharedCompilation=false", "-o", folder.FullName);
            Assert.DoesNotContain("warning", publish.ThatSucceeds().Output.Replace("0 Warning(s)", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

            using var host = Process.Start(new ProcessStartInfo(Path.Combine(folder.FullName, "ConfiguredHost")) { RedirectStandardOutput = true })!;
            var output = await host.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await host.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal(0, host.ExitCode); // how many requests were not bound
            Assert.Contains("Graph says: bound to", output, StringComparison.Ordinal);
            Assert.Contains("Health: Healthy, after 1 token request", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.NotEmpty(how);
    }

    [Fact]
    public async Task The_sample_of_all_flows_works()
    {
        var run = await Dotnet.RunAsync(_repository, "run", "--project", "samples/LoopbackService", "-p:UseSharedCompilation=false");

        Assert.Contains("0 of them with another certificate than their token's", run.ThatSucceeds().Output, StringComparison.Ordinal);
    }
}
