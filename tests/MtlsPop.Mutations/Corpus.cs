using System.Reflection;
using System.Text.RegularExpressions;

namespace MtlsPop.Mutations;

internal sealed record SourceProgram(string Name, string Code);

/// <summary>Every program of this repository: samples, what the tests compile, the examples of the pages.</summary>
internal static partial class Corpus
{
    private static readonly string _root = typeof(Corpus).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;

    public static IReadOnlyList<SourceProgram> All { get; } =
    [
        .. Files("samples", "*.cs").Select(Whole),
        .. Files("tests/MtlsPop.Analyzers.Tests/Programs", "*.cs").Select(Whole),
        .. Files("tests/MtlsPop.Packages.Tests/Compiler/Programs", "*.cs").Select(Whole),
        .. Files("tests/MtlsPop.Analyzers.Tests", "*.cs").SelectMany(InLiterals),
        .. Files("docs", "*.md").SelectMany(OnPages),
    ];

    internal static string Read(string file) => File.ReadAllText(Path.Combine(_root, file)).ReplaceLineEndings("\n");

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(_root, folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal);

    private static SourceProgram Whole(string file) => new(file, Read(file));

    private static IEnumerable<SourceProgram> InLiterals(string file) =>
        from token in CSharpSyntaxTree.ParseText(Read(file)).GetRoot().DescendantTokens()
        where token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)
        let code = Markup().Replace(token.ValueText, "")
        where DeclaresType().IsMatch(code)
        select new SourceProgram($"{file}({token.GetLocation().GetLineSpan().StartLinePosition.Line + 1})", code);

    private static IEnumerable<SourceProgram> OnPages(string file) =>
        CodeBlock().Matches(Read(file)).Select((block, index) => new SourceProgram($"{file}({index})", block.Groups["code"].Value));

    [GeneratedRegex(@"\{\|[A-Z0-9]+:|\|\}")]
    private static partial Regex Markup();

    [GeneratedRegex(@"\b(class|record|struct|interface) \w")]
    private static partial Regex DeclaresType();

    [GeneratedRegex("```csharp[^\n]*\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
