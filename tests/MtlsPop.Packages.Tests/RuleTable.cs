using System.Reflection;
using MtlsPop.Analyzers;

namespace MtlsPop.Packages.Tests;

internal static class RuleTable
{
    /// <summary>All rules, by ID.</summary>
    public static IEnumerable<DiagnosticDescriptor> All { get; } =
    [
        .. typeof(Rules).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    /// <summary>The rules that modes move. The others are evidence for tools, and no finding.</summary>
    public static IEnumerable<DiagnosticDescriptor> Checklist { get; } =
        [.. All.Where(rule => rule.IsEnabledByDefault || rule.CustomTags.Contains(Rules.Tag.Checklist))];
}
