using System.Globalization;
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

    /// <summary>Null where there is no such rule.</summary>
    public static string? Page(string id)
    {
        if (typeof(RuleTable).Assembly.GetManifestResourceStream(id) is { } page)
            return new StreamReader(page).ReadToEnd();
        return DocumentRules.All.Select(named => named.Rule).FirstOrDefault(rule => rule.Id == id) is { } rule
            ? string.Create(CultureInfo.InvariantCulture, $"# {id}: {rule.Title}\n\n{rule.Description}\n\nSee {rule.HelpLinkUri}.\n")
            : null;
    }
}
