using System.Text.Json;
using MtlsPop.Gate.Judging;

namespace MtlsPop.Gate.Tests;

public sealed class SampleTests
{
    // MPOP9005 is about a preview package that not every feed carries, and MPOP1005 is off by default.
    [Fact]
    public async Task The_first_command_of_the_readme_shows_every_mistake()
    {
        using var reports = new Workspace();

        var run = await Gate.RunAsync("check", Path.Combine(ThisBuild.RepositoryRoot, "samples/EveryMistake"), "--report", reports.PathOf("review.json"));

        Assert.Equal(1, run.ExitCode);
        using var review = JsonDocument.Parse(await File.ReadAllTextAsync(reports.PathOf("review.json"), TestContext.Current.CancellationToken));
        Assert.Equal(
            Checklist.Items.SelectMany(item => item.Rules).Except(["MPOP1005", "MPOP9005"]).Order(StringComparer.Ordinal),
            review.RootElement.GetProperty("findings").EnumerateArray()
                .Where(finding => finding.GetProperty("fails").GetBoolean())
                .Select(finding => finding.GetProperty("rule").GetString())
                .Distinct()
                .Order(StringComparer.Ordinal));
    }
}
