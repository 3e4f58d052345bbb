using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A target framework and packages, found in the global packages folder: nothing is downloaded while tests run.</summary>
public sealed class ReferenceAssemblies
{
    private static readonly ConcurrentDictionary<string, Lazy<ImmutableArray<MetadataReference>>> _resolved = new();
    private static readonly ConcurrentDictionary<string, MetadataReference> _files = new();

    public ReferenceAssemblies(string targetFramework, PackageIdentity? referenceAssemblyPackage, string referenceAssemblyPath)
    {
        TargetFramework = targetFramework;
        ReferenceAssemblyPackage = referenceAssemblyPackage;
        ReferenceAssemblyPath = referenceAssemblyPath;
    }

    public static ReferenceAssemblies Default => Net.Net80;

    public string TargetFramework { get; }

    public PackageIdentity? ReferenceAssemblyPackage { get; }

    public string? ReferenceAssemblyPath { get; }

    public ImmutableArray<PackageIdentity> Packages { get; private init; } = [];

    public ReferenceAssemblies AddPackages(ImmutableArray<PackageIdentity> packages) =>
        new(TargetFramework, ReferenceAssemblyPackage, ReferenceAssemblyPath!) { Packages = Packages.AddRange(packages) };

    public Task<ImmutableArray<MetadataReference>> ResolveAsync(string? language, CancellationToken cancellationToken)
    {
        var key = string.Join(';', [TargetFramework, $"{ReferenceAssemblyPackage}", .. Packages.Select(package => package.ToString())]);
        return Task.FromResult(_resolved.GetOrAdd(key, _ => new(Resolve)).Value);
    }

    private ImmutableArray<MetadataReference> Resolve()
    {
        var assemblies = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (ReferenceAssemblyPackage is { } framework)
            Add(PackageFolder.FindCompatible(framework).Assemblies(ReferenceAssemblyPath!));
        foreach (var package in Packages)
            AddPackage(PackageFolder.Find(package));
        return [.. assemblies.Values.Select(path => _files.GetOrAdd(path, path => MetadataReference.CreateFromFile(path)))];

        void AddPackage(PackageFolder package)
        {
            Add(package.CompileAssemblies(TargetFramework));
            foreach (var dependency in package.Dependencies(TargetFramework))
                if (!assemblies.ContainsKey(dependency.Id))
                    AddPackage(PackageFolder.FindCompatible(dependency));
        }

        // What the framework has, it has in the version that wins.
        void Add(IEnumerable<string> paths)
        {
            foreach (var path in paths)
                assemblies.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        }
    }

    public static class Net
    {
        public static ReferenceAssemblies Net80 { get; } = new(
            "net8.0", new PackageIdentity("Microsoft.NETCore.App.Ref", "8.0.0"), Path.Combine("ref", "net8.0"));
    }

    public static class NetStandard
    {
        public static ReferenceAssemblies NetStandard20 { get; } = new(
            "netstandard2.0", new PackageIdentity("NETStandard.Library", "2.0.3"), Path.Combine("build", "netstandard2.0", "ref"));
    }
}
