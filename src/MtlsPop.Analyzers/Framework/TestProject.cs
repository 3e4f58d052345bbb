using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MtlsPop.Analyzers.Framework;

/// <summary>Tests are left alone, unless <c>mtlspop.judge_tests</c> is true: a wrong request is often what they are about.</summary>
internal static class TestProject
{
    private const string Option = "mtlspop.judge_tests";

    /// <summary>An assembly of each test framework that a test cannot do without.</summary>
    public static ImmutableHashSet<string> Frameworks { get; } = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Microsoft.VisualStudio.TestPlatform.TestFramework",
        "MSTest.TestFramework",
        "nunit.framework",
        "TUnit.Core",
        "xunit.assert",
        "xunit.core",
        "xunit.v3.assert",
        "xunit.v3.core");

    public static bool IsOne(Compilation compilation)
    {
        foreach (var reference in compilation.ReferencedAssemblyNames)
        {
            if (Frameworks.Contains(reference.Name))
                return true;
        }

        return false;
    }

    public static bool IsJudged(AnalyzerConfigOptions options) => options.TryGetValue(Option, out var judge) && judge.Equals("true", StringComparison.OrdinalIgnoreCase);
}
