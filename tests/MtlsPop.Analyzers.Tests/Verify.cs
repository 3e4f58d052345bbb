using System.Diagnostics.CodeAnalysis;

namespace MtlsPop.Analyzers.Tests;

/// <summary>One rule, alone: the other rules of its category say nothing.</summary>
/// <example>
/// <code>
/// private static readonly Verify&lt;RequestsAnalyzer, AttestationMissingFix&gt; Rule = new("MPOP1001");
/// [Fact] public Task Something_is_reported() => Rule.Reports("{|MPOP1001:...|}");
/// [Fact] public Task An_old_MSAL_is_silent() => (Rule with { Sample = new() { Msal = "4.80.0" } }).IsSilent("...");
/// </code>
/// </example>
public record Verify<TAnalyzer, TFix>(string RuleId) : IRuleVerifier
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    public Sample Sample { get; init; } = new();

    /// <summary>The key of the action to apply, for a fix that offers several; else the first.</summary>
    public string? Action { get; init; }

    /// <summary>The rule reports what <paramref name="sources"/> marks as <c>{|MPOPnnnn:...|}</c>.</summary>
    public Task Reports([StringSyntax("C#-test")] params string[] sources) => MarkedAsync<EmptyCodeFixProvider>(sources);

    /// <summary>The rule reports what <paramref name="source"/> marks, and offers no fix.</summary>
    public Task ReportsWithoutFix([StringSyntax("C#-test")] string source) => MarkedAsync<TFix>([source]);

    /// <summary>The rule reports what <paramref name="before"/> marks, and its fix, one by one and all at once, leaves <paramref name="after"/>.</summary>
    public Task Fixes([StringSyntax("C#-test")] string before, [StringSyntax("C#-test")] string after) => MarkedAsync<TFix>([before], [after]);

    /// <summary>The same over several documents.</summary>
    public Task Fixes(string[] before, string[] after) => MarkedAsync<TFix>(before, after);

    public Task IsSilent([StringSyntax("C#-test")] params string[] sources)
    {
        Assert.DoesNotContain(sources, source => source.Contains("{|MPOP", StringComparison.Ordinal));
        return Sample.RunAsync<EmptyCodeFixProvider>([new TAnalyzer()], sources, onlyRule: RuleId);
    }

    private Task MarkedAsync<TOffered>(string[] before, string[]? after = null)
        where TOffered : CodeFixProvider, new()
    {
        Assert.Contains(before, source => source.Contains($"{{|{RuleId}:", StringComparison.Ordinal));
        return Sample.RunAsync<TOffered>([new TAnalyzer()], before, after, RuleId, Action);
    }
}

/// <summary>Names the rule that a test class is about.</summary>
internal interface IRuleVerifier
{
    string RuleId { get; }
}

/// <summary>One rule that has no fix.</summary>
public sealed record Verify<TAnalyzer>(string RuleId) : Verify<TAnalyzer, EmptyCodeFixProvider>(RuleId)
    where TAnalyzer : DiagnosticAnalyzer, new();

/// <summary>All rules of all categories together, those that are on by default.</summary>
public sealed record EveryRule
{
    public Sample Sample { get; init; } = new();

    /// <summary>Exactly the marked diagnostics are reported, by whichever rules.</summary>
    public Task Reports([StringSyntax("C#-test")] string source)
    {
        Assert.Contains("{|MPOP", source, StringComparison.Ordinal);
        return Sample.RunAsync<EmptyCodeFixProvider>(Analyzers(), [source]);
    }

    public Task IsSilent([StringSyntax("C#-test")] string source)
    {
        Assert.DoesNotContain("{|MPOP", source, StringComparison.Ordinal);
        return Sample.RunAsync<EmptyCodeFixProvider>(Analyzers(), [source]);
    }

    public static IEnumerable<DiagnosticAnalyzer> Analyzers() => typeof(Framework.MtlsPopAnalyzer).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(DiagnosticAnalyzer)))
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!);
}
