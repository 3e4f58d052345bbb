using System.Diagnostics;
using System.Text;

namespace MtlsPop.Gate.Scanning;

internal sealed record ChildResult(int ExitCode, string Output, string Error);

/// <summary>A program that is run to its end, or is stopped with all that it started when the run is given up.</summary>
internal static class ChildProcess
{
    public static async Task<ChildResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string directory,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null,
        Action<string>? onLine = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };

        // A tool that runs under 'dotnet run' or 'dotnet test' inherits their MSBuild; its children choose their own.
        foreach (var inherited in start.Environment.Keys.Where(key => key.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        var error = new StringBuilder();
        process.OutputDataReceived += (_, line) => Take(line.Data, output, onLine);
        process.ErrorDataReceived += (_, line) => Take(line.Data, error, null);
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new GateException($"'{program}' cannot be started: install it, or put it on the PATH.");
        }

        try
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new ChildResult(process.ExitCode, output.ToString(), error.ToString());
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
        }
    }

    private static void Take(string? line, StringBuilder all, Action<string>? onLine)
    {
        if (line is null)
            return;

        lock (all)
            all.AppendLine(line);
        onLine?.Invoke(line);
    }
}
