namespace MtlsPop.Gate.Scanning;

/// <summary>A folder of this run alone, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const int MostAttempts = 10;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtlspop-");

    public string Path => _folder.FullName;

    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Delete();
                return;
            }
            catch (IOException) when (attempt < MostAttempts)
            {
                // A build that was just stopped may still be writing its last file.
                Thread.Sleep(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    private void Delete()
    {
        // A file of a git object store is read-only, which keeps Windows from deleting it.
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
            file.Attributes = FileAttributes.Normal;
        _folder.Delete(recursive: true);
    }
}
