using System.Reflection;
using System.Text.RegularExpressions;
using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Tests.Packages;

namespace MtlsPop.Analyzers.Tests.Catalogue;

/// <summary>A rule's ID and name lead to everything that belongs to it, and everything leads back to a rule.</summary>
public sealed partial class CatalogueTests
{
    public static TheoryData<RuleEntry> Rules => [.. RuleEntry.All];

    public static TheoryData<RuleEntry> RulesOfCode => [.. RuleEntry.All.Where(rule => rule.Category != "Packages")];

    public static TheoryData<RuleEntry> RulesOfPackages => [.. RuleEntry.All.Where(rule => rule.Category == "Packages")];

    public static TheoryData<string> Categories => [.. RuleEntry.All.Select(rule => rule.Category).Distinct()];

    [Fact]
    public void IDs_are_unique() => Assert.Distinct(RuleEntry.All.Select(rule => rule.Id));

    [Theory]
    [MemberData(nameof(Rules))]
    public void An_ID_tells_the_category(RuleEntry rule)
    {
        Assert.Matches("^MPOP[0-9]{4}$", rule.Id);
        Assert.Equal(RuleEntry.CategoryOf(rule.Id), rule.Category);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_has_its_file_and_one_analyzer_of_its_category_reports_it(RuleEntry rule)
    {
        Assert.Matches($@"\bclass {rule.Name}\b", Repository.Read(rule.RuleFile));
        var analyzer = Assert.Single(EveryRule.Analyzers(), analyzer => analyzer.SupportedDiagnostics.Contains(rule.Descriptor));
        Assert.Equal($"MtlsPop.Analyzers.{rule.Category}.{rule.Category}Analyzer", analyzer.GetType().FullName);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_is_tested_where_it_fires_where_it_is_silent_and_on_broken_code(RuleEntry rule)
    {
        var tests = rule.Tests;
        var verifiers = tests.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public);
        Assert.Contains(verifiers, field => field.GetValue(null) is IRuleVerifier verifier && verifier.RuleId == rule.Id);
        if (rule.HasFix)
            Assert.Contains(verifiers, field => field.FieldType.GenericTypeArguments.Any(argument => argument.Name == $"{rule.Name}Fix"));

        var names = tests.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute))).Select(method => method.Name).ToArray();
        Assert.Contains(names, name => Silence().IsMatch(name));
        Assert.Contains(names, name => BrokenCode().IsMatch(name));
        Assert.Contains(names, name => !Silence().IsMatch(name) && !BrokenCode().IsMatch(name));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_fix_has_the_name_of_its_rule_and_can_fix_all(RuleEntry rule)
    {
        Assert.Equal(rule.HasFix, File.Exists(Repository.PathOf(rule.FixFile)));
        foreach (var fix in RuleEntry.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(rule.Id)))
        {
            Assert.Equal($"MtlsPop.CodeFixes.{rule.Category}.{rule.Name}Fix", fix.GetType().FullName);
            Assert.NotNull(fix.GetFixAllProvider());
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_help_link_leads_to_the_page_whose_title_is_the_rule_s(RuleEntry rule)
    {
        Assert.EndsWith(rule.Page, rule.Descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.StartsWith($"# {rule.Id}: {rule.Descriptor.Title}\n", Repository.Read(rule.Page), StringComparison.Ordinal);
        Repository.AssertGenerated(rule.Page, rule.PageTable);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_page_says_all_that_a_user_asks(RuleEntry rule)
    {
        var page = Repository.Read(rule.Page);
        string[] parts =
        [
            "**Cause.**", "**Why it matters.**", "## Example", "## How to fix", "## What this rule does not see", "## When to suppress", "## See also",
        ];
        foreach (var part in parts)
            Assert.Contains(part, page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Release_tracking_has_a_row_that_agrees(RuleEntry rule) =>
        Assert.Equal(
            (rule.Category, rule.Descriptor.IsEnabledByDefault ? $"{rule.Descriptor.DefaultSeverity}" : "Disabled", rule.Name),
            Releases.Rows[rule.Id]);

    [Fact]
    public void Release_tracking_has_no_row_without_a_rule() =>
        Assert.Equal(RuleEntry.All.Select(rule => rule.Id), Releases.Rows.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_readme_s_table_is_the_table_of_rules() =>
        Repository.AssertGenerated(
            "README.md",
            string.Join('\n', ["| Rule | Name | What it asks | Severity | Fix |", "|---|---|---|---|---|", .. RuleEntry.All.Select(rule => rule.ReadmeRow)]));

    [Fact]
    public void Every_page_belongs_to_a_rule() =>
        Assert.Equal(RuleEntry.All.Select(rule => rule.Id), Repository.NamesIn("docs/rules", "*.md").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Categories))]
    public void Every_fix_and_test_of_a_category_belongs_to_a_rule(string category)
    {
        var names = RuleEntry.All.Where(rule => rule.Category == category).Select(rule => rule.Name).ToArray();
        AssertBelong([.. names.Select(name => $"{name}Fix")], Repository.NamesIn($"src/MtlsPop.CodeFixes/{category}", "*Fix.cs"));
        AssertBelong([.. names.Select(name => $"{name}Tests")], Repository.NamesIn($"tests/MtlsPop.Analyzers.Tests/{category}", "*Tests.cs"));
    }

    private static void AssertBelong(IEnumerable<string> owners, IEnumerable<string> files) => Assert.Empty(files.Except(owners));

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_message_is_one_sentence(RuleEntry rule)
    {
        Assert.DoesNotMatch(@"[.!?]$", $"{rule.Descriptor.Title}");
        Assert.DoesNotMatch(@"\.$|\. [A-Z]", $"{rule.Descriptor.MessageFormat}");
    }

    [Theory]
    [MemberData(nameof(RulesOfPackages))]
    public async Task A_page_s_bad_packages_give_this_finding_alone_and_its_good_ones_none_for_the_same_code(RuleEntry rule)
    {
        var page = Repository.Read(rule.Page);
        var code = "using System.Threading;\nusing System.Threading.Tasks;\n" + PageExample.Read(page, "code");
        var bad = await ProjectSample<EmptyCodeFixProvider>.AllFindingsAsync(PageExample.Read(page, "bad"), code);
        Assert.Equal([rule.Id], bad.Where(id => id.StartsWith("MPOP", StringComparison.Ordinal)));
        Assert.Empty(await ProjectSample<EmptyCodeFixProvider>.AllFindingsAsync(PageExample.Read(page, "good"), code));
    }

    [Fact]
    public void The_page_of_the_known_defects_prints_their_table() => Repository.AssertGenerated(
        "docs/rules/MPOP9002.md",
        string.Join('\n', ["| Feature | Broken from | Good from | What happens | Evidence |", "|---|---|---|---|---|", .. KnownDefects.All.Select(Row)]),
        "defects");

    [Theory]
    [MemberData(nameof(RulesOfCode))]
    public async Task A_page_s_bad_example_gives_this_finding_alone_and_its_good_example_none(RuleEntry rule)
    {
        var page = Repository.Read(rule.Page);
        Assert.Equal([rule.Id], (await FindingsAsync(rule, PageExample.Read(page, "bad"))).Distinct());
        Assert.Empty(await FindingsAsync(rule, PageExample.Read(page, "good")));
    }

    private static string Row(KnownDefect defect) =>
        $"| {Words(defect.Feature)} | {defect.From} | {defect.Until?.ToString() ?? "never"} | {defect.Symptom} | {defect.Evidence} |";

    private static string Words(Feature feature) => CapitalInside().Replace($"{feature}", " $0").ToLowerInvariant();

    /// <summary>
    /// All findings of a rule's example with every rule on that is on by default, and the rule itself; an example that does not compile is no
    /// example, but where the finding says why.
    /// </summary>
    private static async Task<IEnumerable<string>> FindingsAsync(RuleEntry rule, string example)
    {
        var compilation = await PageExample.SampleFor(example).CompileAsync(example);
        var everything = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            RuleEntry.All.Where(other => other.Descriptor.IsEnabledByDefault || other == rule).ToDictionary(on => on.Id, _ => ReportDiagnostic.Warn)));
        var found = await everything.WithAnalyzers([.. EveryRule.Analyzers()]).GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return found.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.Id);
    }

    [GeneratedRegex("_silent$|_silent_|Silent_")]
    private static partial Regex Silence();

    [GeneratedRegex("(?i)broken_code")]
    private static partial Regex BrokenCode();

    [GeneratedRegex("(?<=.)[A-Z]")]
    private static partial Regex CapitalInside();
}
