using System.Text.RegularExpressions;

namespace MtlsPop.Packages.Tests.Compiler;

/// <summary>
/// A program that is hard on an analyzer: a file under Programs, whose first line says what it is, or a generated one.
/// Lines below may say <c>// output: exe</c> where it is not a library,
/// and <c>// errors: CSnnnn</c> where the compiler itself has errors to report.
/// </summary>
internal sealed partial record CompiledProgram(string Name, string Code)
{
    private static readonly string _folder = Path.Combine(ThisBuild.RepositoryRoot, "tests/MtlsPop.Packages.Tests/Compiler/Programs");

    public static IReadOnlyList<CompiledProgram> All { get; } =
    [
        .. Directory.EnumerateFiles(_folder, "*.cs").Order(StringComparer.Ordinal).Select(file =>
            new CompiledProgram(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file))),
        .. DeepPrograms.All.Select(program => new CompiledProgram(program.Key, program.Value)),
    ];

    public string Target => Directive("output") is "exe" ? "exe" : "library";

    public IEnumerable<string> Errors => Directive("errors")?.Split(' ') ?? [];

    private string? Directive(string name) =>
        Directives().Matches(Code).SingleOrDefault(directive => directive.Groups["name"].Value == name)?.Groups["value"].Value;

    [GeneratedRegex(@"^// (?<name>output|errors): (?<value>[^\r\n]+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Directives();
}
