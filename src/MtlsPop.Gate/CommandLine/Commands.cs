using System.CommandLine;
using System.CommandLine.Parsing;
using MtlsPop.Gate.History;
using MtlsPop.Gate.Judging;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.CommandLine;

/// <summary>The command line: what can be asked, and with what.</summary>
internal static class Commands
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Reviews MSAL.NET mTLS Proof-of-Possession code: the checklist with evidence, and an exit code (0 passed, 1 failed, 2 usage, 3 not evaluated).")
        {
            Check(terminal),
            Rules(terminal),
            Explain(terminal),
            Fix(terminal),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
            return Fail(new GateException(parsed is { CommandResult.Command: RootCommand, UnmatchedTokens: [var unknown, ..] }
                ? $"There is no command '{unknown}': use {string.Join(", ", root.Subcommands.SkipLast(1).Select(command => command.Name))} or {root.Subcommands[^1].Name}."
                : parsed.Errors[0].Message), terminal);

        try
        {
            var run = new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
            return await parsed.InvokeAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (GateException failure)
        {
            return Fail(failure, terminal);
        }
        catch (OperationCanceledException)
        {
            return Fail(new GateException("Stopped before there was a verdict.", ExitCode.NotEvaluated), terminal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Fail(new GateException($"Stopped before there was a verdict: {failure.Message}", ExitCode.NotEvaluated), terminal);
        }
    }

    private static int Fail(GateException failure, Terminal terminal)
    {
        terminal.Error.WriteLine($"mtlspop: {failure.Message}");
        return failure.ExitCode;
    }

    private static Command Check(Terminal terminal)
    {
        var path = new Argument<string[]>("path") { Description = "The project, solution or folder to check, by default the folder you are in; or Markdown documents, whose C# is judged without a build.", Arity = ArgumentArity.ZeroOrMore };
        var text = new Option<string?>("--text") { Description = "'-' judges a document from the standard input." };
        var msal = new Option<string?>("--msal") { Description = "The version of MSAL to judge documents against, from the packages of this machine; by default the one that the tool carries." };
        var sarif = new Option<string[]>("--sarif") { Description = "Judge SARIF files that a build wrote, instead of building.", AllowMultipleArgumentsPerToken = true };
        var report = new Option<string[]>("--report") { Description = "Write the review to a file, by its ending: .md, .html, .json or .sarif. May be given several times." };
        var failOn = new Option<FailOn>("--fail-on") { Description = "What fails: 'new' findings (default), 'any', or 'never'.", CustomParser = FailOnOf };
        var against = new Option<string?>("--base") { Description = "A branch or commit, such as origin/main: only what the work since then brought fails." };
        var baseline = new Option<string?>("--baseline") { Description = $"The file of accepted findings; by default {Baseline.DefaultFile} of the repository, where it exists." };
        var writeBaseline = new Option<bool>("--write-baseline") { Description = "Accept all that is found now, in the baseline file." };
        var github = new Option<bool>("--github") { Description = "Annotate the pull request, and write the summary of the step, in GitHub Actions." };
        var build = new BuildOptions();
        var command = new Command("check", "Build, judge, and report: the checklist for each project, and an exit code.") { path, text, msal, sarif, report, failOn, against, baseline, writeBaseline, github, build.Configuration, build.Framework, build.Property };
        command.SetAction((parsed, cancellationToken) => CheckCommand.RunAsync(
            new CheckOptions
            {
                Sarif = parsed.GetValue(sarif) ?? [],
                Reports = parsed.GetValue(report) ?? [],
                FailOn = parsed.GetValue(failOn),
                Base = parsed.GetValue(against),
                Baseline = parsed.GetValue(baseline),
                WriteBaseline = parsed.GetValue(writeBaseline),
                GitHub = parsed.GetValue(github),
                Scan = build.Of(parsed),
                Msal = parsed.GetValue(msal),
            },
            parsed.GetValue(path) ?? [],
            parsed.GetValue(text),
            terminal,
            cancellationToken));
        return command;
    }

    private static FailOn FailOnOf(ArgumentResult argument)
    {
        if (!Enum.TryParse<FailOn>(argument.Tokens[0].Value, ignoreCase: true, out var failOn))
            argument.AddError($"'{argument.Tokens[0].Value}' is nothing that can fail: use new, any or never.");
        return failOn;
    }

    private static Command Fix(Terminal terminal)
    {
        var path = new Argument<string[]>("path") { Description = "The project, solution or folder to fix, by default the folder you are in; or Markdown documents.", Arity = ArgumentArity.ZeroOrMore };
        var rule = new Option<string[]>("--rule") { Description = "Fix what these rules found, and nothing else.", AllowMultipleArgumentsPerToken = true };
        var build = new BuildOptions();
        var command = new Command("fix", "Apply the fixes, with 'dotnet format' or in the documents, and say what is left.") { path, rule, build.Configuration, build.Framework, build.Property };
        command.SetAction((parsed, cancellationToken) => FixCommand.RunAsync(
            new CheckOptions { Scan = build.Of(parsed) },
            parsed.GetValue(path) ?? [],
            [.. (parsed.GetValue(rule) ?? []).Select(id => id.ToUpperInvariant())],
            terminal,
            cancellationToken));
        return command;
    }

    private static Command Rules(Terminal terminal)
    {
        var command = new Command("rules", "List the rules.");
        command.SetAction(_ => RulesCommand.List(terminal));
        return command;
    }

    private static Command Explain(Terminal terminal)
    {
        var rule = new Argument<string>("rule") { Description = "The rule's ID, such as MPOP1001." };
        var command = new Command("explain", "Show the page of a rule.") { rule };
        command.SetAction(parsed => RulesCommand.Explain(parsed.GetValue(rule)!, terminal));
        return command;
    }

    /// <summary>What is passed on to the build.</summary>
    private sealed class BuildOptions
    {
        public Option<string> Configuration { get; } = new("--configuration", "-c") { Description = "The configuration to build.", DefaultValueFactory = _ => "Debug" };

        public Option<string?> Framework { get; } = new("--framework", "-f") { Description = "Build this target framework only." };

        public Option<string[]> Property { get; } = new("--property", "-p") { Description = "An MSBuild property, NAME=VALUE, for the build." };

        public ScanOptions Of(ParseResult parsed) => new()
        {
            Configuration = parsed.GetValue(Configuration)!,
            Framework = parsed.GetValue(Framework),
            Properties = parsed.GetValue(Property) ?? [],
        };
    }
}
