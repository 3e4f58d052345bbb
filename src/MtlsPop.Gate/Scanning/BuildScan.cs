using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers;

namespace MtlsPop.Gate.Scanning;

internal sealed record ScanOptions
{
    public string Configuration { get; init; } = "Debug";

    public string? Framework { get; init; }

    /// <summary>MSBuild properties, each NAME=VALUE.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>Files that are judged although they say that they are generated.</summary>
    public IReadOnlyList<string> Judged { get; init; } = [];
}

/// <summary>The user's own build, in a folder of its own, with the analyzers injected into every project.</summary>
internal static partial class BuildScan
{
    /// <summary>Beside the tool: the analyzers, and what is injected.</summary>
    private static readonly string _home = AppContext.BaseDirectory;

    public static async Task<IReadOnlyList<ScannedProject>> RunAsync(
        ScanTarget target, ScanOptions options, TemporaryFolder folder, Action<string> progress, CancellationToken cancellationToken)
    {
        if (target.Projects.Count == 0)
            throw new GateException($"'{target.Path}' has no C# project to check.");

        var logs = Directory.CreateDirectory(folder.Combine("logs")).FullName;
        var file = target.BuildFile(folder);
        progress("restoring packages");
        var done = 0;
        ChildResult build;
        await using (var server = new CompilerServer(logs))
        {
            build = await ChildProcess.RunAsync("dotnet", [.. Arguments(file, options, folder), .. server.Arguments], target.Folder, cancellationToken, Environment(folder, options.Judged), line =>
            {
                if (Compiled().Match(line) is { Success: true } project)
                    progress($"building: {project.Groups["name"].Value} ({++done} of {Math.Max(done, target.Projects.Count)})");
            }).ConfigureAwait(false);
        }

        if (MissingSdk().Match(build.Output + build.Error) is { Success: true } missing)
            throw new GateException($"No .NET SDK is installed that '{missing.Groups["file"].Value}' accepts: it asks for {missing.Groups["version"].Value}.", ExitCode.NotEvaluated);

        var errors = Error().Matches(build.Output + build.Error);
        var scanned = Directory.GetFiles(logs, "*.begun").Order(StringComparer.Ordinal)
            .Select(log => ScannedProject.Read(Path.ChangeExtension(log, null), (path, framework) => ErrorIn(errors, path, framework)))
            .ToList();
        var reached = scanned.Select(project => project.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missed = from project in target.Projects
                     where !reached.Contains(project)
                     select new ScannedProject(project, "") { NotEvaluated = ErrorIn(errors, project, "") ?? FirstOf(errors) ?? $"the build did not reach it: {LastLine(build)}" };
        return [.. scanned.Concat(missed).OrderBy(project => project.Path, StringComparer.Ordinal).ThenBy(project => project.Framework, StringComparer.Ordinal)];
    }

    /// <summary>What a build, or 'dotnet format', must know to run the analyzers.</summary>
    public static IReadOnlyDictionary<string, string> Environment(TemporaryFolder folder, IEnumerable<string> judged)
    {
        var evidence = folder.Combine("evidence.globalconfig");
        var checklist = folder.Combine("checklist.globalconfig");
        File.WriteAllText(evidence, $"is_global = true\nglobal_level = 9999\ndotnet_diagnostic.{Rules.CallUnderstood.Id}.severity = suggestion\n{string.Concat(judged.Select(Judged))}");
        File.WriteAllText(checklist, ChecklistConfiguration());
        return new Dictionary<string, string>
        {
            ["MTLSPOP_SCAN"] = folder.Combine("logs"),
            ["MTLSPOP_ANALYZERS"] = string.Join(';', Path.Combine(_home, "MtlsPop.Analyzers.dll"), Path.Combine(_home, "MtlsPop.CodeFixes.dll")),
            ["MTLSPOP_CONFIGURATION"] = string.Join(';', evidence, checklist),
            ["CustomBeforeDirectoryBuildProps"] = Injected("mtlspop.props"),
            ["CustomAfterMicrosoftCommonTargets"] = Injected("mtlspop.targets"),
            // No node outlives the run, and messages are in the language that is read here.
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            ["DOTNET_NOLOGO"] = "1",
        };
    }

    private static string Judged(string file) => $"[{Special().Replace(file.Replace('\\', '/'), @"\$0")}]\ngenerated_code = false\n";

    /// <summary>What is off by default and yet on the checklist; the lowest level, so that any setting of the user's wins.</summary>
    private static string ChecklistConfiguration()
    {
        var text = new StringBuilder("is_global = true\nglobal_level = -100\n");
        foreach (var rule in RuleTable.All.Where(rule => !rule.IsEnabledByDefault && rule.CustomTags.Contains(Rules.Tag.Checklist)))
            text.Append("dotnet_diagnostic.").Append(rule.Id).Append(".severity = suggestion\n");
        return text.ToString();
    }

    private static string Injected(string file) => Path.Combine(_home, "injected", file);

    private static IEnumerable<string> Arguments(string file, ScanOptions options, TemporaryFolder folder)
    {
        yield return "build";
        yield return file;
        yield return "--nologo";
        yield return "-v:m";
        yield return "-tl:off";
        yield return "-nodeReuse:false";
        yield return "-c";
        yield return options.Configuration;
        if (options.Framework is { } framework)
        {
            yield return "-f";
            yield return framework;
        }

        // The user's tree stays as it is.
        yield return "--artifacts-path";
        yield return folder.Combine("artifacts");
        foreach (var property in options.Properties)
            yield return $"-p:{property}";

        // Last, so that they hold: of two properties of one name the later one counts.
        yield return Property("CustomBeforeDirectoryBuildProps", Injected("mtlspop.props"));
        yield return Property("CustomAfterMicrosoftCommonTargets", Injected("mtlspop.targets"));
        yield return "-p:MtlsPopScan=true";
        yield return "-p:RunAnalyzers=true";
        yield return "-p:EnableNETAnalyzers=false";
        yield return "-p:EnforceCodeStyleInBuild=false";

        // A project that stops at a warning would take those that need it along.
        yield return "-p:TreatWarningsAsErrors=false";
        yield return "-p:CodeAnalysisTreatWarningsAsErrors=false";
        yield return "-p:MSBuildTreatWarningsAsErrors=false";
        yield return "-p:WarningsAsErrors=";
    }

    private static string Property(string name, string value) =>
        $"-p:{name}={value.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal)}";

    private static string? ErrorIn(MatchCollection errors, string project, string framework) => errors
        .Where(error => string.Equals(error.Groups["project"].Value, project, StringComparison.OrdinalIgnoreCase)
            && (framework.Length == 0 || !error.Groups["framework"].Success || error.Groups["framework"].Value == framework))
        .Select(Text)
        .FirstOrDefault();

    private static string? FirstOf(MatchCollection errors) => errors.Select(Text).FirstOrDefault();

    private static string Text(Match error) => $"the build failed: {error.Groups["code"].Value}: {error.Groups["text"].Value}";

    private static string LastLine(ChildResult build) =>
        (build.Output + build.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? $"it ended with exit code {build.ExitCode}";

    [GeneratedRegex(@"^Requested SDK version: (?<version>\S+)\s+global\.json file: (?<file>[^\r\n]+)", RegexOptions.Multiline)]
    private static partial Regex MissingSdk();

    [GeneratedRegex(@"[*?{}\[\],!#;]")]
    private static partial Regex Special();

    [GeneratedRegex(@"^\s+(?<name>\S+) -> ")]
    private static partial Regex Compiled();

    [GeneratedRegex(@"error (?<code>[A-Z]+[0-9]+)\s*: (?<text>[^\r\n]*?)( \[(?<project>[^\]\r\n]*?)(::TargetFramework=(?<framework>[^\]]*))?\])?\r?$", RegexOptions.Multiline)]
    private static partial Regex Error();
}
