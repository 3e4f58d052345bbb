using System.Reflection;

namespace MtlsPop.Analyzers.Tests.Catalogue;

/// <summary>The files of the repository that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string _root = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;

    public static string PathOf(string file) => Path.Combine(_root, file);

    public static string Read(string file) => File.ReadAllText(PathOf(file));

    public static IEnumerable<string> NamesIn(string folder, string pattern) =>
        Directory.Exists(PathOf(folder)) ? Directory.EnumerateFiles(PathOf(folder), pattern).Select(file => Path.GetFileNameWithoutExtension(file)!) : [];

    /// <summary>The C# files under a folder, by their paths in the repository; none that a build made.</summary>
    public static IReadOnlyList<string> FilesIn(string folder) =>
    [
        .. Directory.EnumerateFiles(PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Holds a generated part of a file to what it must be.</summary>
    public static void AssertGenerated(string file, string content, string part = "generated")
    {
        var (begins, ends) = ($"<!-- {part} -->", $"<!-- /{part} -->");
        var text = Read(file);
        var begin = text.IndexOf(begins, StringComparison.Ordinal) + begins.Length;
        var end = text.IndexOf(ends, StringComparison.Ordinal);
        Assert.True(begin >= begins.Length && end >= begin, $"{file} has no part between {begins} and {ends}.");

        GeneratedFile.AssertIs(PathOf(file), $"{text[..begin]}\n{content}\n{text[end..]}");
    }
}
