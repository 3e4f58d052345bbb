using System.Reflection;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers;
using MtlsPop.Gate.Documents;

namespace MtlsPop.Gate;

/// <summary>The analyzers' own table with what only documents are asked, and the page of each rule.</summary>
internal static class RuleTable
{
    /// <summary>Each rule with its name, by ID.</summary>
    public static IReadOnlyDictionary<string, (string Name, DiagnosticDescriptor Rule)> Named { get; } = typeof(Rules)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (field.Name, Rule: (DiagnosticDescriptor)field.GetValue(null)!))
        .Concat(DocumentRules.All)
        .ToDictionary(named => named.Rule.Id);

    public static IEnumerable<DiagnosticDescriptor> All => Named.Values.Select(named => named.Rule).OrderBy(rule => rule.Id, StringComparer.Ordinal);

    /// <summary>Off by default, and yet asked of everything that is reviewed: the evidence, and rules of the checklist.</summary>
    public static IEnumerable<DiagnosticDescriptor> OnTheChecklist =>
        All.Where(rule => rule.Id == Rules.CallUnderstood.Id || (!rule.IsEnabledByDefault && rule.CustomTags.Contains(Rules.Tag.Checklist)));

    public static string? Page(string id)
    {
        using var page = typeof(RuleTable).Assembly.GetManifestResourceStream(id);
        return page is null ? null : new StreamReader(page).ReadToEnd();
    }
}
