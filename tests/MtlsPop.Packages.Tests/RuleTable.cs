using System.Reflection;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers;

namespace MtlsPop.Packages.Tests;

internal static class RuleTable
{
    /// <summary>The rules that modes move, by ID. The others are evidence for tools, and no finding.</summary>
    public static IEnumerable<DiagnosticDescriptor> Checklist { get; } =
    [
        .. typeof(Rules).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
            .Where(rule => rule.IsEnabledByDefault || rule.CustomTags.Contains(Rules.Tag.Checklist))
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];
}
