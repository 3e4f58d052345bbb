using System.Xml.Linq;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A package as restore left it in the global packages folder.</summary>
internal sealed class PackageFolder
{
    private static readonly string _root = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private readonly string _path;

    private PackageFolder(string path) => _path = path;

    public static PackageFolder Find(PackageIdentity package)
    {
        var path = Path.Combine(PathOf(package.Id), package.Version);
        return Directory.Exists(path) ? new(path) : throw Missing(package);
    }

    /// <summary>The version asked for, or the lowest later one that is there.</summary>
    public static PackageFolder FindCompatible(PackageIdentity package)
    {
        var wanted = Version.Parse(package.Version);
        var found = !Directory.Exists(PathOf(package.Id)) ? null : Directory.GetDirectories(PathOf(package.Id))
            .Select(path => (path, version: Version.TryParse(Path.GetFileName(path), out var version) ? version : new Version()))
            .Where(candidate => candidate.version >= wanted)
            .MinBy(candidate => candidate.version).path;
        return found is not null ? new(found) : throw Missing(package);
    }

    public IEnumerable<string> Assemblies(string folder) => Directory.GetFiles(Path.Combine(_path, folder), "*.dll");

    public IEnumerable<string> CompileAssemblies(string targetFramework)
    {
        var frameworks = Acceptable(targetFramework);
        var folder = frameworks.Select(framework => Path.Combine("ref", framework))
            .Concat(frameworks.Select(framework => Path.Combine("lib", framework)))
            .FirstOrDefault(folder => Directory.Exists(Path.Combine(_path, folder)));
        return folder is null ? [] : Assemblies(folder);
    }

    public IEnumerable<PackageIdentity> Dependencies(string targetFramework)
    {
        var groups = XDocument.Load(Directory.GetFiles(_path, "*.nuspec").Single()).Descendants()
            .Where(element => element.Name.LocalName == "group" && element.Parent!.Name.LocalName == "dependencies")
            .ToLookup(group => $"{group.Attribute("targetFramework")?.Value}".TrimStart('.').ToLowerInvariant());
        return Acceptable(targetFramework).Select(framework => groups[framework]).FirstOrDefault(found => found.Any(), [])
            .Elements()
            .Select(dependency => new PackageIdentity(dependency.Attribute("id")!.Value, dependency.Attribute("version")!.Value));
    }

    private static string[] Acceptable(string targetFramework) => targetFramework switch
    {
        "net8.0" => ["net8.0", "net6.0", "netcoreapp3.1", "netstandard2.1", "netstandard2.0"],
        _ => [targetFramework],
    };

    private static string PathOf(string id) => Path.Combine(_root, id.ToLowerInvariant());

    private static InvalidOperationException Missing(PackageIdentity package) => new(
        $"The package '{package}' is not in '{_root}', so a test that compiles against it cannot run: " +
        "name it as a PackageDownload in MtlsPop.Testing.csproj and run 'dotnet restore'.");
}
