using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using MtlsPop.Packages.Tests.Compiler;

[assembly: AssemblyFixture(typeof(MtlsPop.Packages.Tests.PackedPackages))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace MtlsPop.Packages.Tests;

/// <summary>The repository's packages in a folder feed, packed once and away from the working tree, as after a fresh clone.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mtlspop-packages-");

    public async ValueTask InitializeAsync()
    {
        await PackAsync("src/MtlsPop.Analyzers.Package");
        await PackAsync("src/MtlsPop.Runtime");
        await PackAsync("src/MtlsPop.Gate");
        // Consumers restore KeyAttestation from this feed only: a stand-in under the real name may not go further.
        await PackAsync("contracts/Microsoft.Identity.Client.KeyAttestation", "-p:IsPackable=true");
        Version = NuspecOf("MtlsPop.Analyzers").Element("version")!.Value;
    }

    public string Version { get; private set; } = "";

    internal string Feed => Path.Combine(_root.FullName, "feed");

    /// <summary>Where the restores of consumers write, so that the machine's own package folder never holds a package of this run.</summary>
    internal string RestoreFolder => Path.Combine(_root.FullName, "packages");

    /// <summary>Where the repository is built in Release for these tests.</summary>
    internal string Artifacts => Path.Combine(_root.FullName, "artifacts");

    internal string[] FilesOf(string id)
    {
        using var package = Open(id);
        return [.. package.Entries.Select(entry => entry.FullName).Where(IsOurs).Order(StringComparer.Ordinal)];

        // The rest is the envelope that NuGet puts around every package.
        static bool IsOurs(string file) => file.Split('/')[0] is not ("_rels" or "package" or "[Content_Types].xml");
    }

    /// <summary>The files of a folder of a package, without folders.</summary>
    internal IEnumerable<string> Unpack(string id, string folder, DirectoryInfo target)
    {
        using var package = Open(id);
        foreach (var entry in package.Entries.Where(entry => entry.FullName.StartsWith(folder, StringComparison.Ordinal)))
        {
            var file = Path.Combine(target.FullName, entry.Name);
            entry.ExtractToFile(file);
            yield return file;
        }
    }

    internal XElement NuspecOf(string id)
    {
        using var package = Open(id);
        using var nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        var metadata = XElement.Load(nuspec).Elements().Single();
        foreach (var element in metadata.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return metadata;
    }

    internal AssemblyName AssemblyNameOf(string id, string file)
    {
        using var package = Open(id);
        using var assembly = new MemoryStream();
        using (var entry = package.GetEntry(file)!.Open())
            entry.CopyTo(assembly);
        assembly.Position = 0;
        using var image = new PEReader(assembly);
        return image.GetMetadataReader().GetAssemblyDefinition().GetAssemblyName();
    }

    private ZipArchive Open(string id) => ZipFile.OpenRead(Directory.GetFiles(Feed, $"{id}.?.*.nupkg").Single());

    private async Task PackAsync(string project, params string[] arguments)
    {
        var pack = await Dotnet.RunAsync(
            ThisBuild.RepositoryRoot, ["pack", project, "-c", "Release", "-o", Feed, "--artifacts-path", Artifacts, .. arguments]);
        pack.ThatSucceeds();
    }

    public async ValueTask DisposeAsync()
    {
        var compiler = Path.Combine(Path.GetDirectoryName(ThisBuild.Compiler(Compilers.OfSdk))!, "VBCSCompiler.dll");
        await Dotnet.RunAsync(AppContext.BaseDirectory, compiler, "-shutdown", $"-pipename:{Dotnet.Compiler}");
        _root.Delete(recursive: true);
    }
}
