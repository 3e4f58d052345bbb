namespace MtlsPop.Packages.Tests;

/// <summary>A user's folder: projects that take our packages from a folder feed, beside the machine's usual sources.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mtlspop-consumer-");

    public Workspace(PackedPackages packages)
    {
        Write("Directory.Packages.props", "<Project />");
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <RestoreAdditionalProjectSources>{packages.Feed}</RestoreAdditionalProjectSources>
                <RestoreAdditionalProjectFallbackFolders>{ThisBuild.NuGetPackageRoot}</RestoreAdditionalProjectFallbackFolders>
                <RestorePackagesPath>{packages.RestoreFolder}</RestorePackagesPath>
                <NuGetAudit>false</NuGetAudit>
                <LangVersion>latest</LangVersion>
              </PropertyGroup>
            </Project>
            """);
        Write("Directory.Build.targets", """
            <Project>
              <PropertyGroup>
                <ErrorLog>$(MSBuildProjectDirectory)/$(MSBuildProjectName)-$(TargetFramework).sarif,version=2.1</ErrorLog>
              </PropertyGroup>
            </Project>
            """);
    }

    public Workspace Write(string file, string text)
    {
        var path = Path.Combine(_root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    /// <summary>What a user has written: the code and the project files, by their paths.</summary>
    public SortedDictionary<string, string> Sources() => new(
        Directory.EnumerateFiles(_root.FullName, "*.cs*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_root.FullName, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .ToDictionary(file => file, file => File.ReadAllText(Path.Combine(_root.FullName, file))),
        StringComparer.Ordinal);

    public Task<Outcome> RunAsync(params string[] arguments) => Dotnet.RunAsync(_root.FullName, arguments);

    /// <summary>Builds, and reads what the compiler logged: nothing for a project that it did not compile.</summary>
    public async Task<Build> BuildAsync(params string[] arguments)
    {
        foreach (var stale in Logs())
            stale.Delete();
        var outcome = await RunAsync(["build", .. arguments]);
        return new Build(outcome, [.. Logs().Select(CompilerLog.Read)]);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private FileInfo[] Logs() => _root.GetFiles("*.sarif", SearchOption.AllDirectories);
}

internal sealed record Build(Outcome Outcome, CompilerLog[] Logs)
{
    public IEnumerable<Finding> Findings => Logs.SelectMany(log => log.Findings);

    public string? LevelOf(string id) => Findings.FirstOrDefault(finding => finding.Id == id)?.Level;
}
