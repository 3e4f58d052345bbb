using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Tests;

public sealed class SarifValidationTests(UnknowingRepository repository)
{
    [Fact]
    public async Task The_sarif_report_is_valid_and_has_no_warning_of_the_validator()
    {
        using var workspace = new Workspace();
        var output = workspace.PathOf("validation.sarif");

        var validation = await ChildProcess.RunAsync(
            "sarif-multitool", ["validate", repository.ReportPath("sarif"), "--output", output], workspace.Root, TestContext.Current.CancellationToken);

        Assert.True(validation.ExitCode == 0, validation.Output + validation.Error);
        Assert.DoesNotContain("\"ruleId\"", await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));
    }
}
