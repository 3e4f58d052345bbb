using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>The certificate that a token is bound to.</summary>
internal static class BindingCertificate
{
    /// <summary>The result whose binding certificate the value is; null for any other value.</summary>
    public static AbstractValue? Of(AbstractValue value) => TokenResult.Of(value, MsalNames.BindingCertificate);

    /// <summary>The result whose binding certificate went into the value: into a copy of it, a collection, or the options of a handler.</summary>
    public static AbstractValue? In(AbstractValue value, State state) => In(value, state, depth: 3);

    /// <summary>The result of whose binding certificate the value is the private key.</summary>
    public static AbstractValue? OfKey(AbstractValue value) => value is MemberOf { Owner: var certificate, Name: var name } && name.EndsWith(MsalNames.PrivateKey, StringComparison.Ordinal) ? Of(certificate) : null;

    /// <summary>Whether it is there: a request for a bearer token gives none. Unknown where the value is no such certificate.</summary>
    public static ThreeState IsBound(AbstractValue? result, State state) => result is null
        ? ThreeState.Unknown
        : TokenResult.Bound(result, state) == ThreeState.No ? ThreeState.No : ThreeState.Yes;

    private static AbstractValue? In(AbstractValue value, State state, int depth) => value switch
    {
        SequenceValue { Parts: var elements } => First(elements, state, depth),
        AllocatedObject made when depth > 0 && state[made] is { Steps: var steps } => First(steps.SelectMany(step => step.Arguments).Select(argument => argument.Value), state, depth - 1),
        _ => Of(value),
    };

    private static AbstractValue? First(IEnumerable<AbstractValue> values, State state, int depth) =>
        values.Select(value => In(value, state, depth)).FirstOrDefault(result => result is not null);
}
