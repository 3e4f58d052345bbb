using System.Text.RegularExpressions;

namespace MtlsPop.Analyzers.Tests.Robustness;

/// <summary>
/// A file under Programs, which is a whole program. Its first line says what it is and why it is there.
/// Lines below may say <c>// msal: 4.83.1</c> where that is not the latest one,
/// <c>// output: exe</c> where it is not a library, and <c>// expect: MPOPnnnn</c> after the code that is found fault with.
/// </summary>
internal sealed partial record ProgramFile(string Name, string Code)
{
    public static IEnumerable<string> NamesIn(string folder) => typeof(ProgramFile).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith($"{folder}/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    public static ProgramFile Read(string name)
    {
        using var resource = new StreamReader(typeof(ProgramFile).Assembly.GetManifestResourceStream(name)!);
        return new(name, resource.ReadToEnd());
    }

    public Sample Sample => new()
    {
        GlobalUsings = Sample.ImplicitUsings,
        Msal = Directive("msal") ?? Sample.MsalVersions[^1],
        OutputKind = Directive("output") is "exe" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
    };

    /// <summary>What the program says is found, as the line and the rule.</summary>
    public IEnumerable<string> Marks() =>
        from line in Code.Split('\n').Select((text, index) => (Mark: Expectation().Match(text), Number: index + 1))
        where line.Mark.Success
        from rule in line.Mark.Groups["rules"].Value.Split(", ").Order(StringComparer.Ordinal)
        select $"{line.Number}: {rule}";

    public Task<CSharpCompilation> CompileAsync() => Sample.CompileAsync(Code);

    /// <summary>What is found by the rules that are on by default; errors of the compiler, and failures of an analyzer, count as well.</summary>
    public async Task<IEnumerable<string>> FindingsAsync()
    {
        var compilation = await CompileAsync();
        var found = await compilation.WithAnalyzers([.. EveryRule.Analyzers()]).GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return
            from finding in found
            where finding.Severity == DiagnosticSeverity.Error || !finding.Id.StartsWith("CS", StringComparison.Ordinal)
            let line = finding.Location.GetLineSpan().StartLinePosition.Line + 1
            orderby line, finding.Id
            select $"{line}: {finding.Id}";
    }

    private string? Directive(string name) =>
        Directives().Matches(Code).SingleOrDefault(directive => directive.Groups["name"].Value == name)?.Groups["value"].Value;

    [GeneratedRegex(@"^// (?<name>msal|output): (?<value>\S+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Directives();

    [GeneratedRegex(@"// expect: (?<rules>[A-Z0-9, ]+)\r?$")]
    private static partial Regex Expectation();
}
