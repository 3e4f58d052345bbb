namespace MtlsPop.Gate.Fixing;

internal enum DiffKind
{
    Same,
    Removed,
    Added,

    /// <summary>Lines that are left out.</summary>
    Gap,
}

/// <param name="Number">The line in the old text; for an added line, the one that it comes before.</param>
internal sealed record DiffLine(DiffKind Kind, int Number, string Text);

/// <summary>What an edit did to a file.</summary>
internal sealed record FileDiff(string File, IReadOnlyList<DiffLine> Lines);

/// <summary>Which lines an edit takes away and brings, with some around them.</summary>
internal static class LineDiff
{
    private const int Around = 2;

    /// <summary>Beyond this, what lies between the first and the last change is shown as replaced.</summary>
    private const int MostCompared = 2_000;

    public static IReadOnlyList<DiffLine> Of(string before, string after)
    {
        var (old, changed) = (Lines(before), Lines(after));
        var first = 0;
        while (first < Math.Min(old.Length, changed.Length) && old[first] == changed[first])
            first++;
        var last = 0;
        while (last < Math.Min(old.Length, changed.Length) - first && old[^(last + 1)] == changed[^(last + 1)])
            last++;
        if (first == old.Length && first == changed.Length)
            return [];

        List<DiffLine> all =
        [
            .. Enumerable.Range(0, first).Select(line => new DiffLine(DiffKind.Same, line + 1, old[line])),
            .. Changes(old[first..^last], changed[first..^last], first),
            .. Enumerable.Range(old.Length - last, last).Select(line => new DiffLine(DiffKind.Same, line + 1, old[line])),
        ];
        return [.. Shown(all)];
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>Around the longest sequence of lines that both have.</summary>
    private static IEnumerable<DiffLine> Changes(string[] old, string[] changed, int offset)
    {
        var isLong = old.Length > MostCompared || changed.Length > MostCompared;
        var common = isLong ? new int[0, 0] : CommonLengths(old, changed);
        for (var (at, to) = (0, 0); at < old.Length || to < changed.Length;)
        {
            if (!isLong && at < old.Length && to < changed.Length && old[at] == changed[to])
            {
                yield return new DiffLine(DiffKind.Same, offset + at + 1, old[at]);
                (at, to) = (at + 1, to + 1);
            }
            else if (at < old.Length && (isLong || to == changed.Length || common[at + 1, to] >= common[at, to + 1]))
                yield return new DiffLine(DiffKind.Removed, offset + at + 1, old[at++]);
            else
                yield return new DiffLine(DiffKind.Added, offset + at + 1, changed[to++]);
        }
    }

    /// <summary>How many lines two rests of the texts have in common.</summary>
    private static int[,] CommonLengths(string[] old, string[] changed)
    {
        var common = new int[old.Length + 1, changed.Length + 1];
        for (var at = old.Length - 1; at >= 0; at--)
        {
            for (var to = changed.Length - 1; to >= 0; to--)
                common[at, to] = old[at] == changed[to] ? common[at + 1, to + 1] + 1 : Math.Max(common[at + 1, to], common[at, to + 1]);
        }

        return common;
    }

    /// <summary>The changes with the lines around them, and a gap where lines are left out between two.</summary>
    private static IEnumerable<DiffLine> Shown(List<DiffLine> all)
    {
        var changes = all.Select((line, index) => (line, index)).Where(found => found.line.Kind != DiffKind.Same).Select(found => found.index).ToList();
        var shown = changes.SelectMany(index => Enumerable.Range(index - Around, (2 * Around) + 1)).Where(index => index >= 0 && index < all.Count).Distinct().Order().ToList();
        for (var i = 0; i < shown.Count; i++)
        {
            if (i > 0 && shown[i] > shown[i - 1] + 1)
                yield return new DiffLine(DiffKind.Gap, all[shown[i]].Number, "");
            yield return all[shown[i]];
        }
    }
}
