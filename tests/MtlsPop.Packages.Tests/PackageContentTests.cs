namespace MtlsPop.Packages.Tests;

public sealed class PackageContentTests(PackedPackages packages)
{
    [Fact]
    public void The_analyzers_package_holds_these_files_and_no_other() =>
        Assert.Equal(
            [
                "LICENSE",
                "MtlsPop.Analyzers.nuspec",
                "README.md",
                "analyzers/dotnet/cs/MtlsPop.Analyzers.dll",
                "analyzers/dotnet/cs/MtlsPop.CodeFixes.dll",
                "buildTransitive/MtlsPop.Analyzers.props",
                "buildTransitive/MtlsPop.Analyzers.targets",
                "buildTransitive/config/mtlspop_checklist.globalconfig",
                "buildTransitive/config/mtlspop_minimum.globalconfig",
                "buildTransitive/config/mtlspop_none.globalconfig",
                "buildTransitive/config/mtlspop_strict.globalconfig",
                "icon.png",
            ],
            packages.FilesOf("MtlsPop.Analyzers"));

    [Fact]
    public void The_analyzers_package_is_a_development_dependency_without_dependencies()
    {
        var nuspec = packages.NuspecOf("MtlsPop.Analyzers");

        Assert.Equal("true", nuspec.Element("developmentDependency")?.Value);
        Assert.Null(nuspec.Element("dependencies"));
    }

    [Theory]
    [InlineData("MtlsPop.Analyzers", "README.md")]
    [InlineData("MtlsPop.Runtime", "runtime.md")]
    [InlineData("MtlsPop.Gate", "gating.md")]
    public void A_package_says_what_it_is_and_where_it_comes_from(string package, string readme)
    {
        var nuspec = packages.NuspecOf(package);

        Assert.Equal("MIT", nuspec.Element("license")?.Value);
        Assert.Equal("icon.png", nuspec.Element("icon")?.Value);
        Assert.Equal(readme, nuspec.Element("readme")?.Value);
        Assert.Equal("https://github.com/mtlspop/mtlspop", nuspec.Element("projectUrl")?.Value);
        Assert.Equal("https://github.com/mtlspop/mtlspop", nuspec.Element("repository")?.Attribute("url")?.Value);
        Assert.All(["description", "tags", "releaseNotes"], name => Assert.NotEmpty(nuspec.Element(name)?.Value ?? ""));
    }

    [Theory]
    [InlineData("MtlsPop.Analyzers")]
    [InlineData("MtlsPop.CodeFixes")]
    public void An_assembly_of_the_analyzers_package_has_a_strong_name_and_the_version_of_its_package(string assembly)
    {
        var name = packages.AssemblyNameOf("MtlsPop.Analyzers", $"analyzers/dotnet/cs/{assembly}.dll");

        Assert.NotEmpty(name.GetPublicKeyToken()!);
        Assert.Equal($"{packages.Version}.0", name.Version!.ToString());
    }

    [Fact]
    public void The_runtime_package_depends_on_the_real_attestation_package_at_the_version_of_msal()
    {
        var dependencies = packages.NuspecOf("MtlsPop.Runtime").Descendants("dependency")
            .ToDictionary(dependency => dependency.Attribute("id")!.Value, dependency => dependency.Attribute("version")!.Value);

        Assert.Equal(ThisBuild.MsalVersion, dependencies["Microsoft.Identity.Client"]);
        Assert.Equal(ThisBuild.MsalVersion, dependencies["Microsoft.Identity.Client.KeyAttestation"]);
    }

    [Fact]
    public void The_runtime_package_holds_these_files_and_no_other() =>
        Assert.Equal(
            [
                "LICENSE",
                "MtlsPop.Runtime.nuspec",
                "icon.png",
                "lib/net8.0/MtlsPop.Runtime.dll",
                "lib/net8.0/MtlsPop.Runtime.xml",
                "runtime.md",
            ],
            packages.FilesOf("MtlsPop.Runtime"));

    [Fact]
    public void The_gate_is_a_tool_that_carries_the_analyzers_and_what_it_injects() =>
        Assert.Superset(
            new HashSet<string>
            {
                "LICENSE",
                "gating.md",
                "tools/net8.0/any/DotnetToolSettings.xml",
                "tools/net8.0/any/MtlsPop.Analyzers.dll",
                "tools/net8.0/any/MtlsPop.CodeFixes.dll",
                "tools/net8.0/any/MtlsPop.Gate.dll",
                "tools/net8.0/any/injected/mtlspop.props",
                "tools/net8.0/any/injected/mtlspop.targets",
                "tools/net8.0/any/references/Microsoft.Identity.Client.dll",
                "tools/net8.0/any/references/Microsoft.IdentityModel.Abstractions.dll",
            },
            packages.FilesOf("MtlsPop.Gate").ToHashSet());
}
