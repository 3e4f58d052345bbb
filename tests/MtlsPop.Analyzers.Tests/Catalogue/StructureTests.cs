using System.Text.RegularExpressions;

namespace MtlsPop.Analyzers.Tests.Catalogue;

/// <summary>How the source is laid out, and which part may know which.</summary>
public sealed partial class StructureTests
{
    private const string Analyzers = "src/MtlsPop.Analyzers";
    private const string Fixes = "src/MtlsPop.CodeFixes";

    private static readonly string[] _categories = ["Requests", "Applications", "Binding", "Federation", "Conventions", "Packages"];

    /// <summary>What the files of a folder may import of the analyzers.</summary>
    private static readonly Dictionary<string, string[]> _mayImport = new()
    {
        ["Syntax"] = [],
        ["Msal"] = [],
        ["Flow"] = ["Msal", "Syntax"],
        ["Model"] = ["Flow", "Msal", "Syntax"],
        ["Framework"] = ["Model", "Msal"],
    };

    public static TheoryData<string> Folders => [.. _mayImport.Keys, .. _categories];

    public static TheoryData<string> Categories => [.. _categories];

    public static TheoryData<RuleEntry> Rules => [.. RuleEntry.All];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Nothing_is_imported_that_points_back_or_across(string folder)
    {
        var allowed = _mayImport.TryGetValue(folder, out var known) ? known : ["Framework", "Model", "Flow", "Msal", "Syntax"];
        var files = Repository.FilesIn($"{Analyzers}/{folder}");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Empty(Import().Matches(Repository.Read(file)).Select(import => import.Groups["part"].Value).Except(allowed)));
    }

    [Theory]
    [MemberData(nameof(Categories))]
    public void A_fix_knows_no_other_category(string category)
    {
        var others = _categories.Except([category]).Select(other => $"using MtlsPop.CodeFixes.{other};");
        Assert.All(Repository.FilesIn($"{Fixes}/{category}"), file => Assert.Empty(Repository.Read(file).Split('\n').Intersect(others)));
    }

    /// <summary>Either it looks itself, or it asks for a noun of the model or for evidence that stands beside it.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void The_file_of_a_rule_says_how_it_is_seen(RuleEntry rule) =>
        Assert.Matches(@"override (IEnumerable<\w+> Find|void Judge|PackageFault\? Find)\(", Repository.Read(rule.RuleFile));

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_says_what_it_reports_and_what_it_leaves_alone(RuleEntry rule) => Assert.Matches(
        $@"<para>Reports: .+</para>\r?\n/// <para>Leaves alone: .+</para>\r?\n/// </summary>\r?\ninternal sealed class {rule.Name}\b",
        Repository.Read(rule.RuleFile));

    [Fact]
    public void Versions_of_MSAL_are_compared_in_one_folder() => Assert.DoesNotContain(
        Repository.FilesIn(Analyzers).Concat(Repository.FilesIn(Fixes)).Where(file => !file.Contains("/Msal/", StringComparison.Ordinal)),
        file => Repository.Read(file).Contains("Version(4,", StringComparison.Ordinal) && !file.EndsWith("/PlatformCannotBind.cs", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Categories))]
    public void Evidence_in_a_file_of_its_own_is_asked_for_in_its_category(string category)
    {
        var rules = RuleEntry.All.Where(rule => rule.Category == category).Select(rule => rule.Name).Append($"{category}Analyzer");
        var files = Repository.FilesIn($"{Analyzers}/{category}");
        foreach (var evidence in files.Where(file => !rules.Contains(Path.GetFileNameWithoutExtension(file))))
        {
            var name = new Regex($@"\b{Path.GetFileNameWithoutExtension(evidence)}\b");
            Assert.Contains(files, file => file != evidence && name.IsMatch(Repository.Read(file)));
        }
    }

    [Fact]
    public void The_model_holds_what_two_categories_share() => Assert.InRange(Repository.FilesIn($"{Analyzers}/Model").Count, 1, 16);

    [Fact]
    public void No_source_file_is_longer_than_300_lines() => Assert.DoesNotContain(Repository.FilesIn("src"), file =>
        !file.EndsWith("/Rules.cs", StringComparison.Ordinal)
        && !file.Contains("/Flow/", StringComparison.Ordinal)
        && Repository.Read(file).Count(character => character == '\n') > 300);

    [Fact]
    public void No_line_of_the_runtime_is_wider_than_140_columns() => Assert.DoesNotContain(
        Repository.FilesIn("src").Where(file => file.StartsWith("src/MtlsPop.Runtime", StringComparison.Ordinal)),
        file => Repository.Read(file).Split('\n').Any(line => line.TrimEnd('\r').Length > 140));

    [Theory]
    [InlineData(Analyzers, "Rules")]
    [InlineData(Fixes, "")]
    public void A_root_holds_no_helper(string project, string table) => Assert.Empty(Repository.NamesIn(project, "*.cs").Except([table]));

    [GeneratedRegex(@"^using (static )?MtlsPop\.Analyzers\.(?<part>\w+)", RegexOptions.Multiline)]
    private static partial Regex Import();
}
