namespace MtlsPop.Analyzers.Model;

/// <summary>The words of an identifier or a text: <c>firstLeg</c>, <c>leg_2</c> and <c>Leg2Result</c> are made of them, <c>delegate</c> is one.</summary>
internal static class Words
{
    public static IReadOnlyList<string> Of(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && !Breaks(name, i))
                continue;

            if (i > start && char.IsLetterOrDigit(name[start]))
                words.Add(name.Substring(start, i - start).ToLowerInvariant());
            start = i;
        }

        return words;
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
