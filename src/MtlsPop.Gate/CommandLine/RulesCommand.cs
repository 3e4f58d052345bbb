using Microsoft.CodeAnalysis;
using Spectre.Console;

namespace MtlsPop.Gate.CommandLine;

/// <summary>The table of rules, and the page of one.</summary>
internal static class RulesCommand
{
    public static int List(Terminal terminal)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Rule", "Severity", "Asks");
        foreach (var rule in RuleTable.All)
            table.AddRow(rule.Id, Severity(rule), Markup.Escape(rule.Title.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        terminal.Console.Write(table);
        return ExitCode.Passed;
    }

    public static int Explain(string id, Terminal terminal)
    {
        if (RuleTable.Page(id.ToUpperInvariant()) is not { } page)
            throw new GateException($"There is no rule '{id}': 'mtlspop rules' lists them.");

        // Marks for the generator of the table, and for the tests of the examples, are not for the reader.
        foreach (var line in page.ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith("<!--", StringComparison.Ordinal)))
            terminal.Console.MarkupLine(Styled(line.Replace("```csharp bad", "```csharp (wrong)", StringComparison.Ordinal).Replace("```csharp good", "```csharp (right)", StringComparison.Ordinal)));
        return ExitCode.Passed;
    }

    private static string Styled(string line) => line.StartsWith('#') ? $"[bold]{Markup.Escape(line)}[/]" : Markup.Escape(line);

    private static string Severity(DiagnosticDescriptor rule) => rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString() : "off";
}
