using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MtlsPop.Gate.Documents.Checks;
using MtlsPop.Gate.Judging;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Documents;

/// <summary>Judges the C# of documents by the same analyzers as a build, in memory, and what they say beside it.</summary>
internal sealed class DocumentScan(DocumentReferences references, CancellationToken cancellation)
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> _analyzers =
    [
        .. typeof(Analyzers.Framework.MtlsPopAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private readonly DocumentCompiler _compiler = new(references);

    public async Task<ScannedProject> ReadAsync(MarkdownDocument document)
    {
        var programs = _compiler.Compile(document);
        var found = new ConcurrentBag<(CompiledProgram Program, IReadOnlyList<Diagnostic> Diagnostics)>();
        await Parallel.ForEachAsync(programs, cancellation, async (program, stop) => found.Add((program, await DiagnosticsOfAsync(program.Compilation, program.Program.Tree, stop).ConfigureAwait(false)))).ConfigureAwait(false);

        var results = found
            .SelectMany(judged => judged.Diagnostics.Select(diagnostic => Result(diagnostic, judged.Program.Program)))
            .OfType<LoggedResult>()
            .Concat(DocumentCheck.Of(_compiler.Check(document)))
            .DistinctBy(result => (result.Rule, result.Place, result.Message))
            .ToList();
        return new ScannedProject(document.Path, "")
        {
            NotEvaluated = results.Find(result => result.Rule == "AD0001") is { } crash ? $"an analyzer failed: {crash.Message}" : null,
            Results = results,
            IsProgram = programs.All(program => program.Program.IsProgram),
            References = new Dictionary<string, string> { ["Microsoft.Identity.Client"] = references.MsalVersion },
            Document = document,
            Fixes = new DocumentFix(_compiler, cancellation),
        };
    }

    /// <summary>What the analyzers say of a file.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> DiagnosticsOfAsync(Compilation compilation, SyntaxTree tree, CancellationToken cancellation)
    {
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true);
        var found = await compilation.WithAnalyzers(_analyzers, options).GetAnalyzerDiagnosticsAsync(cancellation).ConfigureAwait(false);
        return [.. found.Where(diagnostic => diagnostic.Location.SourceTree == tree || diagnostic.Id == "AD0001")];
    }

    private static LoggedResult? Result(Diagnostic diagnostic, BlockProgram program)
    {
        if (diagnostic.Id != "AD0001" && program.PlaceOf(diagnostic.Location) is null)
            return null;

        return new LoggedResult(
            diagnostic.Id,
            diagnostic.Severity is DiagnosticSeverity.Warning or DiagnosticSeverity.Error ? "warning" : "note",
            diagnostic.GetMessage(CultureInfo.InvariantCulture),
            program.PlaceOf(diagnostic.Location))
        {
            Related = [.. diagnostic.AdditionalLocations.Select(program.PlaceOf).OfType<Place>()],
            Properties = diagnostic.Properties.ToDictionary(property => property.Key, property => property.Value ?? ""),
            IsSuppressed = diagnostic.IsSuppressed,
            Justification = diagnostic.IsSuppressed ? SourceFiles.PragmaReason(program.Tree.GetRoot(), diagnostic.Location.SourceSpan.Start, diagnostic.Id) : null,
        };
    }
}
