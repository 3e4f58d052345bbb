namespace MtlsPop.Packages.Tests;

public sealed class ModeTests(PackedPackages packages, ModeTests.RestoredConsumer consumer) : IClassFixture<ModeTests.RestoredConsumer>
{
    /// <summary>One library, restored once and built in every mode, one after the other as a user would.</summary>
    public sealed class RestoredConsumer(PackedPackages packages) : IAsyncLifetime
    {
        internal Workspace Workspace { get; } = new Workspace(packages)
            .Write("App.csproj", Consumer.Project(packages))
            .Write("Mistakes.cs", Consumer.Mistakes);

        public async ValueTask InitializeAsync() => (await Workspace.RunAsync("restore")).ThatSucceeds();

        public ValueTask DisposeAsync()
        {
            Workspace.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Default")]
    [InlineData("Checklist")]
    [InlineData("cheCKlist")]
    public async Task A_mode_that_warns_reports_every_rule_and_lets_the_build_pass(string mode)
    {
        var build = await BuildAsync(mode);

        build.Outcome.ThatSucceeds();
        Assert.All(Consumer.Rules, rule => Assert.Equal("warning", build.LevelOf(rule)));
    }

    [Fact]
    public async Task Strict_makes_must_haves_errors()
    {
        var build = await BuildAsync("Strict");

        build.Outcome.ThatFails();
        Assert.All(Consumer.Rules, rule => Assert.Equal("error", build.LevelOf(rule)));
    }

    [Fact]
    public async Task Minimum_keeps_only_what_surely_throws_or_leaks()
    {
        var build = await BuildAsync("Minimum");

        build.Outcome.ThatSucceeds();
        Assert.All(["MPOP1001", "MPOP3001", "MPOP4001"], rule => Assert.Equal("warning", build.LevelOf(rule)));
        Assert.All(["MPOP2001", "MPOP5001"], rule => Assert.Null(build.LevelOf(rule)));
    }

    [Fact]
    public async Task None_reports_nothing()
    {
        var build = await BuildAsync("None");

        build.Outcome.ThatSucceeds();
        Assert.Single(build.Logs);
        Assert.Empty(build.Findings);
    }

    [Fact]
    public async Task An_unknown_mode_stops_the_build_and_names_the_modes()
    {
        var build = await BuildAsync("Severe");

        Assert.Contains(
            "error MTLSPOP001: MtlsPopMode is 'Severe', which is no mode, so no severity is applied: set it to Default, Strict, Checklist, Minimum or None.",
            build.Outcome.ThatFails().Output);
    }

    [Fact]
    public async Task The_old_name_of_a_mode_stops_the_build_and_names_the_new_one()
    {
        var build = await BuildAsync("Gate");

        Assert.Contains(
            "error MTLSPOP001: MtlsPopMode is 'Gate', a mode that was renamed, so no severity is applied: set it to Strict.",
            build.Outcome.ThatFails().Output);
    }

    [Fact]
    public async Task Warnings_as_errors_stop_the_build_of_a_project_with_findings()
    {
        var build = await consumer.Workspace.BuildAsync("--no-restore", "--no-incremental", "-warnaserror");

        build.Outcome.ThatFails();
        Assert.All(Consumer.Rules, rule => Assert.Contains($"error {rule}:", build.Outcome.Output));
    }

    [Fact]
    public async Task The_severity_of_a_single_rule_in_the_editorconfig_wins_over_the_mode()
    {
        using var workspace = new Workspace(packages)
            .Write("App.csproj", Consumer.Project(packages, properties: "<MtlsPopMode>Minimum</MtlsPopMode>"))
            .Write("Mistakes.cs", Consumer.Mistakes)
            .Write(".editorconfig", """
                root = true
                [*.cs]
                dotnet_diagnostic.MPOP1001.severity = none
                dotnet_diagnostic.MPOP2001.severity = error
                """);

        var build = await workspace.BuildAsync();

        Assert.Null(build.LevelOf("MPOP1001"));
        Assert.Equal("error", build.LevelOf("MPOP2001"));
        Assert.Equal("warning", build.LevelOf("MPOP3001"));
    }

    [Fact]
    public async Task Without_a_mode_the_severity_of_a_category_in_the_editorconfig_counts()
    {
        using var workspace = new Workspace(packages)
            .Write("App.csproj", Consumer.Project(packages))
            .Write("Mistakes.cs", Consumer.Mistakes)
            .Write(".editorconfig", """
                root = true
                [*.cs]
                dotnet_analyzer_diagnostic.category-Requests.severity = error
                """);

        var build = await workspace.BuildAsync();

        Assert.Equal("error", build.LevelOf("MPOP1001"));
        Assert.Equal("warning", build.LevelOf("MPOP2001"));
    }

    [Fact]
    public async Task The_mode_of_the_project_wins_over_the_mode_of_its_folder()
    {
        using var workspace = new Workspace(packages)
            .Write("App/Directory.Build.props", """
                <Project>
                  <Import Project="../Directory.Build.props" />
                  <PropertyGroup><MtlsPopMode>Strict</MtlsPopMode></PropertyGroup>
                </Project>
                """)
            .Write("App/App.csproj", Consumer.Project(packages, properties: "<MtlsPopMode>Checklist</MtlsPopMode>"))
            .Write("App/Mistakes.cs", Consumer.Mistakes);

        var build = await workspace.BuildAsync("App");

        Assert.Equal("warning", build.LevelOf("MPOP1001"));
    }

    private Task<Build> BuildAsync(string mode) => consumer.Workspace.BuildAsync("--no-restore", $"-p:MtlsPopMode={mode}");
}
