using System.Diagnostics;

namespace MtlsPop.ChildProcesses;

/// <summary>Processes that may die or hang, and that end with this one however this one ends.</summary>
public static class ChildProcess
{
    /// <summary>Runs a program of .NET. Its standard input is the line that it hangs on: leave it alone.</summary>
    public static Process Start(string assembly, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Hexadecimal: the 1.5 MB of Windows, which are the least that a compiler runs on.
        start.Environment["DOTNET_DefaultStackSize"] = "180000";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(ChildProcess).Assembly.Location;
        return Process.Start(start)!;
    }
}
