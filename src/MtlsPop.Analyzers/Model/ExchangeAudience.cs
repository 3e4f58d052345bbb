using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>The resource for which the first leg of a federation asks: a token to be exchanged, in each cloud under its own name.</summary>
internal static class ExchangeAudience
{
    private const string Root = Clouds.ExchangeAudience;
    private const string Default = "/.default";

    /// <summary>Whether a request asks for it: as its resource, or as its only scope.</summary>
    public static ThreeState AskedBy(CallLog request) => request.Steps.Length > 0 ? Is(Asked(request.Steps[0])) : ThreeState.Unknown;

    /// <summary>What the request asks for, where that is a constant.</summary>
    public static string? In(CallLog request) => request.Steps.Length > 0 && Asked(request.Steps[0]) is ConstantValue { Data: string text } ? text : null;

    public static ThreeState Is(AbstractValue? resource) => resource is ConstantValue { Data: string text } ? ThreeStates.Of(SuffixOf(text) is not null) : ThreeState.Unknown;

    /// <summary>The audience's right name in a cloud; null for the cloud keeps the one that it names.</summary>
    public static string? Corrected(string audience, string? cloud, bool isScope)
    {
        var suffix = SuffixOf(audience)!;
        if (cloud is null || !Clouds.HasName(suffix) || string.Equals(suffix, cloud, StringComparison.OrdinalIgnoreCase))
            return !isScope || IsScope(audience) ? audience : audience.TrimEnd('/') + Default;

        return Root + cloud + (isScope || IsScope(audience) ? Default : "");
    }

    private static AbstractValue? Asked(Step beginning) =>
        beginning["resource"] ?? (beginning["scopes"] is SequenceValue { Parts: { Length: 1 } elements } ? elements[0] : null);

    /// <summary>What the cloud adds to the name; null where it is another audience.</summary>
    private static string? SuffixOf(string text)
    {
        if (!text.StartsWith(Root, StringComparison.OrdinalIgnoreCase))
            return null;

        var rest = text.Substring(Root.Length);
        if (IsScope(rest))
            rest = rest.Substring(0, rest.Length - Default.Length);
        rest = rest.TrimEnd('/');
        return rest.All(char.IsLetter) ? rest : null;
    }

    private static bool IsScope(string text) => text.EndsWith(Default, StringComparison.OrdinalIgnoreCase);
}
