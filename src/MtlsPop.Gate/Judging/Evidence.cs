using System.Globalization;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Judging;

internal enum Status
{
    /// <summary>Judged, and right.</summary>
    Pass,

    /// <summary>Found, and fails the gate.</summary>
    Fail,

    /// <summary>Found, and does not fail the gate: it was there before, or is advice.</summary>
    Noted,

    /// <summary>Found, and suppressed for a reason.</summary>
    Waived,

    /// <summary>Not asked: the project's configuration switches a rule off.</summary>
    Off,

    /// <summary>Nothing found, but none of the calls could be followed, so nothing is known to be right either.</summary>
    Unknown,

    /// <summary>There is nothing that it could be asked of.</summary>
    NotApplicable,

    /// <summary>The project was not compiled, or the analyzers did not run.</summary>
    NotEvaluated,
}

/// <summary>What is known of an item where no rule found a fault.</summary>
internal sealed record Evidence(Status Status, string Text, IReadOnlyList<Place> Places)
{
    public static Evidence NotApplicable(string why) => new(Status.NotApplicable, why, []);

    /// <summary>"3 of 4 requests bound; 1 could not be followed": by a fact that each of the calls has.</summary>
    public static Evidence OfFact(IEnumerable<Call> calls, string fact, string noun, string right, string none)
    {
        var all = calls.ToList();
        if (all.Count == 0)
            return NotApplicable(none);

        var yes = all.FindAll(call => call.Is(fact));
        var unknown = all.FindAll(call => !call.Is(fact) && !call.IsNot(fact));
        var why = fact is "bound" or "attested" ? string.Join("; ", unknown.Select(call => call.Facts.GetValueOrDefault("reason", "")).Where(reason => reason.Length > 0).Distinct()) : "";
        var because = why.Length > 0 ? $" ({why})" : "";
        if (unknown.Count == all.Count)
            return new(Status.Unknown, string.Create(CultureInfo.InvariantCulture, $"{Count(all.Count, noun)}, and none could be followed{because}"), PlacesOf(all));

        var text = string.Create(CultureInfo.InvariantCulture, $"{yes.Count} of {Count(all.Count, noun)} {right}");
        if (unknown.Count > 0)
            text += string.Create(CultureInfo.InvariantCulture, $"; {unknown.Count} could not be followed{because}");
        return new(Status.Pass, text, PlacesOf(yes));
    }

    /// <summary>"the code around 3 bound requests": for a rule whose silence is the evidence, and these the places where it would have spoken.</summary>
    public static Evidence Around(IEnumerable<Call> calls, string noun, string none)
    {
        var all = calls.ToList();
        return all.Count == 0
            ? NotApplicable(none)
            : new(Status.Pass, $"no fault in the code around {Count(all.Count, noun)}", PlacesOf(all));
    }

    public static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static List<Place> PlacesOf(IEnumerable<Call> calls) => [.. calls.Select(call => call.Place)];
}
