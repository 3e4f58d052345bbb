using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Judging;

/// <summary>A project as its own settings want it judged.</summary>
internal sealed partial class JudgedProject
{
    private static readonly string[] _modes = ["", "default", "strict", "checklist", "minimum", "none"];

    private readonly string _mode;
    private readonly Dictionary<string, string> _off = [];

    public JudgedProject(ScannedProject project, string root)
    {
        Scanned = project;
        Calls = new Calls([project]);
        RelativePath = Path.GetRelativePath(root, project.Path).Replace('\\', '/');
        _mode = project.Mode.ToLowerInvariant();
        foreach (var rule in RuleTable.All)
        {
            if (WhyOff(rule, root) is { } why)
                _off.Add(rule.Id, why);
        }

        NotApplicable = project.NotEvaluated is null ? WhyNotApplicable() : null;
    }

    public ScannedProject Scanned { get; }

    public Calls Calls { get; }

    public string RelativePath { get; }

    /// <summary>Names it in findings.</summary>
    public string Key => Scanned.Framework.Length > 0 ? $"{RelativePath} ({Scanned.Framework})" : RelativePath;

    /// <summary>Why nothing is asked of it; null where something is.</summary>
    public string? NotApplicable { get; }

    /// <summary>A library that acquires this project's tokens, where no rule sees it; null where this project is judged, or is a test.</summary>
    public string? TokensAcquiredBy => NotApplicable is not null && Scanned.TestFramework is null ? Scanned.Acquirer : null;

    /// <summary>Where the rule is switched off for this project, or a part of it; null where it is not.</summary>
    public string? OffReason(string rule) => _off.GetValueOrDefault(rule);

    /// <summary>
    /// Why what the rule found does not count: switched off for all of this project. What a configuration file switches off is not found at all,
    /// so that a finding stands where the file's setting does not reach.
    /// </summary>
    public string? OffEverywhereReason(string rule) => WhyOffEverywhere(RuleTable.Named[rule].Rule);

    /// <summary>Not asked of the base: a change that mends the mode must be able to pass.</summary>
    public void RequireMode()
    {
        if (_mode == "gate")
            throw new GateException($"MtlsPopMode is 'Gate' in {RelativePath}, a mode that was renamed: set it to Strict.");
        if (!_modes.Contains(_mode))
            throw new GateException($"MtlsPopMode is '{Scanned.Mode}' in {RelativePath}, which is no mode: set it to Default, Strict, Checklist, Minimum or None.");
    }

    /// <summary>Strict and Checklist want advice to count, too. An error is as good as a warning here.</summary>
    public string LevelOf(LoggedResult result) => result.Level is "error" or "warning" || _mode is "strict" or "checklist" ? "warning" : "note";

    private string? WhyOff(DiagnosticDescriptor rule, string root)
    {
        if (WhyOffEverywhere(rule) is { } everywhere)
            return everywhere;
        if (!Scanned.Off.Contains(rule.Id))
            return null;

        var place = Scanned.Configuration.FirstOrDefault(line => Severity().Match(line.Text) is { Success: true } set && set.Groups["rule"].Value == rule.Id);
        return place is null
            ? "by a setting of its whole category"
            : $"by {Path.GetRelativePath(root, place.File).Replace('\\', '/')}:{place.Number.ToString(CultureInfo.InvariantCulture)}";
    }

    private string? WhyOffEverywhere(DiagnosticDescriptor rule)
    {
        if (Scanned.NoWarn.Contains(rule.Id))
            return "by NoWarn of the project";
        return _mode == "none" || (_mode == "minimum" && !rule.CustomTags.Contains(Rules.Tag.ThrowsOrLeaks)) ? $"by MtlsPopMode={Scanned.Mode}" : null;
    }

    private string? WhyNotApplicable()
    {
        if (Scanned.TestFramework is { } framework && !Scanned.Configuration.Any(line => JudgeTests().IsMatch(line.Text)))
            return $"a test project: it references {framework}";
        if (Scanned.ReferencesMsal && Scanned.Results.Any(result => CompilerLog.IsOurs(result.Rule)))
            return null;
        if (Scanned.Acquirer is { } acquirer)
            return $"{acquirer} acquires the tokens here, and its requests are not seen";
        if (Scanned.Document is not null)
            return "it shows no C# that calls MSAL";
        return Scanned.ReferencesMsal ? "no call of MSAL asks for a token" : "no reference to MSAL";
    }

    [GeneratedRegex(@"^\s*dotnet_diagnostic\.(?<rule>MPOP[0-9]{4})\.severity\s*=\s*none", RegexOptions.IgnoreCase)]
    private static partial Regex Severity();

    [GeneratedRegex(@"^\s*mtlspop\.judge_tests\s*=\s*true", RegexOptions.IgnoreCase)]
    private static partial Regex JudgeTests();
}
