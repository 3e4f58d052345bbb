using System.Reflection;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace MtlsPop.Gate.Tests;

/// <summary>What the build of these tests knew and wrote into their assembly.</summary>
internal static class ThisBuild
{
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static string MsalVersion { get; } = Metadata("MsalVersion");

    private static string Metadata(string key) =>
        typeof(ThisBuild).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
