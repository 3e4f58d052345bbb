using System.Collections.Immutable;

namespace MtlsPop.Analyzers.Tests;

/// <summary>Where a sample of code lives: what it references and imports. The same for every rule, so that a test only says what is special.</summary>
public sealed record Sample
{
    public static readonly ImmutableArray<string> MsalVersions = ["4.80.0", "4.83.1", "4.84.2", "4.86.1", "4.92.0"];

    /// <summary>What the SDK imports where a project asks for implicit usings.</summary>
    public static readonly string ImplicitUsings = string.Concat(
        from name in (string[])
        [
            "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
        ]
        select $"global using {name};\n");

    public string Msal { get; init; } = MsalVersions[^1];

    public bool ReferencesKeyAttestation { get; init; } = true;

    /// <summary>The real one: it needs MSAL 4.86.1.</summary>
    public bool ReferencesRuntime { get; init; }

    /// <summary>The name of a test framework's assembly.</summary>
    public string? TestFramework { get; init; }

    public OutputKind OutputKind { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    /// <summary>How often Fix All runs, when it is not once for each document: a fix may edit more than the document of its finding.</summary>
    public int? FixAllIterations { get; init; }

    /// <summary>Lines of an .editorconfig for all sources.</summary>
    public string? EditorConfig { get; init; }

    public ReferenceAssemblies Framework { get; init; } = ReferenceAssemblies.Net.Net80;

    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.Default;

    public string GlobalUsings { get; init; } = """
        global using System;
        global using System.Collections.Generic;
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

    internal Task RunAsync<TFix>(IEnumerable<DiagnosticAnalyzer> analyzers, string before, string? after = null)
        where TFix : CodeFixProvider, new() =>
        RunAsync<TFix>(analyzers, [before], after is null ? null : [after]);

    internal async Task RunAsync<TFix>(
        IEnumerable<DiagnosticAnalyzer> analyzers,
        string[] before,
        string[]? after = null,
        string? onlyRule = null,
        string? action = null)
        where TFix : CodeFixProvider, new()
    {
        var test = new Test<TFix>([.. analyzers], LanguageVersion)
        {
            CodeActionEquivalenceKey = action,
            NumberOfFixAllIterations = after is null ? null : FixAllIterations,
            ReferenceAssemblies = MsalReferences.For(Framework, Msal),
        };
        test.TestState.OutputKind = OutputKind;
        Add(before, test.TestState);
        if (after is not null)
            Add(after, test.FixedState);

        if (EditorConfig is not null)
            test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n\n[*.cs]\n{EditorConfig}\n"));
        test.TestState.AdditionalReferences.AddRange(await AdditionsAsync(test.ReferenceAssemblies));
        test.DisabledDiagnostics.AddRange(test.Rules.Where(rule => onlyRule is null ? !rule.IsEnabledByDefault : rule.Id != onlyRule).Select(rule => rule.Id));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The sample alone, for tests that look at it in another way.</summary>
    internal async Task<CSharpCompilation> CompileAsync(params string[] sources)
    {
        var references = MsalReferences.For(Framework, Msal);
        var resolved = await references.ResolveAsync(LanguageNames.CSharp, TestContext.Current.CancellationToken);
        return CSharpCompilation.Create(
            "Sample",
            [.. sources.Prepend(Usings).Select(source => CSharpSyntaxTree.ParseText(source))],
            resolved.AddRange(await AdditionsAsync(references)),
            new CSharpCompilationOptions(OutputKind, nullableContextOptions: NullableContextOptions.Enable));
    }

    private async Task<IReadOnlyList<MetadataReference>> AdditionsAsync(ReferenceAssemblies references)
    {
        var additions = new List<MetadataReference>();
        if (ReferencesKeyAttestation)
            additions.Add(await KeyAttestation.ForAsync(Msal, references));
        if (ReferencesRuntime)
            additions.Add(MetadataReference.CreateFromStream(typeof(Sample).Assembly.GetManifestResourceStream("MtlsPop.Runtime.dll")!));
        if (TestFramework is not null)
            additions.Add(FrameworkNamed(TestFramework));
        return additions;
    }

    /// <summary>The real one where these tests run on it, else one of its name.</summary>
    private static MetadataReference FrameworkNamed(string name)
    {
        var own = typeof(FactAttribute).Assembly;
        return own.GetName().Name == name
            ? MetadataReference.CreateFromFile(own.Location)
            : CSharpCompilation.Create(name, references: [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]).ToMetadataReference();
    }

    private void Add(string[] sources, SolutionState state)
    {
        foreach (var source in sources)
            state.Sources.Add(source);
        state.Sources.Add(("/0/Usings.cs", Usings));
    }

    private string Usings => ReferencesKeyAttestation
        ? GlobalUsings
        : GlobalUsings.Replace("global using Microsoft.Identity.Client.KeyAttestation;", "", StringComparison.Ordinal);

    private sealed class Test<TFix>(ImmutableArray<DiagnosticAnalyzer> analyzers, LanguageVersion language)
        : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, TFix, DefaultVerifier>
        where TFix : CodeFixProvider, new()
    {
        public IEnumerable<DiagnosticDescriptor> Rules => analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics);

        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => analyzers;

        protected override ParseOptions CreateParseOptions() => ((CSharpParseOptions)base.CreateParseOptions()).WithLanguageVersion(language);

        protected override CompilationOptions CreateCompilationOptions() =>
            ((CSharpCompilationOptions)base.CreateCompilationOptions()).WithNullableContextOptions(
                language is LanguageVersion.CSharp7_3 ? NullableContextOptions.Disable : NullableContextOptions.Enable);
    }
}
