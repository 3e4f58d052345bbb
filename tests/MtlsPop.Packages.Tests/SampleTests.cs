using System.Globalization;
using System.Text.RegularExpressions;
using MtlsPop.Analyzers;

namespace MtlsPop.Packages.Tests;

public sealed partial class SampleTests
{
    [Fact]
    public async Task The_build_of_the_sample_shows_each_mistake_at_its_label_and_nothing_else()
    {
        var show = await Dotnet.RunAsync(ThisBuild.RepositoryRoot, "build", "samples/EveryMistake");

        Assert.Equal(Labels(), Warnings(show.ThatSucceeds().Output));
    }

    // MPOP9005 is about a preview package that has ended and that not every feed carries: LegacyBindingPackageTests show it.
    [Fact]
    public void Every_rule_that_needs_no_withdrawn_package_has_its_mistake_among_the_samples() =>
        Assert.Equal(
            RuleTable.Checklist.Where(rule => rule != Rules.LegacyBindingPackage).Select(rule => rule.Id),
            Labels().Select(label => label.Rule).Distinct());

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
        from pattern in (string[])["*.cs", "*.csproj"]
        from file in Directory.EnumerateFiles(Path.Combine(ThisBuild.RepositoryRoot, "samples/EveryMistake"), pattern, SearchOption.AllDirectories)
        from line in File.ReadLines(file).Index()
        from rule in Label().Match(line.Item).Groups["rule"].Captures
        let found = (Rule: rule.Value, File: Path.GetFileName(file), Line: line.Index + 1)
        orderby found
        select found;

    // Once as they come, and once more in the summary.
    private static IEnumerable<(string Rule, string File, int Line)> Warnings(string output) =>
        Warning().Matches(output)
            .Select(warning => (
                Rule: warning.Groups["rule"].Value,
                File: Path.GetFileName(warning.Groups["file"].Value),
                Line: int.Parse(warning.Groups["line"].Value, CultureInfo.InvariantCulture)))
            .Distinct()
            .Order();

    [GeneratedRegex("(//|<!--)( (?<rule>MPOP[0-9]{4}))+( -->)?$")]
    private static partial Regex Label();

    [GeneratedRegex(@"^(?<file>[^\s(]*)\((?<line>[0-9]+),[0-9]+\): warning (?<rule>\w+):", RegexOptions.Multiline)]
    private static partial Regex Warning();
}
