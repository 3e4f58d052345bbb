using System.Reflection;

namespace MtlsPop.Packages.Tests;

/// <summary>What the build of these tests knew and wrote into their assembly.</summary>
internal static class ThisBuild
{
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static string NuGetPackageRoot { get; } = Metadata("NuGetPackageRoot");

    public static string MsalVersion { get; } = Metadata("MsalVersion");

    public static string Compiler(string name) => Metadata(name).Replace('\\', '/');

    private static string Metadata(string key) =>
        typeof(ThisBuild).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
