using System.Text.Json;

namespace MtlsPop.Gate.Scanning;

/// <summary>A region of a file, by lines and columns from 1.</summary>
internal sealed record Place(string File, int Line, int Column, int EndLine, int EndColumn);

/// <summary>One result that a compiler logged, of a rule of ours or of the compiler.</summary>
internal sealed record LoggedResult(string Rule, string Level, string Message, Place? Place)
{
    public IReadOnlyList<Place> Related { get; init; } = [];

    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    public bool IsSuppressed { get; init; }

    public string? Justification { get; init; }
}

/// <summary>The SARIF file that a compiler wrote for one project and framework.</summary>
/// <param name="Rules">The rules that were ready to run: none where the analyzers did not.</param>
/// <param name="On">The rules to which the project's configuration gives a level.</param>
/// <param name="Off">The rules that it switches off, somewhere at least.</param>
internal sealed record CompilerLog(IReadOnlyList<LoggedResult> Results, IReadOnlySet<string> Rules, IReadOnlySet<string> On, IReadOnlySet<string> Off)
{
    public static CompilerLog Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            using var sarif = JsonDocument.Parse(stream);
            if (sarif.RootElement.GetProperty("version").GetString() != "2.1.0")
                throw new GateException($"'{file}' is not SARIF 2.1: build with '-p:ErrorLog=FILE%2cversion=2.1'.");

            var runs = sarif.RootElement.GetProperty("runs").EnumerateArray().ToList();
            return new CompilerLog(
                [.. runs.SelectMany(run => Items(run, "results")).Select(Result).Where(result => IsOfInterest(result.Rule))],
                runs.SelectMany(run => Items(run.GetProperty("tool").GetProperty("driver"), "rules")).Select(rule => Text(rule, "id")!).Where(IsOurs).ToHashSet(),
                runs.SelectMany(run => Configured(run, off: false)).ToHashSet(),
                runs.SelectMany(run => Configured(run, off: true)).ToHashSet());
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            throw new GateException($"'{file}' cannot be read as SARIF: {malformed.Message}");
        }
    }

    public static bool IsOurs(string rule) => rule.StartsWith("MPOP", StringComparison.Ordinal);

    /// <summary>Beside our own: compiler errors, and the compiler's word that an analyzer failed or was not loaded.</summary>
    private static bool IsOfInterest(string rule) => IsOurs(rule) || rule is "AD0001" || rule.StartsWith("CS", StringComparison.Ordinal);

    private static LoggedResult Result(JsonElement result)
    {
        var suppressions = Items(result, "suppressions").ToList();
        return new LoggedResult(Text(result, "ruleId")!, Text(result, "level") ?? "warning", Text(result.GetProperty("message"), "text") ?? "", Items(result, "locations").Select(Region).FirstOrDefault())
        {
            Related = [.. Items(result, "relatedLocations").Select(Region).OfType<Place>()],
            Properties = result.TryGetProperty("properties", out var properties) && properties.TryGetProperty("customProperties", out var custom)
                ? custom.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString() ?? "")
                : new Dictionary<string, string>(),
            IsSuppressed = suppressions.Count > 0,
            Justification = suppressions.Select(suppression => Text(suppression, "justification")).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)),
        };
    }

    private static Place? Region(JsonElement location)
    {
        if (!location.TryGetProperty("physicalLocation", out var place)
            || !place.TryGetProperty("region", out var region)
            || !Uri.TryCreate(Text(place.GetProperty("artifactLocation"), "uri"), UriKind.RelativeOrAbsolute, out var uri))
            return null;

        var line = Number(region, "startLine", 1);
        var column = Number(region, "startColumn", 1);
        return new Place(uri.IsAbsoluteUri ? uri.LocalPath : Uri.UnescapeDataString(uri.OriginalString), line, column, Number(region, "endLine", line), Number(region, "endColumn", column));
    }

    private static IEnumerable<string> Configured(JsonElement run, bool off) =>
        from invocation in Items(run, "invocations")
        from change in Items(invocation, "ruleConfigurationOverrides")
        let isOff = change.TryGetProperty("configuration", out var configuration) && configuration.TryGetProperty("enabled", out var enabled) && enabled.ValueKind == JsonValueKind.False
        let rule = Text(change.GetProperty("descriptor"), "id")
        where isOff == off && IsOurs(rule)
        select rule;

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int Number(JsonElement parent, string name, int otherwise) => parent.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;
}
