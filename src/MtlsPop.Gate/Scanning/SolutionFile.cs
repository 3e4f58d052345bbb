using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace MtlsPop.Gate.Scanning;

/// <summary>The C# projects that a solution builds in a configuration.</summary>
internal static partial class SolutionFile
{
    public static IReadOnlyList<string> ProjectsOf(string solution, string configuration)
    {
        try
        {
            var projects = Path.GetExtension(solution).ToLowerInvariant() switch
            {
                ".slnx" => InXml(solution),
                ".slnf" => InFilter(solution),
                _ => InText(File.ReadAllText(solution), configuration),
            };
            var folder = Path.GetDirectoryName(solution)!;
            return [.. projects
                .Where(project => project.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))
                .Select(project => Path.GetFullPath(Path.Combine(folder, project.Replace('\\', '/'))))
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception malformed) when (malformed is XmlException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new GateException($"'{solution}' cannot be read as a solution: {malformed.Message}");
        }
    }

    private static IEnumerable<string> InText(string text, string configuration)
    {
        foreach (Match project in ProjectLine().Matches(text))
        {
            var id = Regex.Escape(project.Groups["id"].Value);
            var active = Regex.IsMatch(text, $@"{id}\.{Regex.Escape(configuration)}\|[^.]*\.ActiveCfg", RegexOptions.IgnoreCase);
            var built = Regex.IsMatch(text, $@"{id}\.{Regex.Escape(configuration)}\|[^.]*\.Build\.0", RegexOptions.IgnoreCase);
            if (built || !active)
                yield return project.Groups["path"].Value;
        }
    }

    private static IEnumerable<string> InXml(string solution) =>
        from project in XDocument.Load(solution).Descendants("Project")
        where project.Elements("Build").All(build => (string?)build.Attribute("Project") is not ("false" or "False"))
        select (string?)project.Attribute("Path") ?? "";

    private static IEnumerable<string> InFilter(string filter)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(filter));
        var solution = json.RootElement.GetProperty("solution");
        var folder = Path.GetDirectoryName(solution.GetProperty("path").GetString()!.Replace('\\', '/'))!;
        return [.. solution.GetProperty("projects").EnumerateArray().Select(project => Path.Combine(folder, project.GetString()!.Replace('\\', '/')))];
    }

    [GeneratedRegex("""^Project\("[^"]*"\) = "[^"]*", "(?<path>[^"]*)", "(?<id>[^"]*)""", RegexOptions.Multiline)]
    private static partial Regex ProjectLine();
}
