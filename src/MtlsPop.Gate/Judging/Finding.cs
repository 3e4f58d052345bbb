using MtlsPop.Gate.Fixing;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Judging;

internal enum FindingState
{
    New,

    /// <summary>The base has it too.</summary>
    Old,

    /// <summary>The baseline file names it.</summary>
    Baselined,

    /// <summary>Suppressed in the source.</summary>
    Waived,

    /// <summary>Of a rule that is switched off where it stands.</summary>
    Off,
}

/// <summary>What a rule found at one place, in all projects and frameworks that compile the place.</summary>
internal sealed record Finding(string Rule, string Level, string Message, Place Place)
{
    public IReadOnlyList<Place> Related { get; init; } = [];

    /// <summary>The projects, each with its framework, that it was found in.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    public SourceContext Context { get; init; } = SourceContext.None;

    /// <summary>The same for the same fault in another revision, wherever its line has gone.</summary>
    public string Fingerprint { get; init; } = "";

    public FindingState State { get; init; }

    public Suppression? Suppression { get; init; }

    /// <summary>Why it is not new, or not asked for: who the baseline says, or where it is switched off.</summary>
    public string? Reason { get; init; }

    /// <summary>What its fix would change; nothing where it has none, or nobody asked.</summary>
    public IReadOnlyList<FileDiff> Fix { get; init; } = [];

    public bool Fails => State switch
    {
        FindingState.New => Level != "note",
        FindingState.Waived => Suppression is { Reason: null, IsOld: false },
        _ => false,
    };
}

/// <summary>That a finding is suppressed in the source: where, why, and by whom.</summary>
internal sealed record Suppression(Place? Place, string? Reason)
{
    public string? Author { get; init; }

    public bool IsOld { get; init; }
}

/// <summary>What the source says of a place: the member it is in, the expression that is at fault, and the lines around it.</summary>
internal sealed record SourceContext(string Member, string Expression, int FirstLine, IReadOnlyList<string> Lines)
{
    public static SourceContext None { get; } = new("", "", 0, []);
}
