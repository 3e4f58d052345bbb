using System.Diagnostics.CodeAnalysis;

namespace MtlsPop.Analyzers.Tests;

/// <summary>Several examples of one behaviour.</summary>
internal static class Cases
{
    /// <summary>One document for each example, completed to a program and in a namespace of its own: none of them sees another.</summary>
    public static string[] Of(Func<string, string> complete, [StringSyntax("C#-test")] params string[] examples) =>
        [.. examples.Select((example, index) => $"namespace Example{index + 1};\n\n{complete(example)}")];
}
