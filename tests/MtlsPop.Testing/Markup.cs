using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A file without its markup, and the spans that the markup named: an ID, '#' and a key, or nothing.</summary>
internal sealed partial record Markup(SourceText Text, ImmutableArray<(string Name, TextSpan Span)> Spans)
{
    public static Markup Parse(string path, SourceText marked)
    {
        var source = marked.ToString();
        var text = new StringBuilder(source.Length);
        var open = new Stack<(string Name, int Start)>();
        var spans = ImmutableArray.CreateBuilder<(string, TextSpan)>();
        var copied = 0;
        foreach (Match mark in Mark().Matches(source))
        {
            text.Append(source, copied, mark.Index - copied);
            copied = mark.Index + mark.Length;
            if (mark.Value == "$$")
                throw new InvalidOperationException($"'{path}' has '$$', which is markup for a position: no test needs it, so it is not read here.");
            if (mark.Value is "[|" or ['{', ..])
                open.Push((mark.Groups["name"].Value, text.Length));
            else if (open.TryPop(out var start) && start.Name == "" == (mark.Value == "|]"))
                spans.Add((start.Name, TextSpan.FromBounds(start.Start, text.Length)));
            else
                throw new InvalidOperationException($"'{path}' has '{mark.Value}' at {mark.Index}, which closes nothing.");
        }

        if (open.Count > 0)
            throw new InvalidOperationException($"'{path}' has markup that is opened and not closed.");
        text.Append(source, copied, source.Length - copied);
        return new(SourceText.From(text.ToString(), marked.Encoding), spans.ToImmutable());
    }

    [GeneratedRegex(@"\[\||\{\|(?<name>#?[-_.A-Za-z0-9+]+):|\|\]|\|\}|\$\$")]
    private static partial Regex Mark();
}
