namespace MtlsPop.Gate;

/// <summary>Writes a file entirely or not at all: what a full disk or Ctrl-C interrupts leaves the old one.</summary>
internal static class WholeFile
{
    public static void Write(string file, string text)
    {
        var target = (File.Exists(file) ? File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var part = $"{target}.{Path.GetRandomFileName()}";
        try
        {
            File.WriteAllText(part, text);
            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(part, File.GetUnixFileMode(target));
            File.Move(part, target, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
