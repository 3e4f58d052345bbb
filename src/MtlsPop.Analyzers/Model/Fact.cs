using MtlsPop.Analyzers.Flow;

namespace MtlsPop.Analyzers.Model;

/// <summary>An answer about code: yes, no, or unknown. A rule speaks only when it is sure.</summary>
internal enum Fact
{
    Unknown,
    No,
    Yes,
}

internal static class Facts
{
    public static Fact Of(bool known) => known ? Fact.Yes : Fact.No;

    /// <summary>Whether a step of this name was taken.</summary>
    public static Fact Has(this History history, string step) => history.Last(step) is not null ? Fact.Yes : history.IsOpenTo(step) ? Fact.Unknown : Fact.No;

    /// <summary>What all answers agree on.</summary>
    public static Fact Agreed(IEnumerable<Fact> answers)
    {
        Fact? agreed = null;
        foreach (var answer in answers)
        {
            if (agreed is { } before && before != answer)
                return Fact.Unknown;
            agreed = answer;
        }

        return agreed ?? Fact.Unknown;
    }
}
