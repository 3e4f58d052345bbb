using Spectre.Console;

namespace MtlsPop.Gate.CommandLine;

/// <summary>Where a run writes: colours and progress on a terminal, plain lines elsewhere.</summary>
internal sealed class Terminal(TextReader input, TextWriter output, TextWriter error, bool isInteractive)
{
    public TextReader Input => input;

    public TextWriter Output => output;

    public TextWriter Error => error;

    /// <summary>Colours, unless the output goes elsewhere or <c>NO_COLOR</c> is set.</summary>
    public IAnsiConsole Console { get; } = Create(output, isInteractive);

    public static Terminal OfProcess()
    {
        System.Console.OutputEncoding = System.Text.Encoding.UTF8;
        var interactive = !System.Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(System.Console.In, System.Console.Out, System.Console.Error, interactive);
    }

    /// <summary>Long work, which says how far it is: in one line that moves, or line by line to the error output, so that redirected output holds the result alone.</summary>
    public async Task<T> ProgressAsync<T>(Func<Action<string>, Task<T>> work)
    {
        if (!isInteractive)
            return await work(step => error.WriteLine(step)).ConfigureAwait(false);

        return await Console.Status().StartAsync("starting", status => work(step => status.Status(Markup.Escape(step)))).ConfigureAwait(false);
    }

    private static IAnsiConsole Create(TextWriter output, bool isInteractive)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isInteractive ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!isInteractive)
            console.Profile.Width = int.MaxValue / 2;
        return console;
    }
}
