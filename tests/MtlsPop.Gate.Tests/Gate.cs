using MtlsPop.Gate.CommandLine;

namespace MtlsPop.Gate.Tests;

/// <summary>One run of the tool, as on a command line whose output is redirected.</summary>
internal sealed record Gate(int ExitCode, string Output, string Error)
{
    public static async Task<Gate> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await Commands.RunAsync(arguments, new Terminal(output, error, isInteractive: false), TestContext.Current.CancellationToken);
        return new Gate(exitCode, output.ToString(), error.ToString());
    }
}
