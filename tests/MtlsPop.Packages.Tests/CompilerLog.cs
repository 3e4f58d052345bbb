using System.Text.Json;

namespace MtlsPop.Packages.Tests;

internal sealed record Finding(string Id, string Level, string File, int Line);

/// <summary>The SARIF file that the compiler wrote for one project and framework.</summary>
internal sealed record CompilerLog(string Name, bool WasAnalysed, Finding[] Findings)
{
    public static CompilerLog Read(FileInfo file)
    {
        using var stream = file.OpenRead();
        using var sarif = JsonDocument.Parse(stream);
        var run = sarif.RootElement.GetProperty("runs")[0];
        var wasAnalysed = run.GetProperty("tool").GetProperty("driver").TryGetProperty("rules", out var rules)
            && rules.EnumerateArray().Any(rule => IsOurs(rule.GetProperty("id")));
        return new CompilerLog(
            Path.GetFileNameWithoutExtension(file.Name),
            wasAnalysed,
            [.. run.GetProperty("results").EnumerateArray().Where(result => IsOurs(result.GetProperty("ruleId"))).Select(Finding)]);
    }

    private static Finding Finding(JsonElement result)
    {
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        return new Finding(
            result.GetProperty("ruleId").GetString()!,
            result.GetProperty("level").GetString()!,
            Path.GetFileName(new Uri(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath),
            place.GetProperty("region").GetProperty("startLine").GetInt32());
    }

    private static bool IsOurs(JsonElement id) => id.GetString()!.StartsWith("MPOP", StringComparison.Ordinal);
}
