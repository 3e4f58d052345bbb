using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace MtlsPop.Analyzers.Syntax;

/// <summary>The words of an identifier or a text: <c>firstLeg</c>, <c>leg_2</c> and <c>Leg2Result</c> are made of them, <c>delegate</c> is one.</summary>
internal static class IdentifierWords
{
    private static readonly ImmutableHashSet<string> _before = ImmutableHashSet.Create("first", "second", "one", "two", "1st", "2nd", "single");
    private static readonly ImmutableHashSet<string> _after = ImmutableHashSet.Create("1", "2", "one", "two");

    public static IReadOnlyList<string> Of(string name) => Spans(name).ConvertAll(span => Word(name, span));

    /// <summary>Whether a name speaks of a leg: <c>leg</c>, <c>Leg1</c>, <c>firstLeg</c>, <c>leg_one</c>.</summary>
    public static bool NameLeg(string name) => Of(name).Any(IsLeg);

    /// <summary>A name without its legs and their numbers; empty where it says nothing else.</summary>
    public static string WithoutLeg(string name)
    {
        var spans = Spans(name);
        var kept = spans.Where((_, i) => !IsLeg(At(i)) && !(_before.Contains(At(i)) && IsLeg(At(i + 1))) && !(_after.Contains(At(i)) && IsLeg(At(i - 1)))).ToList();
        if (kept.Count == 0)
            return "";

        var separator = name.TrimStart('_').IndexOf('_') >= 0 ? "_" : "";
        var rest = string.Join(separator, kept.Select(span => name.Substring(span.Start, span.Length)));
        var first = name[spans[0].Start];
        return name.Substring(0, spans[0].Start) + (char.IsLower(first) ? char.ToLowerInvariant(rest[0]) : char.ToUpperInvariant(rest[0])) + rest.Substring(1);

        string At(int index) => index >= 0 && index < spans.Count ? Word(name, spans[index]) : "";
    }

    /// <summary>Where a text speaks of legs: the word with its number, or the name that holds it.</summary>
    public static IEnumerable<TextSpan> Legs(string text)
    {
        var runs = Runs(text);
        for (var i = 0; i < runs.Count; i++)
        {
            if (!NameLeg(text.Substring(runs[i].Start, runs[i].Length)))
                continue;

            var (start, end) = (runs[i].Start, runs[i].End);
            if (i > 0 && _before.Contains(Word(text, runs[i - 1])) && start - runs[i - 1].End == 1)
                start = runs[i - 1].Start;
            if (i + 1 < runs.Count && _after.Contains(Word(text, runs[i + 1])) && runs[i + 1].Start - end == 1 && text[end] is ' ' or '-')
                end = runs[i + 1].End;
            yield return TextSpan.FromBounds(start, end);
        }
    }

    private static bool IsLeg(string word) => word is "leg" or "legs";

    private static string Word(string text, TextSpan span) => text.Substring(span.Start, span.Length).ToLowerInvariant();

    /// <summary>What is written in one: names and plain words.</summary>
    private static List<TextSpan> Runs(string text)
    {
        var runs = new List<TextSpan>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '_');
            if (inside && start < 0)
                start = i;
            if (inside || start < 0)
                continue;

            runs.Add(TextSpan.FromBounds(start, i));
            start = -1;
        }

        return runs;
    }

    private static List<TextSpan> Spans(string name)
    {
        var spans = new List<TextSpan>();
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && !Breaks(name, i))
                continue;

            if (i > start && char.IsLetterOrDigit(name[start]))
                spans.Add(TextSpan.FromBounds(start, i));
            start = i;
        }

        return spans;
    }

    /// <summary>Whether a name speaks of the second leg: <c>leg2</c>, <c>secondLeg</c>, <c>LegTwo</c>, <c>leg_2_app</c>.</summary>
    public static bool NameSecondLeg(string name)
    {
        var words = Of(name);
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == "leg"
                && ((i > 0 && words[i - 1] is "second" or "2nd") || (i + 1 < words.Count && words[i + 1] is "2" or "two")))
                return true;
        }

        return false;
    }

    private static bool Breaks(string name, int at)
    {
        var (before, here) = (Kind(name[at - 1]), Kind(name[at]));
        if (before == here)
            return here == 'u' && at + 1 < name.Length && Kind(name[at + 1]) == 'l';

        return !(before == 'u' && here == 'l');
    }

    private static char Kind(char character) =>
        char.IsUpper(character) ? 'u' : char.IsLetter(character) ? 'l' : char.IsDigit(character) ? 'd' : '_';
}
