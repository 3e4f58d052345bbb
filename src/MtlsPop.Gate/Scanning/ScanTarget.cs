using System.Globalization;
using System.Text;

namespace MtlsPop.Gate.Scanning;

/// <summary>What is built for a scan, and the C# projects that it must reach.</summary>
/// <param name="Path">The project or solution; null where several projects of a folder are built together.</param>
/// <param name="Folder">Where the build runs, which decides the SDK.</param>
internal sealed record ScanTarget(string? Path, string Folder, IReadOnlyList<string> Projects)
{
    private static readonly string[] _solutions = [".sln", ".slnx", ".slnf"];

    /// <summary>By the path that the user gave, which may be a project, a solution or a folder.</summary>
    public static ScanTarget Find(string path, string configuration)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full))
            return InFolder(full, path, configuration);
        if (!File.Exists(full))
            throw new GateException($"'{path}' does not exist: name a project, a solution or a folder.");

        return OfFile(full, configuration) ?? throw new GateException($"'{path}' is not a C# project or a solution: name a .csproj, .sln, .slnx or .slnf file, or a folder.");
    }

    /// <summary>The file that MSBuild is given; writes a solution of the folder's projects where there is none.</summary>
    public string BuildFile(TemporaryFolder folder)
    {
        if (Path is not null)
            return Path;

        var solution = folder.Combine("mtlspop.sln");
        var text = new StringBuilder("Microsoft Visual Studio Solution File, Format Version 12.00\n");
        var configurations = new StringBuilder();
        foreach (var (project, index) in Projects.Select((project, index) => (project, index)))
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{{00000000-0000-0000-0000-{index + 1:D12}}}");
            var name = string.Create(CultureInfo.InvariantCulture, $"{System.IO.Path.GetFileNameWithoutExtension(project)}-{index}");
            text.Append(CultureInfo.InvariantCulture, $"Project(\"{{9A19103F-16F7-4668-BE54-9A1E7A4F7556}}\") = \"{name}\", \"{project}\", \"{id}\"\nEndProject\n");
            foreach (var configuration in (string[])["Debug", "Release"])
                configurations.Append(CultureInfo.InvariantCulture, $"\t\t{id}.{configuration}|Any CPU.ActiveCfg = {configuration}|Any CPU\n\t\t{id}.{configuration}|Any CPU.Build.0 = {configuration}|Any CPU\n");
        }

        text.Append("Global\n\tGlobalSection(SolutionConfigurationPlatforms) = preSolution\n\t\tDebug|Any CPU = Debug|Any CPU\n\t\tRelease|Any CPU = Release|Any CPU\n\tEndGlobalSection\n");
        text.Append("\tGlobalSection(ProjectConfigurationPlatforms) = postSolution\n").Append(configurations).Append("\tEndGlobalSection\nEndGlobal\n");
        File.WriteAllText(solution, text.ToString());
        return solution;
    }

    private static ScanTarget? OfFile(string file, string configuration) => System.IO.Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".csproj" => new ScanTarget(file, System.IO.Path.GetDirectoryName(file)!, [file]),
        var extension when _solutions.Contains(extension) => new ScanTarget(file, System.IO.Path.GetDirectoryName(file)!, SolutionFile.ProjectsOf(file, configuration)),
        _ => null,
    };

    private static ScanTarget InFolder(string folder, string given, string configuration)
    {
        var solutions = Directory.GetFiles(folder).Where(file => System.IO.Path.GetExtension(file).ToLowerInvariant() is ".sln" or ".slnx").Order(StringComparer.Ordinal).ToList();
        if (solutions.Count > 1)
            throw new GateException($"'{given}' holds several solutions ({string.Join(", ", solutions.Select(System.IO.Path.GetFileName))}): name one of them.");
        if (solutions is [var solution])
            return OfFile(solution, configuration)!;

        var projects = ProjectsUnder(new DirectoryInfo(folder)).Order(StringComparer.Ordinal).ToList();
        return projects switch
        {
            [] => throw new GateException($"'{given}' holds no solution and no C# project: name the folder, project or solution to check."),
            [var only] => OfFile(only, configuration)!,
            _ => new ScanTarget(null, folder, projects),
        };
    }

    /// <summary>Not in output folders, nor in what a package manager or git keeps.</summary>
    private static IEnumerable<string> ProjectsUnder(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles("*.csproj"))
            yield return file.FullName;

        foreach (var sub in folder.EnumerateDirectories())
        {
            if (sub.Name is "bin" or "obj" or "artifacts" or "node_modules" || sub.Name.StartsWith('.') || sub.LinkTarget is not null)
                continue;
            foreach (var project in ProjectsUnder(sub))
                yield return project;
        }
    }
}
