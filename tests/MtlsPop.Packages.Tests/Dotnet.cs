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
    public static Task<Outcome> RunAsync(string directory, params string[] arguments) => ProgramAsync("dotnet", directory, arguments);

    /// <summary>Another program that runs builds.</summary>
    public static async Task<Outcome> ProgramAsync(string program, string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };

        // 'dotnet test' points its children at its own MSBuild; these children choose theirs as on a user's command line.
        foreach (var inherited in start.Environment.Keys.Where(key => key.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(inherited);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

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
