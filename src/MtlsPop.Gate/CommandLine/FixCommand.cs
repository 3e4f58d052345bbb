using MtlsPop.Gate.Documents;
using MtlsPop.Gate.Judging;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.CommandLine;

/// <summary>Applies the fixes where they are: 'dotnet format' edits, and a scan before and after says what came of it.</summary>
internal static class FixCommand
{
    public static async Task<int> RunAsync(CheckOptions given, IReadOnlyList<string> paths, IReadOnlyList<string> rules, Terminal terminal, CancellationToken cancellationToken)
    {
        if (rules.FirstOrDefault(rule => !RuleTable.Named.ContainsKey(rule)) is { } unknown)
            throw new GateException($"There is no rule '{unknown}': 'mtlspop rules' lists them.");

        using var inputs = await Inputs.OpenAsync(given, paths, text: null, terminal, cancellationToken).ConfigureAwait(false);
        var options = inputs.Options;
        var before = await ReviewAsync(options, terminal, cancellationToken).ConfigureAwait(false);
        if (before.NotEvaluated.FirstOrDefault() is { } broken)
            throw new GateException($"{broken.Project.RelativePath} was not evaluated, and nothing was fixed: {broken.Project.Scanned.NotEvaluated}", ExitCode.NotEvaluated);

        var wanted = Open(before, rules).Select(finding => finding.Rule).Distinct().ToList();
        if (wanted.Count == 0)
        {
            terminal.Output.WriteLine("There is nothing to fix.");
            return ExitCode.Passed;
        }

        var texts = FilesToEdit(options, before.Root).ToDictionary(file => file, File.ReadAllText);
        await terminal.ProgressAsync(progress => options.Documents.Count > 0
            ? EditAsync(options, rules, progress, cancellationToken)
            : FormatAsync(options, wanted, progress, cancellationToken)).ConfigureAwait(false);
        foreach (var (file, text) in texts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (File.ReadAllText(file) != text)
                terminal.Output.WriteLine($"Changed {before.RelativePath(file)}");
        }

        var after = await ReviewAsync(options, terminal, cancellationToken).ConfigureAwait(false);
        var left = Open(after, rules).ToList();
        foreach (var finding in left)
            terminal.Output.WriteLine($"Left: {finding.Rule} {after.Text(finding.Place)}: {finding.Message}");
        terminal.Output.WriteLine($"{Evidence.Count(Open(before, rules).Count(), "finding")} before, {left.Count} left.");
        return left.Exists(after.Fails) ? ExitCode.Failed : after.NotEvaluated.Any() ? ExitCode.NotEvaluated : ExitCode.Passed;
    }

    private static IEnumerable<Finding> Open(Review review, IReadOnlyList<string> rules) =>
        review.Findings.Where(finding => finding.State == FindingState.New && (rules.Count == 0 || rules.Contains(finding.Rule)));

    private static IEnumerable<string> FilesToEdit(CheckOptions options, string root) => options.Documents.Count > 0
        ? options.Documents.Select(Path.GetFullPath)
        : Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".props");

    private static async Task<int> EditAsync(CheckOptions options, IReadOnlyList<string> rules, Action<string> progress, CancellationToken cancellationToken)
    {
        var fix = new DocumentFix(new DocumentCompiler(DocumentReferences.For(options.Msal)), cancellationToken);
        foreach (var file in options.Documents)
        {
            progress($"fixing {Path.GetFileName(file)}");
            var document = MarkdownDocument.Read(file);
            if (await fix.ApplyAsync(document, rules).ConfigureAwait(false) is var text && text != document.Text)
                WholeFile.Write(file, text);
        }

        return 0;
    }

    private static Task<Review> ReviewAsync(CheckOptions options, Terminal terminal, CancellationToken cancellationToken) => terminal.ProgressAsync(async progress =>
    {
        using var reviewer = new Reviewer(options, progress, cancellationToken);
        return await reviewer.ReviewAsync().ConfigureAwait(false);
    });

    private static async Task<int> FormatAsync(CheckOptions options, IReadOnlyList<string> rules, Action<string> progress, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Combine("logs"));
        var target = ScanTarget.Find(options.Path, options.Scan.Configuration);

        // It takes no properties: what a build is told on the command line, this is told by the environment.
        var environment = BuildScan.Environment(folder, judged: []).Append(new("MtlsPopScan", "true")).Append(new("ArtifactsPath", folder.Combine("artifacts"))).ToDictionary();
        foreach (var file in target.Path is { } path ? [path] : target.Projects)
        {
            progress($"fixing {Path.GetFileName(file)}");
            var format = await ChildProcess.RunAsync(
                "dotnet", ["format", "analyzers", file, "--severity", "info", "--diagnostics", .. rules], target.Folder, cancellationToken, environment).ConfigureAwait(false);
            if (format.ExitCode != 0)
                throw new GateException($"'dotnet format' failed: {(format.Error + format.Output).Trim()}", ExitCode.NotEvaluated);
        }

        return 0;
    }
}
