using System.Collections.Concurrent;
using System.Reflection;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MtlsPop.Gate.Documents;

/// <summary>What the code of documents is compiled against: .NET 8, a late MSAL, and the attestation package in MSAL's version.</summary>
internal sealed class DocumentReferences
{
    private static readonly string _carried = Path.Combine(AppContext.BaseDirectory, "references");

    private const string MsalPackage = "microsoft.identity.client";

    private static readonly ConcurrentDictionary<string, DocumentReferences> _known = new();

    private DocumentReferences(string msal, string version)
    {
        MsalVersion = version;
        List<MetadataReference> references =
        [
            .. Net80.References.All,
            MetadataReference.CreateFromFile(msal),
            MetadataReference.CreateFromFile(Path.Combine(_carried, "Microsoft.IdentityModel.Abstractions.dll")),
        ];
        All = [.. references, Attestation(references, VersionOf(msal))];
    }

    public string MsalVersion { get; }

    public IReadOnlyList<MetadataReference> All { get; }

    /// <summary>Those that the tool carries; or another MSAL from the packages of this machine.</summary>
    public static DocumentReferences For(string? msal)
    {
        if (msal is null)
            return _known.GetOrAdd(Path.Combine(_carried, "Microsoft.Identity.Client.dll"), file => new DocumentReferences(file, VersionOf(file).ToString(3)));

        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string[] frameworks = ["net8.0", "net6.0", "netstandard2.0"];
        return frameworks
            .Select(framework => Path.Combine(packages, MsalPackage, msal, "lib", framework, "Microsoft.Identity.Client.dll"))
            .FirstOrDefault(File.Exists) is { } file
            ? _known.GetOrAdd(file, _ => new DocumentReferences(file, msal))
            : throw new GateException($"MSAL {msal} is not among the packages of this machine ({packages}): restore a project that references it, or leave '--msal' out.");
    }

    /// <summary>Without the packages of NuGet, which need not carry it: its one public method, built against the MSAL that is used.</summary>
    private static MetadataReference Attestation(IEnumerable<MetadataReference> references, Version version)
    {
        using var contract = new StreamReader(typeof(DocumentReferences).Assembly.GetManifestResourceStream("KeyAttestation.cs")!);
        var compilation = CSharpCompilation.Create(
            "Microsoft.Identity.Client.KeyAttestation",
            [
                CSharpSyntaxTree.ParseText($"global using System; [assembly: System.Reflection.AssemblyVersion(\"{version}\")]"),
                CSharpSyntaxTree.ParseText(contract.ReadToEnd()),
            ],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return InMemory.Emit(compilation);
    }

    private static Version VersionOf(string assembly) => AssemblyName.GetAssemblyName(assembly).Version!;
}

internal static class InMemory
{
    /// <summary>As an assembly, so that nothing but its signatures is known.</summary>
    public static MetadataReference Emit(CSharpCompilation compilation)
    {
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly, options: new(metadataOnly: true));
        return result.Success ? MetadataReference.CreateFromImage(assembly.ToArray()) : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }
}
