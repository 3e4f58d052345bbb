using System.Security.Cryptography;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Tests;

/// <summary>A user's folder that knows nothing of the gate. Its path has spaces.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Workspace() => Directory.CreateDirectory(Root);

    public string Root => _folder.Combine("a user's folder");

    public Workspace Write(string file, string text)
    {
        var path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public string PathOf(string file) => Path.Combine(Root, file);

    /// <summary>Every file with a hash of its content.</summary>
    public IReadOnlyList<string> Files() =>
    [
        .. Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories)
            .Where(entry => !entry.Contains($"{Path.DirectorySeparatorChar}.git{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(entry => Directory.Exists(entry) ? entry : $"{entry} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(entry)))}"),
    ];

    public void Dispose() => _folder.Dispose();
}
