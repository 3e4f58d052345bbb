using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.History;

/// <summary>The git repository around a folder. Nothing here changes it.</summary>
internal sealed class GitRepository
{
    private readonly CancellationToken _cancellation;

    private GitRepository(string root, CancellationToken cancellation)
    {
        Root = root;
        _cancellation = cancellation;
    }

    public string Root { get; }

    /// <summary>Null where there is no git, or no repository.</summary>
    public static async Task<GitRepository?> FindAsync(string folder, CancellationToken cancellation)
    {
        try
        {
            // The way up, and not the root itself, which git tells with symbolic links resolved.
            var found = await ChildProcess.RunAsync("git", ["rev-parse", "--show-cdup"], folder, cancellation).ConfigureAwait(false);
            return found.ExitCode == 0 ? new GitRepository(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(folder, found.Output.Trim()))), cancellation) : null;
        }
        catch (GateException)
        {
            return null;
        }
    }

    /// <summary>The commit that the work on top of a branch began from.</summary>
    public async Task<string> MergeBaseAsync(string reference)
    {
        var known = await RunAsync("rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}").ConfigureAwait(false);
        if (known.ExitCode != 0)
            throw new GateException($"'{reference}' is no commit of this repository: fetch it, or name another base.");

        var merge = await RunAsync("merge-base", known.Output.Trim(), "HEAD").ConfigureAwait(false);
        return merge.ExitCode == 0
            ? merge.Output.Trim()
            : throw new GateException($"'{reference}' and HEAD have no common commit here: fetch the whole history ('fetch-depth: 0' in actions/checkout).");
    }

    /// <summary>A file as it is in a commit; null where it is not.</summary>
    public async Task<string?> ReadAsync(string commit, string path)
    {
        var shown = await RunAsync("show", $"{commit}:{path}").ConfigureAwait(false);
        return shown.ExitCode == 0 ? shown.Output : null;
    }

    /// <summary>The files of the working tree that differ from a commit, with those that git does not know yet.</summary>
    public async Task<IReadOnlyList<string>> ChangedSinceAsync(string commit)
    {
        var changed = await RunAsync("diff", "--name-only", "--no-renames", "-z", commit).ConfigureAwait(false);
        var unknown = await RunAsync("ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/").ConfigureAwait(false);
        return [.. Names(changed).Concat(Names(unknown)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The C# files in a folder of the working tree, relative to the root.</summary>
    public async Task<IReadOnlyList<string>> CodeUnderAsync(string folder)
    {
        var known = await RunAsync("-C", folder, "ls-files", "--cached", "--others", "--exclude-standard", "--full-name", "-z", "--", "*.cs").ConfigureAwait(false);
        return [.. Names(known).Where(file => File.Exists(Path.Combine(Root, file)))];
    }

    /// <summary>A copy of a commit, with its history, that shares the objects of this repository.</summary>
    public async Task CheckOutAsync(string commit, string folder)
    {
        await MustAsync("clone", "--quiet", "--shared", "--no-checkout", Root, folder).ConfigureAwait(false);
        await MustAsync("-C", folder, "checkout", "--quiet", "--detach", commit).ConfigureAwait(false);
    }

    /// <summary>A copy of the working tree, with what is not committed.</summary>
    public async Task CopyAsync(string folder)
    {
        await CheckOutAsync("HEAD", folder).ConfigureAwait(false);
        foreach (var file in await ChangedSinceAsync("HEAD").ConfigureAwait(false))
        {
            var (from, to) = (Path.Combine(Root, file), Path.Combine(folder, file));
            if (File.Exists(from))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(from, to, overwrite: true);
            }
            else
            {
                File.Delete(to);
            }
        }
    }

    /// <summary>Who wrote a line, and when; null where that is not committed.</summary>
    public async Task<string?> AuthorOfAsync(string file, int line)
    {
        var blame = await RunAsync("blame", "--porcelain", "-L", $"{line},{line}", "--", file).ConfigureAwait(false);
        if (blame.ExitCode != 0)
            return null;

        var facts = blame.Output.Split('\n').Select(text => text.TrimEnd('\r').Split(' ', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
        return facts["author"].FirstOrDefault() is { } author && author != "Not Committed Yet" && long.TryParse(facts["author-time"].FirstOrDefault(), out var seconds)
            ? $"{author}, {DateTimeOffset.FromUnixTimeSeconds(seconds):yyyy-MM-dd}"
            : null;
    }

    private static string[] Names(ChildResult list) => list.Output.TrimEnd('\r', '\n').Split('\0', StringSplitOptions.RemoveEmptyEntries);

    private async Task MustAsync(params string[] arguments)
    {
        var done = await RunAsync(arguments).ConfigureAwait(false);
        if (done.ExitCode != 0)
            throw new GateException($"git failed: {done.Error.Trim()}");
    }

    private Task<ChildResult> RunAsync(params string[] arguments) => ChildProcess.RunAsync("git", ["-c", "core.quotePath=false", .. arguments], Root, _cancellation);
}
