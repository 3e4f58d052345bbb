using System.Text.Json;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Tests;

/// <summary>A git repository with a change on top of its base that does everything a pull request may do, checked once against the base.</summary>
public sealed class ChangedRepository : IAsyncLifetime
{
    private const string Baseline = """
        {
          "version": 1,
          "findings": [
            {"rule":"MPOP3001","file":"App/Gone.cs","member":"Tokens.Gone","fingerprint":"0123456789abcdef","reason":"never there"}
          ]
        }
        """;

    private readonly Workspace _workspace = new();
    private readonly Workspace _reports = new();
    private JsonDocument? _review;

    internal Workspace Workspace => _workspace;

    internal Gate Run { get; private set; } = null!;

    internal string Base { get; private set; } = "";

    internal JsonElement Review => _review!.RootElement;

    /// <summary>The one finding in a file of the project that is no advice.</summary>
    internal JsonElement Finding(string file) => Review.GetProperty("findings").EnumerateArray().Single(finding =>
        finding.GetProperty("place").GetProperty("file").GetString() == $"App/{file}" && finding.GetProperty("level").GetString() == "warning");

    internal string?[] Notes => [.. Review.GetProperty("notes").EnumerateArray().Select(note => note.GetString())];

    public async ValueTask InitializeAsync()
    {
        _workspace
            .Write(".gitignore", "bin/\nobj/\n")
            .Write("Directory.Packages.props", Programs.CentralVersions)
            .Write(".mtlspop/baseline.json", Baseline)
            .Write("App/App.csproj", Programs.Project())
            .Write("App/Guarded.cs", Programs.Unchecked("Guarded", "    if (result.BindingCertificate is null) throw new InvalidOperationException();"))
            .Write("App/Moved.cs", Programs.Unchecked("Moved"))
            .Write("App/Old.cs", Programs.Unchecked("Old"))
            .Write("App/Suppressed.cs", Programs.Unchecked("Suppressed"))
            .Write("App/LongSuppressed.cs", Programs.Unchecked("LongSuppressed", "#pragma warning disable MPOP3001", "#pragma warning restore MPOP3001"));
        await GitAsync("init", "--quiet", "--initial-branch=main");
        await CommitAsync("Base");
        Base = (await GitAsync("rev-parse", "HEAD")).Trim();
        await GitAsync("checkout", "--quiet", "-b", "change");

        File.Delete(_workspace.PathOf("App/Moved.cs"));
        _workspace
            .Write("App/Guarded.cs", Programs.Unchecked("Guarded"))
            .Write("App/Elsewhere.cs", "// Written further down, in another file.\n\n" + Programs.Unchecked("Moved"))
            .Write("App/Suppressed.cs", Programs.Unchecked("Suppressed", "#pragma warning disable MPOP3001", "#pragma warning restore MPOP3001"))
            .Write("App/Explained.cs", Programs.Unchecked("Explained", "#pragma warning disable MPOP3001 // a test double", "#pragma warning restore MPOP3001"))
            .Write("App/Switched.cs", Programs.Client("Switched", """
                    ArgumentNullException.ThrowIfNull(app);
                    var result = await app.AcquireTokenForClient(new[] { "https://vault.azure.net" }).WithMtlsProofOfPossession()
                        .ExecuteAsync(cancellationToken).ConfigureAwait(false);
                    return result.BindingCertificate?.Thumbprint;
                """))
            .Write("App/.editorconfig", "[*.cs]\ndotnet_diagnostic.MPOP1008.severity = none\n")
            .Write("App/App.csproj", Programs.Project("<NoWarn>$(NoWarn);MPOP2003</NoWarn>"))
            .Write("App/Region.cs", Programs.Client("Region", """
                    var own = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t").WithAzureRegion("east us")
                        .WithCertificate(null, sendX5C: true).Build();
                    var result = await own.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
                    return result.BindingCertificate?.Thumbprint;
                """))
            .Write(".mtlspop/baseline.json", Baseline.Replace("never there", "edited"));
        await CommitAsync("Change");

        // Not committed yet, and part of the change all the same.
        _workspace.Write("App/Added.cs", Programs.Unchecked("Added"));
        var report = _reports.PathOf("review.json");
        var sourceBefore = _workspace.Files();
        var status = await GitAsync("status", "--porcelain");
        Run = await Gate.RunAsync("check", _workspace.Root, "--base", "main", "--report", report);
        Assert.Equal(sourceBefore, _workspace.Files());
        Assert.Equal(status, await GitAsync("status", "--porcelain"));
        Assert.True(File.Exists(report), Run.Output + Run.Error);
        _review = JsonDocument.Parse(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));
    }

    internal async Task<string> GitAsync(params string[] arguments)
    {
        var git = await ChildProcess.RunAsync(
            "git",
            ["-c", "user.name=A Developer", "-c", "user.email=developer@example.com", "-c", "commit.gpgsign=false", .. arguments],
            _workspace.Root,
            TestContext.Current.CancellationToken);
        Assert.True(git.ExitCode == 0, git.Error);
        return git.Output;
    }

    public ValueTask DisposeAsync()
    {
        _review?.Dispose();
        _workspace.Dispose();
        _reports.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task CommitAsync(string message)
    {
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "-m", message);
    }
}

[CollectionDefinition(nameof(ChangedRepository))]
public sealed class ChangedRepositoryTests : ICollectionFixture<ChangedRepository>;
