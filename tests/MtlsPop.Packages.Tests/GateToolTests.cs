namespace MtlsPop.Packages.Tests;

/// <summary>The gate as a user installs it.</summary>
public sealed class GateToolTests(PackedPackages packages) : IAsyncLifetime
{
    private const string Fault = """
        using Microsoft.Identity.Client;

        public static class Vault
        {
            public static System.Threading.Tasks.Task<AuthenticationResult> AcquireAsync(IConfidentialClientApplication app) =>
                app.AcquireTokenForClient(new[] { "https://vault.azure.net" }).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mtlspop tool ");

    public async ValueTask InitializeAsync()
    {
        var install = await Dotnet.RunAsync(
            _root.FullName, "tool", "install", "MtlsPop.Gate", "--tool-path", Path.Combine(_root.FullName, "tool"), "--add-source", packages.Feed);
        install.ThatSucceeds();
    }

    [Fact]
    public async Task It_reviews_a_repository_that_knows_nothing_of_it_and_leaves_it_as_it_was()
    {
        var repository = _root.CreateSubdirectory("a repository");
        Write("a repository/Vault.cs", Fault);
        Write("a repository/Vault.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net8.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
              <ItemGroup><PackageReference Include="Microsoft.Identity.Client" Version="{ThisBuild.MsalVersion}" /></ItemGroup>
            </Project>
            """);

        var review = await CheckAsync(repository.FullName);

        Assert.Equal(1, review.ExitCode);
        Assert.Contains("MPOP1008 Vault.cs:6", review.Output);
        Assert.Equal(["Vault.cs", "Vault.csproj"], repository.EnumerateFileSystemInfos().Select(entry => entry.Name).Order());
    }

    [Fact]
    public async Task A_project_that_references_the_package_already_is_judged_once_and_by_the_tool()
    {
        var repository = _root.CreateSubdirectory("a user of the package");
        Write("a user of the package/Vault.cs", Fault);
        Write("a user of the package/Vault.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net8.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
                <MtlsPopMode>Strict</MtlsPopMode>
                <RestoreAdditionalProjectSources>{packages.Feed}</RestoreAdditionalProjectSources>
                <RestoreAdditionalProjectFallbackFolders>{ThisBuild.NuGetPackageRoot}</RestoreAdditionalProjectFallbackFolders>
                <RestorePackagesPath>{packages.RestoreFolder}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.Identity.Client" Version="{ThisBuild.MsalVersion}" />
                <PackageReference Include="MtlsPop.Analyzers" Version="{packages.Version}" />
              </ItemGroup>
            </Project>
            """);

        var review = await CheckAsync(repository.FullName);

        Assert.Equal(1, review.ExitCode);
        Assert.Single(review.Output.Split('\n'), line => line.Contains("MPOP1008 Vault.cs:6", StringComparison.Ordinal));
        Assert.Contains("judged, with MSAL", review.Output);
    }

    [Fact]
    public async Task It_reviews_a_document_with_the_references_that_it_carries()
    {
        Write("guide.md", $"""
            MSAL 4.86.1

            ```csharp
            {Fault}
            ```
            """);

        var review = await CheckAsync(Path.Combine(_root.FullName, "guide.md"));

        Assert.Equal(1, review.ExitCode);
        Assert.Contains("MPOP1008 guide.md:9", review.Output);
    }

    private Task<Outcome> CheckAsync(string path) => Dotnet.ProgramAsync(Path.Combine(_root.FullName, "tool", "mtlspop"), _root.FullName, "check", path);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_root.FullName, file), text);

    public ValueTask DisposeAsync()
    {
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
