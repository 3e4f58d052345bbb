using MtlsPop.Analyzers;
using MtlsPop.Analyzers.Tests.Catalogue;

namespace MtlsPop.Packages.Tests;

public sealed class ModeFileTests
{
    [Theory]
    [InlineData("strict")]
    [InlineData("checklist")]
    [InlineData("minimum")]
    [InlineData("none")]
    public void A_mode_file_says_what_the_table_of_rules_demands(string mode)
    {
        var path = Path.Combine(ThisBuild.RepositoryRoot, "src/MtlsPop.Analyzers.Package/buildTransitive/config", $"mtlspop_{mode}.globalconfig");
        GeneratedFile.AssertIs(path, ModeFile(mode));
    }

    private static string ModeFile(string mode)
    {
        var lines = new List<string>
        {
            $"# Mode {mode} of MtlsPopMode, generated from src/MtlsPop.Analyzers/Rules.cs by ModeFileTests.",
            "is_global = true",
            "global_level = -50",
            "",
        };
        foreach (var rule in RuleTable.Checklist)
            lines.Add($"dotnet_diagnostic.{rule.Id}.severity = {Severity(mode, rule)}");
        return string.Join('\n', lines) + "\n";
    }

    private static string Severity(string mode, DiagnosticDescriptor rule) => mode switch
    {
        "strict" when !rule.IsEnabledByDefault => "suggestion",
        "strict" when rule.DefaultSeverity is DiagnosticSeverity.Warning => "error",
        "strict" or "checklist" => "warning",
        "minimum" when rule.CustomTags.Contains(Rules.Tag.ThrowsOrLeaks) => "warning",
        _ => "none",
    };
}
