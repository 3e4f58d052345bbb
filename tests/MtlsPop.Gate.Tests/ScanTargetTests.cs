using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Tests;

public sealed class ScanTargetTests
{
    private const string Solution = """
        Microsoft Visual Studio Solution File, Format Version 12.00
        Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "App", "src\App\App.csproj", "{11111111-1111-1111-1111-111111111111}"
        EndProject
        Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "Left out", "src\Out\Out.csproj", "{22222222-2222-2222-2222-222222222222}"
        EndProject
        Project("{F2A71F9B-5D33-465A-A702-920D77279786}") = "Sharp", "src\F\F.fsproj", "{33333333-3333-3333-3333-333333333333}"
        EndProject
        Global
        GlobalSection(ProjectConfigurationPlatforms) = postSolution
        {11111111-1111-1111-1111-111111111111}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
        {11111111-1111-1111-1111-111111111111}.Debug|Any CPU.Build.0 = Debug|Any CPU
        {22222222-2222-2222-2222-222222222222}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
        EndGlobalSection
        EndGlobal
        """;

    private const string SolutionInXml = """
        <Solution>
          <Folder Name="/src/">
            <Project Path="src/App/App.csproj" />
            <Project Path="src/Out/Out.csproj"><Build Project="false" /></Project>
          </Folder>
        </Solution>
        """;

    [Theory]
    [InlineData("All.sln", Solution)]
    [InlineData("All.slnx", SolutionInXml)]
    [InlineData("All.slnf", """{"solution":{"path":"src\\All.sln","projects":["App\\App.csproj"]}}""")]
    public void The_projects_of_a_solution_are_those_that_it_builds(string file, string text)
    {
        using var workspace = new Workspace().Write(file, text);

        Assert.Equal([workspace.PathOf("src/App/App.csproj")], ScanTarget.Find(workspace.PathOf(file), "Debug").Projects);
    }

    [Fact]
    public void A_folder_without_a_solution_is_all_its_projects_but_those_in_output()
    {
        using var workspace = new Workspace().Write("A/A.csproj", "").Write("B/A.csproj", "").Write("A/obj/Generated.csproj", "").Write(".hidden/C.csproj", "");

        var target = ScanTarget.Find(workspace.Root, "Debug");

        Assert.Equal([workspace.PathOf("A/A.csproj"), workspace.PathOf("B/A.csproj")], target.Projects);
        Assert.Null(target.Path);
    }

    [Fact]
    public void A_solution_of_a_folder_counts_before_its_projects()
    {
        using var workspace = new Workspace()
            .Write("All.slnx", """<Solution><Project Path="A/A.csproj" /></Solution>""")
            .Write("A/A.csproj", "")
            .Write("B/B.csproj", "");

        Assert.Equal([workspace.PathOf("A/A.csproj")], ScanTarget.Find(workspace.Root, "Debug").Projects);
    }

    [Theory]
    [InlineData("All.slnx", "<Solution")]
    [InlineData("All.slnf", "{}")]
    public void A_solution_that_cannot_be_read_is_a_fault_of_usage(string file, string text)
    {
        using var workspace = new Workspace().Write(file, text);

        Assert.Contains("cannot be read as a solution", Assert.Throws<GateException>(() => ScanTarget.Find(workspace.PathOf(file), "Debug")).Message);
    }
}
