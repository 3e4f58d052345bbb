using YamlDotNet.RepresentationModel;

namespace MtlsPop.Packages.Tests;

/// <summary>The GitHub action, run as GitHub runs it: its steps one after the other in bash, with what they were given and what they tell in files.</summary>
public sealed class ActionTests(PackedPackages packages) : IDisposable
{
    private const string Fault = """
        using Microsoft.Identity.Client;

        public static class Vault
        {
            public static System.Threading.Tasks.Task<AuthenticationResult> AcquireAsync(IConfidentialClientApplication app) =>
                app.AcquireTokenForClient(new[] { "https://vault.azure.net" }).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mtlspop action ");

    [Fact]
    public async Task A_pull_request_that_brings_a_fault_fails_with_annotations_a_summary_and_reports()
    {
        Write("tree/Vault.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net8.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
              <ItemGroup><PackageReference Include="Microsoft.Identity.Client" Version="{ThisBuild.MsalVersion}" /></ItemGroup>
            </Project>
            """);
        await CommitAsync("Base");
        Write("tree/Vault.cs", Fault);
        await CommitAsync("Change");

        var run = await RunAsync(new() { ["base"] = "HEAD~1" });

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("::error file=Vault.cs,line=6,title=MPOP1008::", run.Output);
        Assert.Equal("failed", Output("verdict"));
        Assert.Equal(["review.html", "review.json", "review.md", "review.sarif"], Directory.GetFiles(Output("report")).Select(Path.GetFileName).Order());
        Assert.StartsWith("<!-- mtlspop-review -->", File.ReadAllText(PathOf("summary")));
    }

    [Theory]
    [InlineData("public class Right;", "passed", 0)]
    [InlineData("public class Broken {", "notEvaluated", 3)]
    public async Task Without_a_base_everything_counts_and_the_verdict_is_told(string code, string verdict, int exitCode)
    {
        Write("tree/src/App.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>""");
        Write("tree/src/App.cs", code);

        var run = await RunAsync(new() { ["path"] = "src" });

        Assert.True(run.ExitCode == exitCode, run.Output);
        Assert.Equal(verdict, Output("verdict"));
    }

    public void Dispose() => _root.Delete(recursive: true);

    /// <summary>What the steps told for the job.</summary>
    private string Output(string name) => File.ReadLines(PathOf("output")).Select(line => line.Split('=', 2)).Last(pair => pair[0] == name)[1];

    /// <summary>To the first step that fails.</summary>
    private async Task<Outcome> RunAsync(Dictionary<string, string> given)
    {
        using var text = File.OpenText(Path.Combine(ThisBuild.RepositoryRoot, "action.yml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        var action = (YamlMappingNode)yaml.Documents[0].RootNode;
        var inputs = ((YamlMappingNode)action["inputs"]).ToDictionary(
            input => input.Key.ToString(),
            input => given.GetValueOrDefault(input.Key.ToString(), WithoutPullRequest(input.Value["default"].ToString())));
        var last = new Outcome(0, "");
        foreach (var step in ((YamlSequenceNode)action["runs"]["steps"]).TakeWhile(_ => last.ExitCode == 0))
        {
            Assert.Equal("bash", step["shell"].ToString());
            var environment = ((YamlMappingNode)step["env"]).ToDictionary(pair => pair.Key.ToString(), pair => inputs[InputIn(pair.Value.ToString())]);
            foreach (var (name, path) in ((string, string)[])[("RUNNER_TEMP", "runner temp"), ("GITHUB_OUTPUT", "output"), ("GITHUB_STEP_SUMMARY", "summary")])
                environment[name] = PathOf(path);
            Write("script", step["run"].ToString());
            Write("tree/NuGet.config", $"""<configuration><packageSources><add key="packed" value="{packages.Feed}" /></packageSources></configuration>""");
            last = await Dotnet.ProgramAsync("bash", PathOf("tree"), environment, "--noprofile", "--norc", "-eo", "pipefail", PathOf("script"));
        }

        return last;
    }

    private static string WithoutPullRequest(string value) => value.StartsWith("${{", StringComparison.Ordinal) ? "" : value;

    /// <summary>Values reach the scripts through the environment alone: nobody's branch name becomes a command.</summary>
    private static string InputIn(string expression)
    {
        Assert.StartsWith("${{ inputs.", expression);
        return expression["${{ inputs.".Length..^" }}".Length];
    }

    private async Task CommitAsync(string message)
    {
        await GitAsync("init", "--quiet");
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=A Developer", "-c", "user.email=developer@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "-m", message);
    }

    private async Task GitAsync(params string[] arguments) => (await Dotnet.ProgramAsync("git", PathOf("tree"), arguments)).ThatSucceeds();

    private string PathOf(string file) => Path.Combine(_root.FullName, file);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }
}
