using System.Diagnostics;

namespace MtlsPop.Packages.Tests;

internal sealed record Outcome(int ExitCode, string Output)
{
    public Outcome ThatSucceeds()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }

    public Outcome ThatFails()
    {
        Assert.True(ExitCode != 0, Output);
        return this;
    }
}

internal static class Dotnet
{
    /// <summary>The pipe of the one compiler that all builds of a run share; nobody else's builds meet the analyzers that are tested.</summary>
    public static string Compiler { get; } = $"mtlspop-tests-{Guid.NewGuid():N}"[..24];

    public static Task<Outcome> RunAsync(string directory, params string[] arguments) => ProgramAsync("dotnet", directory, arguments);

    /// <summary>Another program that runs builds.</summary>
    public static Task<Outcome> ProgramAsync(string program, string directory, params string[] arguments) =>
        ProgramAsync(program, directory, new Dictionary<string, string>(), arguments);

    public static async Task<Outcome> ProgramAsync(string program, string directory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };

        // 'dotnet test' points its children at its own MSBuild; these children choose theirs as on a user's command line.
        foreach (var inherited in start.Environment.Keys.Where(key => key.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(inherited);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["UseSharedCompilation"] = "true";
        start.Environment["SharedCompilationId"] = Compiler;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new Outcome(process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
