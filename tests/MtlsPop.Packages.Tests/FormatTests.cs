using System.Text.RegularExpressions;

namespace MtlsPop.Packages.Tests;

/// <summary>What <c>dotnet format</c> does to a solution of four projects that make the mistakes of the sample, with every rule on.</summary>
public sealed partial class FormatTests(PackedPackages packages)
{
    private const string Msal = "4.92.0";
    private const int Rounds = 4;

    /// <summary>What a person must mend.</summary>
    private static readonly string[] _withoutFix = ["MPOP2005", "MPOP3006"];

    private static readonly string[] _fixable =
    [
        "Acquiring/Applications.cs", "Acquiring/Federation.cs", "Acquiring/Requests.cs",
        "Conventions/Conventions.cs",
        "Old/MsalKnownDefect.cs", "Old/Old.csproj",
        "Sending/Binding.cs", "Sending/Federation.cs",
    ];

    [Fact]
    public async Task Every_file_with_a_fix_is_fixed_each_time_alike_and_the_result_compiles()
    {
        using var workspace = Mistakes();
        using var again = Mistakes();
        var before = workspace.Sources();

        await FormatAsync(workspace);
        await FormatAsync(again);

        var after = workspace.Sources();
        Assert.Equal(_fixable, after.Keys.Where(file => after[file] != before[file]));
        Assert.Equal(after, again.Sources());
        var build = await workspace.BuildAsync();
        build.Outcome.ThatSucceeds();
        Assert.Equal(_withoutFix, build.Findings.Select(finding => finding.Id).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Runs it until it changes nothing more.</summary>
    private static async Task FormatAsync(Workspace workspace)
    {
        (await workspace.RunAsync("restore")).ThatSucceeds();
        for (var round = 0; round < Rounds; round++)
        {
            var before = workspace.Sources();
            var format = (await workspace.RunAsync("format", "analyzers", "--severity", "info", "--no-restore")).ThatSucceeds();
            Assert.Equal(_withoutFix, Unfixed().Matches(format.Output).Select(match => match.Groups["rule"].Value).Order(StringComparer.Ordinal));
            if (workspace.Sources().SequenceEqual(before))
                return;
        }

        Assert.Fail($"'dotnet format' still changes something after {Rounds} rounds.");
    }

    private Workspace Mistakes()
    {
        var attestation = $"""<PackageReference Include="Microsoft.Identity.Client.KeyAttestation" Version="{ThisBuild.MsalVersion}" />""";
        var runtime = $"""<PackageReference Include="MtlsPop.Runtime" Version="{packages.Version}" />""";
        var old = Sample("Packages/MsalKnownDefect/MsalKnownDefect");
        return new Workspace(packages)
            .Write("All.slnx", """
                <Solution>
                  <Project Path="Acquiring/Acquiring.csproj" />
                  <Project Path="Sending/Sending.csproj" />
                  <Project Path="Conventions/Conventions.csproj" />
                  <Project Path="Old/Old.csproj" />
                </Solution>
                """)
            .Write("Acquiring/Acquiring.csproj", Project(Msal, attestation))
            .Write("Acquiring/Requests.cs", Sample("Requests"))
            .Write("Acquiring/Applications.cs", Sample("Applications"))
            .Write("Acquiring/Federation.cs", Sample("Federation"))
            .Write("Sending/Sending.csproj", Project(Msal, attestation, runtime))
            .Write("Sending/Binding.cs", Sample("Binding"))
            .Write("Sending/Federation.cs", Sample("Federation"))
            .Write("Conventions/Conventions.csproj", Project(Msal, attestation))
            .Write("Conventions/Conventions.cs", Sample("Conventions"))
            .Write("Old/.editorconfig", $"root = true\n[*.cs]\nmtlspop.minimum_msal_version = {Msal}\n")
            .Write("Old/Old.csproj", Project("4.83.1"))
            .Write("Old/MsalTooOld.cs", Sample("Packages/MsalTooOld/MsalTooOld"))
            // Without what needs a KeyAttestation of the version that MSAL is raised to.
            .Write("Old/MsalKnownDefect.cs", string.Concat(old.AsSpan(0, old.IndexOf("    // No step can attest", StringComparison.Ordinal)), "}\n"));
    }

    private static string Sample(string name) => File.ReadAllText(Path.Combine(ThisBuild.RepositoryRoot, "samples/EveryMistake", $"{name}.cs"));

    private string Project(string msal, params string[] items) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <MtlsPopMode>Checklist</MtlsPopMode>
            <NoWarn>$(NoWarn);MPOP9004</NoWarn>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.Identity.Client" Version="{msal}" />
            <PackageReference Include="MtlsPop.Analyzers" Version="{packages.Version}" PrivateAssets="all" />
            {string.Join("\n    ", items)}
          </ItemGroup>
        </Project>
        """;

    [GeneratedRegex(@"^Unable to fix (?<rule>\w+)\.", RegexOptions.Multiline)]
    private static partial Regex Unfixed();
}
