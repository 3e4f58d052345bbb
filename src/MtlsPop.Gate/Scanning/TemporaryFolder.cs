namespace MtlsPop.Gate.Scanning;

/// <summary>A folder of this run alone, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtlspop-");

    public string Path => _folder.FullName;

    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        // A file of a git object store is read-only, which keeps Windows from deleting it.
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
            file.Attributes = FileAttributes.Normal;
        _folder.Delete(recursive: true);
    }
}
