namespace MtlsPop.Gate.Tests;

[Collection(nameof(UnknowingRepository))]
public sealed class ScanTests(UnknowingRepository repository)
{
    [Fact]
    public void The_tree_is_left_byte_for_byte_as_it_was() => Assert.Equal(repository.FilesBefore, repository.FilesAfter);

    [Fact]
    public void Findings_fail_the_run() => Assert.Equal(1, repository.Run.ExitCode);

    [Fact]
    public void Every_project_and_framework_is_reported() =>
        Assert.Equal(
            [
                "Broken/Broken.csproj net8.0", "Dependent/Dependent.csproj net8.0", "NoWarn/NoWarn.csproj net8.0", "Other/Wrong.csproj net8.0",
                "Part/Part.csproj net8.0", "Plain/Plain.csproj net8.0",
                "Right/Right.csproj net10.0", "Right/Right.csproj net8.0", "Silent/Silent.csproj net8.0",
                "Strict build/Wrong.csproj net8.0", "Tests/Tests.csproj net8.0", "Unbuildable/Unbuildable.csproj net8.0",
            ],
            repository.Review.GetProperty("projects").EnumerateArray()
                .Select(project => $"{project.GetProperty("path")} {project.GetProperty("framework")}")
                .Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Broken/Broken.csproj", "it does not compile: CS1026 in Broken.cs, line 1: ) expected")]
    [InlineData("Unbuildable/Unbuildable.csproj", "the build did not come to compile it")]
    [InlineData("Silent/Silent.csproj", "its WarningLevel is 0, which silences every rule")]
    public void A_project_without_a_verdict_says_why(string project, string why) => Assert.Equal(("notEvaluated", why), StatusOf(project));

    [Theory]
    [InlineData("Plain/Plain.csproj", "no reference to MSAL")]
    [InlineData("Tests/Tests.csproj", "a test project: it references xunit.v3.core")]
    public void A_project_that_is_not_asked_says_why(string project, string why) => Assert.Equal(("notApplicable", why), StatusOf(project));

    [Theory]
    [InlineData("bound")]
    [InlineData("certificate-check")]
    [InlineData("MPOP3002")]
    public void A_project_without_a_verdict_passes_nothing(string item) =>
        Assert.All(
            ["Broken/Broken.csproj", "Unbuildable/Unbuildable.csproj", "Silent/Silent.csproj"],
            project => Assert.Equal("notEvaluated", repository.Answer(project, item).Status));

    [Fact]
    public void What_needs_a_project_with_findings_is_judged_all_the_same() =>
        Assert.Equal("pass", repository.Answer("Dependent/Dependent.csproj", "bound").Status);

    private (string?, string?) StatusOf(string project)
    {
        var found = repository.Project(project);
        return (found.GetProperty("status").GetString(), found.GetProperty("reason").GetString());
    }
}
