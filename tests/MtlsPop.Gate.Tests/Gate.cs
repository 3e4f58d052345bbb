using MtlsPop.Gate.CommandLine;

namespace MtlsPop.Gate.Tests;

/// <summary>One run of the tool, as on a command line whose output is redirected.</summary>
internal sealed record Gate(int ExitCode, string Output, string Error)
{
    public static Task<Gate> RunAsync(params string[] arguments) => ReadAsync("", arguments);

    /// <summary>With a text on the standard input.</summary>
    public static async Task<Gate> ReadAsync(string text, params string[] arguments)
    {
        using var input = new StringReader(text);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await Commands.RunAsync(arguments, new Terminal(input, output, error, isInteractive: false), TestContext.Current.CancellationToken);
        return new Gate(exitCode, output.ToString(), error.ToString());
    }
}
