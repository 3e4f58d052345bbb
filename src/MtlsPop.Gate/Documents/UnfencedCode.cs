using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Gate.Documents;

/// <summary>C# in a text that has lost its fences, or that never had any: whole statements, at least one of which calls MSAL.</summary>
internal static partial class UnfencedCode
{
    public static IReadOnlyList<CodeBlock> Find(IReadOnlyList<CodeLine> prose)
    {
        List<CodeBlock> blocks = [];
        List<CodeLine> run = [];
        for (var index = 0; index < prose.Count;)
        {
            var line = prose[index];
            var taken = line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal) ? [line] : StatementAt(prose, index);
            var follows = run.Count == 0 || line.Number == run[^1].Number + 1;
            if (taken.Count == 0 || !follows)
                End();
            run.AddRange(taken);
            index += Math.Max(1, taken.Count);
        }

        End();
        return blocks;

        void End()
        {
            if (run.Exists(line => CallsMsal(line.Text)))
                blocks.Add(new CodeBlock([.. run], IsMarked: false));
            run.Clear();
        }
    }

    public static bool CallsMsal(string text) => Call().IsMatch(text);

    /// <summary>The lines of the statements that begin with a line, which must be whole; none where it is no code. Text after the last of them is left out.</summary>
    private static List<CodeLine> StatementAt(IReadOnlyList<CodeLine> prose, int index)
    {
        if (!Beginning().IsMatch(prose[index].Text))
            return [];

        List<CodeLine> lines = [];
        var text = "";
        for (var last = index; last < prose.Count && last - index < LongestStatement && prose[last].Number == prose[index].Number + last - index; last++)
        {
            lines.Add(prose[last]);
            text += prose[last].Text + "\n";
            if (!prose[last].Text.Contains(';') && !prose[last].Text.Contains('}'))
                continue;

            var statement = SyntaxFactory.ParseStatement(text, consumeFullText: false);
            if (statement.ContainsDiagnostics || statement is ExpressionStatementSyntax { Expression: IdentifierNameSyntax })
                continue;
            var rest = text[statement.Span.End..];
            lines[^1] = prose[last] with { Text = rest.Contains('\n') ? prose[last].Text[..^(rest.TrimEnd('\n').Length)] : prose[last].Text };
            return lines;
        }

        return [];
    }

    private const int LongestStatement = 200;

    [GeneratedRegex(@"\b(ConfidentialClientApplicationBuilder|ManagedIdentityApplicationBuilder)\b|\.(AcquireTokenForClient|AcquireTokenForManagedIdentity|WithMtlsProofOfPossession|WithAttestationSupport)\s*\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"^\s*(await|var|using|return|if|try|[A-Za-z_][\w.<>\[\]?, ]*[=(]|[A-Za-z_][\w.<>?]*\s*$|[A-Za-z_][\w.<>?]*\s+[a-z_]\w*\s*=)")]
    private static partial Regex Beginning();
}
