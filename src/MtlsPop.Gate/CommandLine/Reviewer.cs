using System.Globalization;
using MtlsPop.Gate.Documents;
using MtlsPop.Gate.History;
using MtlsPop.Gate.Judging;
using MtlsPop.Gate.Reporting;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.CommandLine;

/// <summary>Scans, compares with the base, and judges.</summary>
internal sealed class Reviewer(CheckOptions options, Action<string> progress, CancellationToken cancellation) : IDisposable
{
    private readonly TemporaryFolder _copies = new();

    /// <summary>Kept to the end: the fixes are tried on what the compiler was given.</summary>
    private readonly List<TemporaryFolder> _builds = [];
    private readonly List<string> _notes = [];
    private string _root = "";

    /// <summary>Null where documents are judged, or there is no base.</summary>
    private HiddenCode? _hidden;

    /// <summary>Of a project; a report of more is not read to its end.</summary>
    private const int MostFixes = 100;

    /// <summary>What <c>--write-baseline</c> goes on from.</summary>
    public Baseline Baseline { get; private set; } = Baseline.Empty;

    public string BaselinePath => Path.GetFullPath(options.Baseline ?? Path.Combine(_root, Baseline.DefaultFile));

    public async Task<Review> ReviewAsync()
    {
        if (options is { Base: not null, Sarif.Count: > 0 })
            throw new GateException("'--base' builds the base as well, and '--sarif' builds nothing: use one of them.");

        var folder = FolderOf(options.Path);
        var repository = await GitRepository.FindAsync(folder, cancellation).ConfigureAwait(false);
        _root = repository?.Root ?? folder;
        var commit = options.Base is { } reference
            ? await (repository ?? throw new GateException("'--base' compares with a commit, and this is not a git repository: leave it out.")).MergeBaseAsync(reference).ConfigureAwait(false)
            : null;
        Baseline = await ReadBaselineAsync(repository, commit).ConfigureAwait(false);

        var root = commit is null ? _root : await RootToScanAsync(repository!, commit).ConfigureAwait(false);
        var (projects, findings) = await ScanAsync(root, "").ConfigureAwait(false);
        foreach (var project in projects)
            project.RequireMode();
        if (commit is not null)
            findings = await CompareAsync(repository!, commit, root, projects, findings).ConfigureAwait(false);
        if (repository is not null)
            findings = await WithAuthorsAsync(repository, root, findings).ConfigureAwait(false);
        findings = Baseline.Apply(findings, DateOnly.FromDateTime(DateTime.UtcNow), projects.All(project => project.Scanned.NotEvaluated is null), _notes);

        if (options.Reports.Any(Report.ShowsFixes))
            findings = await WithFixesAsync(projects, findings).ConfigureAwait(false);

        var review = new Review(options.Target, root, [], findings, _notes, options.FailOn) { Base = commit };
        return review with { Projects = Judge.Answer(projects, findings, review.Fails) };
    }

    public void Dispose()
    {
        _copies.Dispose();
        foreach (var build in _builds)
            build.Dispose();
    }

    /// <summary>The tree itself; a copy with the base's settings, where the change edits them, and without the marks that hide code from the rules.</summary>
    private async Task<string> RootToScanAsync(GitRepository repository, string commit)
    {
        var settings = await GateSettings.ChangedAsync(repository, commit).ConfigureAwait(false);
        foreach (var file in settings)
            _notes.Add($"This change edits the gate's settings in {file}: the base's hold.");
        _hidden = options.Documents.Count > 0 ? null : await HiddenCode.InAsync(repository, commit).ConfigureAwait(false);
        _notes.AddRange(_hidden?.Notes ?? []);
        if (settings.Count == 0 && _hidden is null or { MarkedMembers.Count: 0 })
            return _root;

        var copy = _copies.Combine("head");
        await repository.CopyAsync(copy).ConfigureAwait(false);
        await GateSettings.RestoreAsync(repository, commit, settings, copy).ConfigureAwait(false);
        foreach (var file in _hidden?.MarkedMembers ?? [])
            await File.WriteAllTextAsync(Path.Combine(copy, file), HiddenCode.WithoutMarks(await File.ReadAllTextAsync(Path.Combine(copy, file), cancellation).ConfigureAwait(false)), cancellation).ConfigureAwait(false);
        return copy;
    }

    /// <summary>The base is scanned only where something was found that may be old, or something may be gone that it has.</summary>
    private async Task<IReadOnlyList<Finding>> CompareAsync(GitRepository repository, string commit, string root, IReadOnlyList<JudgedProject> now, IReadOnlyList<Finding> findings)
    {
        var needsBase = _hidden?.NeedsBase(now, await repository.CodeUnderAsync(FolderOf(options.Path)).ConfigureAwait(false), root) ?? false;
        if (findings.Count == 0 && !needsBase)
            return findings;

        var folder = _copies.Combine("base");
        await repository.CheckOutAsync(commit, folder).ConfigureAwait(false);
        var comparison = new Comparison([], []);
        if (options.Documents.Count > 0 || Path.Exists(PathIn(folder, options.Path)))
        {
            var (projects, before) = await ScanAsync(folder, "base: ").ConfigureAwait(false);
            comparison = new Comparison(projects, before);
            _notes.AddRange(comparison.Notes());
            if (needsBase)
                _notes.AddRange(HiddenCode.Gone(projects, folder, now, root));
        }

        return [.. findings.Select(finding => comparison.Compare(finding, _notes))];
    }

