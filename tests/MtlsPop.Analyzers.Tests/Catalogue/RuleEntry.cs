using System.Collections.Immutable;
using System.Reflection;

namespace MtlsPop.Analyzers.Tests.Catalogue;

/// <summary>One rule of the table, with the places that its name and ID lead to.</summary>
public sealed record RuleEntry(string Name, DiagnosticDescriptor Descriptor)
{
    public static ImmutableArray<RuleEntry> All { get; } =
    [
        .. typeof(Framework.MtlsPopAnalyzer).Assembly.GetType("MtlsPop.Analyzers.Rules", throwOnError: true)!
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => new RuleEntry(field.Name, (DiagnosticDescriptor)field.GetValue(null)!))
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    public static ImmutableArray<CodeFixProvider> Fixes { get; } =
    [
        .. typeof(MtlsPop.CodeFixes.Framework.EditorCodeFix).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(CodeFixProvider)))
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    public string Id => Descriptor.Id;

    public string Category => Descriptor.Category;

    public string RuleFile => $"src/MtlsPop.Analyzers/{Category}/{Name}.cs";

    public string FixFile => $"src/MtlsPop.CodeFixes/{Category}/{Name}Fix.cs";

    public Type Tests => typeof(RuleEntry).Assembly.GetType($"MtlsPop.Analyzers.Tests.{Category}.{Name}Tests", throwOnError: true)!;

    public string Page => $"docs/rules/{Id}.md";

    public bool HasFix => Fixes.Any(fix => fix.FixableDiagnosticIds.Contains(Id));

    private string Severity => Descriptor.IsEnabledByDefault ? $"{Descriptor.DefaultSeverity}" : "off";

    public string ReadmeRow => $"| [{Id}]({Page}) | {Name} | {Descriptor.Title} | {Severity} | {(HasFix ? "yes" : "")} |";

    public string PageTable =>
        $"""
        | Category | Severity | Code fix | Since |
        |---|---|---|---|
        | {Category} | {Severity} | {(HasFix ? "yes" : "no")} | {Releases.Since(Id)} |
        """;

    /// <summary>The category that the first digit of an ID belongs to.</summary>
    public static string CategoryOf(string id) => id["MPOP".Length] switch
    {
        '0' or '1' => "Requests",
        '2' => "Applications",
        '3' => "Binding",
        '4' => "Federation",
        '5' => "Conventions",
        '9' => "Packages",
        _ => "no category",
    };

    public override string ToString() => $"{Id} {Name}";
}
