using MtlsPop.Analyzers.Flow;

namespace MtlsPop.Analyzers.Model;

/// <summary>The resource for which the first leg of a federation asks: a token to be exchanged, in each cloud under its own name.</summary>
internal static class ExchangeAudience
{
    private const string Root = "api://AzureADTokenExchange";

    /// <summary>Whether a request asks for it: as its resource, or as its only scope.</summary>
    public static Fact AskedBy(History request) =>
        request.Steps.Length > 0 && request.Steps[0] is var beginning ? Is(beginning["resource"] ?? OnlyScope(beginning["scopes"])) : Fact.Unknown;

    private static Value? OnlyScope(Value? scopes) => scopes is Sequence { Elements.Items: { Length: 1 } elements } ? elements[0] : null;

    public static Fact Is(Value? resource)
    {
        if (resource is not Constant { Data: string text })
            return Fact.Unknown;

        if (!text.StartsWith(Root, StringComparison.OrdinalIgnoreCase))
            return Fact.No;

        // The clouds' own suffixes: China, USGov, France, Germany, GovSG, Ppe.
        var rest = text.Substring(Root.Length);
        if (rest.EndsWith("/.default", StringComparison.OrdinalIgnoreCase))
            rest = rest.Substring(0, rest.Length - "/.default".Length);
        return Facts.Of(rest.TrimEnd('/').All(char.IsLetter));
    }
}