    private async Task<(IReadOnlyList<JudgedProject> Projects, IReadOnlyList<Finding> Findings)> ScanAsync(string root, string prefix)
    {
        IReadOnlyList<ScannedProject> scanned;
        if (options.Sarif.Count > 0)
        {
            scanned = [.. options.Sarif.Select(SarifScan.Read)];
        }
        else if (options.Documents.Count > 0)
        {
            scanned = await ReadDocumentsAsync(root, prefix).ConfigureAwait(false);
        }
        else
        {
            var path = PathIn(root, options.Path);
            var build = new TemporaryFolder();
            _builds.Add(build);
            var target = ScanTarget.Find(path, options.Scan.Configuration);
            var judged = (_hidden?.MarkedFiles ?? []).Select(file => Path.Combine(root, file));
            scanned = await BuildScan.RunAsync(target, options.Scan with { Judged = [.. judged] }, build, step => progress(prefix + step), cancellation).ConfigureAwait(false);
        }

        var projects = scanned.Select(project => new JudgedProject(project, root)).ToList();
        return (projects, Findings.Of(projects));
    }

    /// <summary>A document that the base does not have yet has no findings there.</summary>
    private async Task<IReadOnlyList<ScannedProject>> ReadDocumentsAsync(string root, string prefix)
    {
        var scan = new DocumentScan(DocumentReferences.For(options.Msal), cancellation);
        List<ScannedProject> scanned = [];
        foreach (var (document, index) in options.Documents.Select((document, index) => (PathIn(root, document), index)))
        {
            progress(string.Create(CultureInfo.InvariantCulture, $"{prefix}reading: {Path.GetFileName(document)} ({index + 1} of {options.Documents.Count})"));
            if (File.Exists(document))
                scanned.Add(await scan.ReadAsync(MarkdownDocument.Read(document)).ConfigureAwait(false));
        }

        return scanned;
    }

    /// <summary>A path that the user gave, in the tree or in a copy of it.</summary>
    private string PathIn(string root, string path) => root == _root ? Path.GetFullPath(path) : Path.Combine(root, Path.GetRelativePath(_root, Path.GetFullPath(path)));

    private async Task<Baseline> ReadBaselineAsync(GitRepository? repository, string? commit)
    {
        if (options.Baseline is { } named && !File.Exists(named) && !options.WriteBaseline)
            throw new GateException($"'{named}' does not exist: write the baseline with '--write-baseline'.");

        var now = File.Exists(BaselinePath) ? await File.ReadAllTextAsync(BaselinePath, cancellation).ConfigureAwait(false) : null;
        if (commit is null)
            return now is null ? Baseline.Empty : Baseline.Parse(now, BaselinePath);

        var path = Path.GetRelativePath(_root, BaselinePath).Replace('\\', '/');
        var before = await repository!.ReadAsync(commit, path).ConfigureAwait(false);
        if (now?.ReplaceLineEndings() != before?.ReplaceLineEndings())
            _notes.Add($"This change edits the baseline {path}: the base's holds.");
        return before is null ? Baseline.Empty : Baseline.Parse(before, path);
    }

    /// <summary>What is to be fixed, with what its fix would change.</summary>
    private async Task<IReadOnlyList<Finding>> WithFixesAsync(IReadOnlyList<JudgedProject> projects, IReadOnlyList<Finding> findings)
    {
        var told = findings.ToList();
        foreach (var project in projects)
        {
            var wanted = told.FindAll(finding => finding is { State: FindingState.New, Fix.Count: 0 } && finding.Projects.Contains(project.Key)).Take(MostFixes).ToList();
            if (wanted.Count == 0 || project.Scanned.Fixes is not { } fixes)
                continue;

            progress($"fixes: {project.Key}");
            var results = wanted.ConvertAll(finding => project.Scanned.Results.First(result => result.Rule == finding.Rule && result.Place == finding.Place));
            foreach (var (finding, fix) in wanted.Zip(await fixes.PreviewAsync(results, cancellation).ConfigureAwait(false)))
                told[told.IndexOf(finding)] = finding with { Fix = fix };
        }

        return told;
    }

    private static async Task<IReadOnlyList<Finding>> WithAuthorsAsync(GitRepository repository, string root, IReadOnlyList<Finding> findings)
    {
        var told = new List<Finding>();
        foreach (var finding in findings)
        {
            if (finding.Suppression is not { Place: { } place } suppression)
            {
                told.Add(finding);
                continue;
            }

            var author = await repository.AuthorOfAsync(Path.GetRelativePath(root, place.File), place.Line).ConfigureAwait(false);
            told.Add(finding with { Suppression = suppression with { Author = author } });
        }

        return told;
    }

    private static string FolderOf(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Directory.Exists(full) ? full : File.Exists(full) ? Path.GetDirectoryName(full)! : throw new GateException($"'{path}' does not exist: name a project, a solution or a folder.");
    }
}
