using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Tests;

[Collection(nameof(UnknowingRepository))]
public sealed class SarifValidationTests(UnknowingRepository repository)
{
    [Fact]
    public async Task The_sarif_report_is_valid_and_has_no_warning_of_the_validator()
    {
        var folder = Path.GetDirectoryName(repository.ReportPath("sarif"))!;

        // By its name alone: npm's launcher breaks a path at its spaces.
        var validation = await ChildProcess.RunAsync(
            "sarif-multitool",
            ["validate", Path.GetFileName(repository.ReportPath("sarif")), "--output", "validation.sarif"],
            folder,
            TestContext.Current.CancellationToken);

        Assert.True(validation.ExitCode == 0, validation.Output + validation.Error);
        Assert.DoesNotContain("\"ruleId\"", await File.ReadAllTextAsync(Path.Combine(folder, "validation.sarif"), TestContext.Current.CancellationToken));
    }
}
