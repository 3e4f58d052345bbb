using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.Identity.Client;
using MtlsPop.Analyzers.Benchmarks;

// Warm time inside the analyzers, on one program, for this package and for the SDK's own analyzers in the same runs.
const int Lines = 50_000;
const int MsalMethods = 200;
const int Runs = 7;

var files = Parse(GeneratedProgram.Files(Lines, MsalMethods));
var framework = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!.ToString()!.Split(Path.PathSeparator)
    .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "mscorlib.dll" or "netstandard.dll")
    .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
    .ToArray();
var msal = MetadataReference.CreateFromFile(typeof(AuthenticationResult).Assembly.Location);
var withMsal = Compile([.. framework, msal], files);
var inOneType = Compile([.. framework, msal], Parse(GeneratedProgram.Files(lines: 500, MsalMethods)));
var withoutMsal = Compile(framework, [.. files.Where(file => !file.ToString().Contains("Identity", StringComparison.Ordinal))]);

var ours = Analyzers(typeof(MtlsPop.Analyzers.Framework.MtlsPopAnalyzer).Assembly);
var peers = Peers();
Console.WriteLine($"{files.Sum(file => file.GetText().Lines.Count)} lines, {MsalMethods} methods that call MSAL, {ours.Length} analyzers beside {peers.Length} analyzers of the SDK, {Runs} warm runs, median (min to max)");
await ReportAsync("a program that uses MSAL", withMsal);
await ReportAsync("a program without MSAL", withoutMsal);
await ReportAsync("all of its calls in one type", inOneType);

async Task ReportAsync(string name, CSharpCompilation compilation)
{
    List<double> own = [], peer = [];
    for (var run = -2; run < Runs; run++)
    {
        var ownTime = await MeasureAsync(compilation, ours);
        var peerTime = await MeasureAsync(compilation, peers);
        if (run < 0)
            continue;

        own.Add(ownTime.TotalMilliseconds);
        peer.Add(peerTime.TotalMilliseconds);
    }

    Console.WriteLine($"{name}: ours {Text(own)}, the SDK's {Text(peer)}, ratio {Format(Median(own) / Median(peer), "0.0000")}");
}

// Each run on a compilation of its own, so that nothing is remembered from the one before.
static async Task<TimeSpan> MeasureAsync(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
{
    var options = new CompilationWithAnalyzersOptions(
        new AnalyzerOptions([]), (exception, analyzer, _) => throw new InvalidOperationException(analyzer.ToString(), exception), concurrentAnalysis: false, logAnalyzerExecutionTime: true);
    var fresh = new CompilationWithAnalyzers(compilation.WithAssemblyName(Path.GetRandomFileName()), analyzers, options);
    await fresh.GetAnalyzerDiagnosticsAsync();
    var total = TimeSpan.Zero;
    foreach (var analyzer in analyzers)
        total += (await fresh.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None)).ExecutionTime;
    return total;
}

static SyntaxTree[] Parse(IEnumerable<string> files) => [.. files.Select(file => CSharpSyntaxTree.ParseText(file))];

static CSharpCompilation Compile(MetadataReference[] references, SyntaxTree[] files)
{
    var compilation = CSharpCompilation.Create("Generated", files, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();
    return errors.Length == 0 ? compilation : throw new InvalidOperationException(errors[0].ToString());
}

static ImmutableArray<DiagnosticAnalyzer> Peers() =>
[
    .. typeof(GeneratedProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(metadata => metadata.Key == "Peer")
        .SelectMany(metadata => Analyzers(Assembly.LoadFrom(metadata.Value!))),
];

static ImmutableArray<DiagnosticAnalyzer> Analyzers(Assembly assembly) =>
[
    .. assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is { } attribute && attribute.Languages.Contains(LanguageNames.CSharp))
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
];

static string Text(List<double> values) => $"{Format(Median(values), "0.0")} ms ({Format(values.Min(), "0.0")} to {Format(values.Max(), "0.0")})";

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
