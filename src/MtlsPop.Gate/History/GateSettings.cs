namespace MtlsPop.Gate.History;

/// <summary>The files that say what the gate asks. A change cannot use them against its own review: the base's hold.</summary>
internal static class GateSettings
{
    private static readonly string[] _telling = ["mpop", "mtlspop", "dotnet_analyzer_diagnostic", "generated_code"];

    /// <summary>The configuration files that a change edits in a way that matters here.</summary>
    public static async Task<IReadOnlyList<string>> ChangedAsync(GitRepository repository, string commit)
    {
        var changed = new List<string>();
        foreach (var file in (await repository.ChangedSinceAsync(commit).ConfigureAwait(false)).Where(IsConfiguration))
        {
            var path = Path.Combine(repository.Root, file);
            var now = File.Exists(path) ? await File.ReadAllTextAsync(path).ConfigureAwait(false) : "";
            var before = await repository.ReadAsync(commit, file).ConfigureAwait(false) ?? "";
            if (!Telling(now).SequenceEqual(Telling(before)))
                changed.Add(file);
        }

        return changed;
    }

    /// <summary>Puts the files of the base in the place of the change's.</summary>
    public static async Task RestoreAsync(GitRepository repository, string commit, IEnumerable<string> files, string folder)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file);
            if (await repository.ReadAsync(commit, file).ConfigureAwait(false) is { } text)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, text).ConfigureAwait(false);
            }
            else
            {
                File.Delete(path);
            }
        }
    }

    private static bool IsConfiguration(string file) => Path.GetFileName(file) == ".editorconfig" || Path.GetExtension(file) is ".globalconfig" or ".ruleset";

    /// <summary>What the file says to us, each line under its section.</summary>
    private static IEnumerable<string> Telling(string text)
    {
        var section = "";
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith('['))
                section = line;
            else if (_telling.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)))
                yield return section + line;
        }
    }
}
