using MtlsPop.Analyzers.Flow.Engine;

namespace MtlsPop.Analyzers.Model;

/// <summary>An answer about code: yes, no, or unknown. A rule speaks only when it is sure.</summary>
internal enum ThreeState
{
    Unknown,
    No,
    Yes,
}

internal static class ThreeStates
{
    public static ThreeState Of(bool known) => known ? ThreeState.Yes : ThreeState.No;

    /// <summary>Whether a step of this name was taken.</summary>
    public static ThreeState Has(this CallLog history, string step) => history.Last(step) is not null ? ThreeState.Yes : history.IsOpenTo(step) ? ThreeState.Unknown : ThreeState.No;

    /// <summary>What all answers agree on.</summary>
    public static ThreeState Agreed(IEnumerable<ThreeState> answers)
    {
        ThreeState? agreed = null;
        foreach (var answer in answers)
        {
            if (agreed is { } before && before != answer)
                return ThreeState.Unknown;
            agreed = answer;
        }

        return agreed ?? ThreeState.Unknown;
    }
}
