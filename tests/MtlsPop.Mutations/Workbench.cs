using System.Collections.Immutable;
using System.Reflection;
using MtlsPop.CodeFixes.Framework;

namespace MtlsPop.Mutations;

/// <summary>Where a mutant is looked at with every rule on, and asked for every fix.</summary>
internal sealed class Workbench
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Headers;
        global using System.Security.Cryptography.X509Certificates;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.Identity.Client;
        global using Microsoft.Identity.Client.AppConfig;
        global using Microsoft.Identity.Client.KeyAttestation;
        """;

    private static readonly ImmutableArray<DiagnosticAnalyzer> _analyzers =
        [.. Every<DiagnosticAnalyzer>(typeof(Analyzers.Framework.MtlsPopAnalyzer).Assembly)];

    private static readonly ILookup<string, CodeFixProvider> _fixes = Every<CodeFixProvider>(typeof(EditorCodeFix).Assembly)
        .SelectMany(fix => fix.FixableDiagnosticIds.Select(id => (fix, id)))
        .ToLookup(pair => pair.id, pair => pair.fix);

    private readonly Project _project;

    private Workbench(Project project) => _project = project;

    public static async Task<Workbench> OpenAsync()
    {
        var references = await ReferenceAssemblies.Net.Net80
            .AddPackages([new PackageIdentity("Microsoft.Identity.Client", "4.92.0")])
            .ResolveAsync(LanguageNames.CSharp, CancellationToken.None);
        var everyRule = _analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Distinct();
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            allowUnsafe: true)
            .WithSpecificDiagnosticOptions(everyRule.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Warn)));
        var project = new AdhocWorkspace().AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Mutants", "Mutants", LanguageNames.CSharp,
            compilationOptions: options,
            parseOptions: CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview),
            metadataReferences: [.. references, KeyAttestation(references)]));
        return new(project.AddDocument("Usings.cs", Usings).Project);
    }

    /// <summary>What went wrong, a line each.</summary>
    public async Task<IReadOnlyList<string>> FaultsOfAsync(Mutant mutant)
    {
        var project = _project.WithCompilationOptions(
            _project.CompilationOptions!.WithOutputKind(
                mutant.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary));
        var document = project.AddDocument("Mutant.cs", SourceText.From(mutant.Code), filePath: "/0/Mutant.cs");
        var compilation = (await document.Project.GetCompilationAsync())!;
        try
        {
            return await FaultsOfAsync(document, compilation);
        }
        catch (Exception exception) when (CompilerThrows(compilation, exception.GetType()))
        {
            return [];
        }
    }

    private static async Task<IReadOnlyList<string>> FaultsOfAsync(Document document, Compilation compilation)
    {
        var inTurn = await FindingsAsync(compilation, concurrently: false);
        var atOnce = await FindingsAsync(compilation, concurrently: true);
        List<string> faults = [.. inTurn.Concat(atOnce).Where(found => found.Id == "AD0001").Select(found => found.GetMessage(null)).Distinct()];
        if (faults.Count == 0)
            faults.AddRange(
                Lines(inTurn)
                    .Except(Lines(atOnce))
                    .Select(line => $"found in turn only: {line}")
                    .Concat(Lines(atOnce).Except(Lines(inTurn)).Select(line => $"found at once only: {line}")));
        foreach (var found in inTurn)
        {
            foreach (var fix in _fixes[found.Id])
            {
                if (await RegisteringAsync(fix, document, found) is { } fault)
                    faults.Add(fault);
            }
        }

        return faults;
    }

    /// <summary>
    /// Roslyn 5.12 does on <c>__arglist</c> in collection expressions and on <c>ref</c> before the arguments of <c>params ReadOnlySpan</c>,
    /// with no analyzer about.
    /// </summary>
    private static bool CompilerThrows(Compilation compilation, Type type)
    {
        try
        {
            _ = compilation.GetDiagnostics();
            return false;
        }
#pragma warning disable CA1031 // whatever the compiler throws is not the analyzers' fault
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception.GetType() == type;
        }
    }

    private static async Task<ImmutableArray<Diagnostic>> FindingsAsync(Compilation compilation, bool concurrently) =>
        await compilation
            .WithAnalyzers(
                _analyzers,
                new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrently, logAnalyzerExecutionTime: false))
            .GetAnalyzerDiagnosticsAsync();

    private static IEnumerable<string> Lines(IEnumerable<Diagnostic> found) => found.Select(one => one.ToString());

    private static async Task<string?> RegisteringAsync(CodeFixProvider fix, Document document, Diagnostic found)
    {
        if (document.Project.GetDocument(found.Location.SourceTree) is not { } where)
            return null;
        try
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(where, found, (_, _) => { }, CancellationToken.None));
            return null;
        }
#pragma warning disable CA1031 // whatever it throws is what is looked for
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return $"{fix.GetType().Name} on {found}: {exception}";
        }
    }

    private static PortableExecutableReference KeyAttestation(IEnumerable<MetadataReference> references)
    {
        var contract = CSharpCompilation.Create(
            "Microsoft.Identity.Client.KeyAttestation",
            [
                CSharpSyntaxTree.ParseText("global using System; [assembly: System.Reflection.AssemblyVersion(\"4.92.0.0\")]"),
                CSharpSyntaxTree.ParseText(Corpus.Read("contracts/Microsoft.Identity.Client.KeyAttestation/ManagedIdentityAttestationExtensions.cs")),
            ],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        return contract.Emit(assembly) is { Success: false } result
            ? throw new InvalidOperationException(string.Join('\n', result.Diagnostics))
            : MetadataReference.CreateFromImage(assembly.ToArray());
    }

    private static IEnumerable<T> Every<T>(Assembly assembly) => assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T)))
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .Select(type => (T)Activator.CreateInstance(type)!);
}
