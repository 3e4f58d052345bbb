using System.Text.RegularExpressions;

namespace MtlsPop.Analyzers.Tests.Catalogue;

/// <summary>What the documents promise beside the rules' own pages.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents =>
    [
        "README.md",
        "CONTRIBUTING.md",
        .. Repository.NamesIn("docs", "*.md").Select(name => $"docs/{name}.md"),
        .. Repository.NamesIn("docs/rules", "*.md").Select(name => $"docs/rules/{name}.md"),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_link_leads_to_a_file(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document))!;
        var targets = Link().Matches(Repository.Read(document)).Select(link => Path.Combine(folder, link.Groups["target"].Value));
        Assert.All(targets, target => Assert.True(File.Exists(target), target));
    }

    [Fact]
    public void The_flows_name_every_rule_that_watches_a_step()
    {
        var flows = Repository.Read("docs/flows.md");
        var watching = RuleEntry.All.Where(rule => rule.Category != "Conventions" && rule.Name != "CallUnderstood").Select(rule => rule.Id);
        Assert.DoesNotContain(watching, id => !flows.Contains($"rules/{id}.md", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\]\((?<target>[^)#:]+)\)")]
    private static partial Regex Link();
}
