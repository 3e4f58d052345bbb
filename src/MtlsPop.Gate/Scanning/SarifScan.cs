using MtlsPop.Analyzers;

namespace MtlsPop.Gate.Scanning;

/// <summary>A SARIF file that a build wrote for itself: what it says is all that is known of the project.</summary>
internal static class SarifScan
{
    public static ScannedProject Read(string file)
    {
        if (!File.Exists(file))
            throw new GateException($"'{file}' does not exist: name a SARIF file that the compiler wrote.");

        var log = CompilerLog.Read(file);
        return new ScannedProject(Path.GetFullPath(file), "")
        {
            NotEvaluated = ScannedProject.ReasonNotEvaluated(log, warningLevel: "") ?? WithoutEvidence(log) ?? OfAnotherVersion(log),
            Results = [.. log.Results.Where(result => !IsUnknown(result.Rule))],
            Off = log.Off,
        };
    }

    /// <summary>A pass needs the calls that were judged, which only this rule tells.</summary>
    private static string? WithoutEvidence(CompilerLog log) =>
        log.On.Contains(Rules.CallUnderstood.Id) ? null : "its build did not switch MPOP0001 on, which says what was judged";

    private static string? OfAnotherVersion(CompilerLog log) => log.Rules.FirstOrDefault(IsUnknown) is { } rule
        ? $"its build ran {rule}, which this version of mtlspop does not know: update the tool"
        : null;

    private static bool IsUnknown(string rule) => CompilerLog.IsOurs(rule) && !RuleTable.Named.ContainsKey(rule);
}
