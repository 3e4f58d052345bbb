namespace MtlsPop.Packages.Tests;

public sealed class AttestationPackageTests(PackedPackages packages)
{
    [Fact]
    public async Task The_stand_in_is_compiled_against_and_not_copied() =>
        Assert.DoesNotContain("Microsoft.Identity.Client.KeyAttestation.dll", await OutputOfSampleAsync());

    [Fact]
    public async Task The_switch_takes_the_package_instead() =>
        Assert.Contains("Microsoft.Identity.Client.KeyAttestation.dll", await OutputOfSampleAsync("-p:KeyAttestation=package"));

    private async Task<IEnumerable<string?>> OutputOfSampleAsync(params string[] arguments)
    {
        var output = new DirectoryInfo(Path.Combine(packages.Artifacts, "bin/ManagedIdentity/release"));
        if (output.Exists)
            output.Delete(recursive: true);

        var build = await Dotnet.RunAsync(ThisBuild.RepositoryRoot,
        [
            "build", "samples/ManagedIdentity", "-c", "Release", "--artifacts-path", packages.Artifacts,
            $"-p:RestoreAdditionalProjectSources={packages.Feed}",
            $"-p:RestoreAdditionalProjectFallbackFolders={ThisBuild.NuGetPackageRoot}",
            $"-p:RestorePackagesPath={packages.RestoreFolder}",
            .. arguments,
        ]);
        build.ThatSucceeds();
        return output.GetFiles().Select(file => file.Name);
    }
}
