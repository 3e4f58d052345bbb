using System.Globalization;
using System.Text.RegularExpressions;

namespace MtlsPop.Packages.Tests;

public sealed partial class SampleTests
{
    [Fact]
    public async Task The_first_command_of_the_readme_shows_each_mistake_at_its_label_and_nothing_else()
    {
        var show = await Dotnet.RunAsync(ThisBuild.RepositoryRoot, "build", "samples/EveryMistake");

        Assert.Equal(Labels(), Warnings(show.ThatSucceeds().Output));
    }

    [Fact]
    public void Every_rule_of_code_has_its_mistake_among_the_samples() =>
        Assert.Equal(RuleTable.Checklist.Where(rule => rule.Category != "Packages").Select(rule => rule.Id), Labels().Select(label => label.Rule).Distinct());

    [Theory]
    [InlineData("ManagedIdentity")]
    [InlineData("ConfidentialClient")]
    [InlineData("Federation")]
    public async Task A_correct_sample_builds_with_every_rule_as_an_error(string sample)
    {
        var build = await Dotnet.RunAsync(ThisBuild.RepositoryRoot, "build", $"samples/{sample}");

        build.ThatSucceeds();
    }

    private static IEnumerable<(string Rule, string File, int Line)> Labels() =>
        from file in Directory.EnumerateFiles(Path.Combine(ThisBuild.RepositoryRoot, "samples/EveryMistake"), "*.cs")
        from line in File.ReadLines(file).Index()
        from Match label in Label().Matches(line.Item)
        let found = (Rule: label.Groups["rule"].Value, File: Path.GetFileName(file), Line: line.Index + 1)
        orderby found
        select found;

    // Once as they come, and once more in the summary.
    private static IEnumerable<(string Rule, string File, int Line)> Warnings(string output) =>
        Warning().Matches(output)
            .Select(warning => (Rule: warning.Groups["rule"].Value, File: warning.Groups["file"].Value, Line: int.Parse(warning.Groups["line"].Value, CultureInfo.InvariantCulture)))
            .Distinct()
            .Order();

    [GeneratedRegex("// (?<rule>MPOP[0-9]{4})")]
    private static partial Regex Label();

    [GeneratedRegex(@"^(?<file>[^\s(]*)\((?<line>[0-9]+),[0-9]+\): warning (?<rule>\w+):", RegexOptions.Multiline)]
    private static partial Regex Warning();
}
