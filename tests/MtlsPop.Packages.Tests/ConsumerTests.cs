namespace MtlsPop.Packages.Tests;

public sealed class ConsumerTests(PackedPackages packages)
{
    [Fact]
    public async Task Every_framework_of_a_library_is_analysed()
    {
        using var workspace = new Workspace(packages)
            .Write("App.csproj", Consumer.Project(packages, frameworks: "net8.0;net10.0;netstandard2.0"))
            .Write("Mistakes.cs", Consumer.Mistakes);

        var build = await workspace.BuildAsync();

        build.Outcome.ThatSucceeds();
        Assert.Equal(["App-net10.0", "App-net8.0", "App-netstandard2.0"], build.Logs.Select(log => log.Name).Order(StringComparer.Ordinal));
        Assert.All(build.Logs, log => Assert.Superset(Consumer.Rules.ToHashSet(), log.Findings.Select(finding => finding.Id).ToHashSet()));
    }

    [Fact]
    public async Task Central_package_versions_work()
    {
        using var workspace = new Workspace(packages)
            .Write("Directory.Packages.props", $"""
                <Project>
                  <PropertyGroup>
                    <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageVersion Include="Microsoft.Identity.Client" Version="{ThisBuild.MsalVersion}" />
                    <GlobalPackageReference Include="MtlsPop.Analyzers" Version="{packages.Version}" />
                  </ItemGroup>
                </Project>
                """)
            .Write("App.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net8.0</TargetFramework>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Microsoft.Identity.Client" />
                  </ItemGroup>
                </Project>
                """)
            .Write("Mistakes.cs", Consumer.Mistakes);

        var build = await workspace.BuildAsync();

        build.Outcome.ThatSucceeds();
        Assert.All(Consumer.Rules, rule => Assert.Equal("warning", build.LevelOf(rule)));
    }

    [Fact]
    public async Task Faults_of_packages_are_reported_in_the_files_that_reference_them()
    {
        using var workspace = new Workspace(packages)
            .Write("Directory.Packages.props", $"""
                <Project>
                  <PropertyGroup>
                    <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageVersion Include="Microsoft.Identity.Client" Version="{ThisBuild.MsalVersion}" />
                    <GlobalPackageReference Include="MtlsPop.Analyzers" Version="{packages.Version}" />
                  </ItemGroup>
                </Project>
                """)
            .Write("App.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net8.0</TargetFramework>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Microsoft.Identity.Client" />
                  </ItemGroup>
                </Project>
                """)
            .Write("Mistakes.cs", Consumer.Mistakes);

        var build = await workspace.BuildAsync();

        build.Outcome.ThatSucceeds();
        Assert.Contains(new Finding("MPOP9002", "warning", "Directory.Packages.props", 6), build.Findings);
        Assert.Contains(new Finding("MPOP9003", "warning", "App.csproj", 6), build.Findings);
    }

    [Fact]
    public async Task A_project_that_lets_the_package_flow_hands_analyzers_and_modes_to_its_dependents()
    {
        using var workspace = new Workspace(packages)
            .Write("Both.slnx", """<Solution><Project Path="Library/Library.csproj" /><Project Path="App/App.csproj" /></Solution>""")
            .Write("Library/Library.csproj", Consumer.Project(packages).Replace("PrivateAssets=\"all\"", "PrivateAssets=\"none\""))
            .Write("App/App.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net8.0</TargetFramework>
                    <MtlsPopMode>Strict</MtlsPopMode>
                  </PropertyGroup>
                  <ItemGroup>
                    <ProjectReference Include="../Library/Library.csproj" />
                  </ItemGroup>
                </Project>
                """)
            .Write("Library/Mistakes.cs", Consumer.Mistakes)
            .Write("App/Mistakes.cs", Consumer.Mistakes.Replace("class Mistakes", "class MoreMistakes"));

        var build = await workspace.BuildAsync();

        var levels = build.Logs.ToDictionary(log => log.Name, log => log.Findings.First(finding => finding.Id == "MPOP1001").Level);
        Assert.Equal("warning", levels["Library-net8.0"]);
        Assert.Equal("error", levels["App-net8.0"]);
    }

    [Fact]
    public async Task A_project_without_msal_hears_nothing()
    {
        using var workspace = new Workspace(packages)
            .Write("App.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net8.0</TargetFramework>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="MtlsPop.Analyzers" Version="{packages.Version}" PrivateAssets="all" />
                  </ItemGroup>
                </Project>
                """)
            .Write("Plain.cs", """
                public static class Plain
                {
                    public static async System.Threading.Tasks.Task Pause() => await System.Threading.Tasks.Task.Delay(1);
                }
                """);

        var build = await workspace.BuildAsync("-p:MtlsPopMode=Checklist");

        build.Outcome.ThatSucceeds();
        Assert.True(Assert.Single(build.Logs).WasAnalysed);
        Assert.Empty(build.Findings);
    }

    [Fact]
    public async Task Dotnet_format_applies_the_fixes()
    {
        using var workspace = new Workspace(packages)
            .Write("App.csproj", Consumer.Project(
                packages,
                items: $"""<PackageReference Include="Microsoft.Identity.Client.KeyAttestation" Version="{ThisBuild.MsalVersion}" />"""))
            .Write("Mistakes.cs", Consumer.Mistakes);
        Assert.NotEmpty((await workspace.BuildAsync()).Findings);

        (await workspace.RunAsync("format", "analyzers", "--no-restore")).ThatSucceeds();

        var build = await workspace.BuildAsync("--no-restore", "--no-incremental");
        build.Outcome.ThatSucceeds();
        Assert.DoesNotContain(build.Findings, finding => Consumer.Rules.Contains(finding.Id));
    }
}
