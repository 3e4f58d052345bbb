using System.Text.Json;

namespace MtlsPop.Gate.Tests;

/// <summary>A folder of projects of all kinds, without a solution and without git, that is checked once.</summary>
public sealed class UnknowingRepository : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private readonly Workspace _reports = new();
    private JsonDocument? _review;

    internal IReadOnlyList<string> FilesBefore { get; private set; } = [];

    internal IReadOnlyList<string> FilesAfter { get; private set; } = [];

    internal Gate Run { get; private set; } = null!;

    internal JsonElement Review => _review!.RootElement;

    internal string Report(string kind) => File.ReadAllText(ReportPath(kind));

    internal string ReportPath(string kind) => _reports.PathOf($"review.{kind}");

    public async ValueTask InitializeAsync()
    {
        _workspace
            .Write("Directory.Packages.props", Programs.CentralVersions)
            .Write("Right/Right.csproj", Programs.Project(frameworks: "net8.0;net10.0"))
            .Write("Right/Right.cs", Programs.Right("Right"))
            .Write("Strict build/Wrong.csproj", Programs.Project(
                "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><RunAnalyzersDuringBuild>false</RunAnalyzersDuringBuild>"))
            .Write("Strict build/Wrong.cs", Programs.Unchecked("Wrong"))
            .Write("Strict build/Waived.cs", Programs.Unchecked(
                "Waived", "#pragma warning disable MPOP3001 // checked by the caller's policy", "#pragma warning restore MPOP3001"))
            .Write("Strict build/Silenced.cs", Programs.Unchecked("Silenced", "#pragma warning disable MPOP3001", "#pragma warning restore MPOP3001"))
            .Write("Dependent/Dependent.csproj", Programs.Project(items: """<ProjectReference Include="../Strict build/Wrong.csproj" />"""))
            .Write("Dependent/Dependent.cs", Programs.Right("Dependent"))
            .Write("Other/Wrong.csproj", Programs.Project("<AssemblyName>OtherWrong</AssemblyName>"))
            .Write("Other/Wrong.cs", Programs.Unchecked("OtherWrong"))
            .Write("Other/.editorconfig", "[*.cs]\ndotnet_diagnostic.MPOP3001.severity = none\n")
            .Write("NoWarn/NoWarn.csproj", Programs.Project("<NoWarn>$(NoWarn);MPOP3001</NoWarn>"))
            .Write("NoWarn/NoWarn.cs", Programs.Unchecked("NoWarn"))
            .Write("Part/Part.csproj", Programs.Project("<NoWarn>$(NoWarn),MPOP5004</NoWarn>"))
            .Write("Part/Legacy.cs", Programs.Unchecked("Legacy"))
            .Write("Part/Current.cs", Programs.Unchecked("Current"))
            .Write("Part/.editorconfig", "[Legacy.cs]\ndotnet_diagnostic.MPOP3001.severity = none\n")
            .Write("Broken/Broken.csproj", Programs.Project())
            .Write("Broken/Broken.cs", "public class Broken { void M( }")
            .Write("Unbuildable/Unbuildable.csproj", Programs.Project(items: """<ProjectReference Include="../Broken/Broken.csproj" />"""))
            .Write("Silent/Silent.csproj", Programs.Project("<WarningLevel>0</WarningLevel>"))
            .Write("Silent/Silent.cs", Programs.Right("Silent"))
            .Write("Tests/Tests.csproj", Programs.Project(items: """<PackageReference Include="xunit.v3.extensibility.core" />"""))
            .Write("Tests/Tests.cs", Programs.Unchecked("Tests"))
            .Write(
                "Plain/Plain.csproj",
                """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>""");
        FilesBefore = _workspace.Files();
        string[] kinds = ["json", "md", "html", "sarif"];
        Run = await Gate.RunAsync(["check", _workspace.Root, .. kinds.SelectMany(kind => (string[])["--report", ReportPath(kind)])]);
        FilesAfter = _workspace.Files();
        Assert.True(File.Exists(ReportPath("json")), Run.Output + Run.Error);
        _review = JsonDocument.Parse(Report("json"));
    }

    internal JsonElement Project(string path, string framework = "net8.0") => Review.GetProperty("projects").EnumerateArray()
        .Single(project => project.GetProperty("path").GetString() == path && project.GetProperty("framework").GetString() == framework);

    /// <summary>The status and the text of an item's answer for a project.</summary>
    internal (string Status, string Text) Answer(string path, string item, string framework = "net8.0")
    {
        var answer = Project(path, framework).GetProperty("answers").EnumerateArray().Single(answer => answer.GetProperty("item").GetString() == item);
        return (answer.GetProperty("status").GetString()!, answer.GetProperty("text").GetString()!);
    }

    public ValueTask DisposeAsync()
    {
        _review?.Dispose();
        _workspace.Dispose();
        _reports.Dispose();
        return ValueTask.CompletedTask;
    }
}

[CollectionDefinition(nameof(UnknowingRepository))]
public sealed class UnknowingRepositoryTests : ICollectionFixture<UnknowingRepository>;
