using System.Collections.Concurrent;

namespace MtlsPop.Analyzers.Tests;

/// <summary>
/// The KeyAttestation contract as a reference, compiled against the same MSAL as the sample: built against a later one, the compiler
/// refuses it.
/// </summary>
internal static class KeyAttestation
{
    private static readonly ConcurrentDictionary<(ReferenceAssemblies, string), Lazy<Task<MetadataReference>>> _compiled = new();

    public static Task<MetadataReference> ForAsync(string version, ReferenceAssemblies references) =>
        _compiled.GetOrAdd((references, version), _ => new(() => CompileAsync(version, references))).Value;

    private static async Task<MetadataReference> CompileAsync(string version, ReferenceAssemblies references)
    {
        using var contract = new StreamReader(typeof(KeyAttestation).Assembly.GetManifestResourceStream("KeyAttestation.cs")!);
        var compilation = CSharpCompilation.Create(
            "Microsoft.Identity.Client.KeyAttestation",
            [
                CSharpSyntaxTree.ParseText($"global using System; [assembly: System.Reflection.AssemblyVersion(\"{version}.0\")]"),
                CSharpSyntaxTree.ParseText(await contract.ReadToEndAsync()),
            ],
            await references.ResolveAsync(LanguageNames.CSharp, CancellationToken.None),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return MetadataReference.CreateFromImage(assembly.ToArray());
    }
}
