using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>Calls of the framework whose value is known: text, comparisons, keys.</summary>
internal sealed partial class Evaluator
{
    private static AbstractValue? TextOf(IMethodSymbol method, ImmutableArray<Argument> arguments)
    {
        if (method.ContainingType?.SpecialType != SpecialType.System_String)
            return null;

        switch (method.Name)
        {
            case "Concat":
                return TextValue.Join(Spread(arguments, 0));

            case "Format" when arguments.For("format") is { Value: ConstantValue { Data: string format } } given:
                var parts = new List<AbstractValue>();
                var values = Spread(arguments, arguments.IndexOf(given) + 1).ToList();
                foreach (var piece in format.Split('{', '}'))
                    parts.Add(parts.Count % 2 == 1 && int.TryParse(piece, out var index) && index < values.Count ? values[index] : new ConstantValue(piece));
                return TextValue.Join(parts);

            default:
                return null;
        }
    }

    private static IEnumerable<AbstractValue> Spread(ImmutableArray<Argument> arguments, int from)
    {
        for (var i = from; i < arguments.Length; i++)
        {
            if (arguments[i].Value is SequenceValue sequence)
            {
                foreach (var element in sequence.Parts)
                    yield return element;
            }
            else
            {
                yield return arguments[i].Value;
            }
        }
    }

    /// <summary>The key that <c>GetRSAPrivateKey</c> and its like find in a certificate of MSAL's.</summary>
    private static AbstractValue? PrivateKey(IMethodSymbol method, AbstractValue receiver) =>
        (receiver is MemberOf { Name: MsalNames.BindingCertificate } or SymbolicInput)
        && method.ContainingType?.ContainingNamespace?.Name == "X509Certificates"
        && method.Name.StartsWith("Get", StringComparison.Ordinal)
        && method.Name.EndsWith(MsalNames.PrivateKey, StringComparison.Ordinal)
            ? MemberOf.Of(receiver, method.Name)
            : null;

    private static AbstractValue Comparisons(IMethodSymbol method, AbstractValue receiver, ImmutableArray<Argument> arguments)
    {
        if (method is not { Name: "ReferenceEquals" or "Equals", ContainingType.SpecialType: SpecialType.System_Object or SpecialType.System_String })
            return AbstractValue.Unknown;

        var compared = arguments.Where(argument => argument.Name != "comparisonType").Select(argument => argument.Value).ToList();
        if (!method.IsStatic)
            compared.Insert(0, receiver);
        if (arguments.Any(argument => IsCutShort(argument.Value, argument.Syntax)) && !compared.TrueForAll(value => value is ConstantValue))
            return ConstantValue.False;

        // How two constants compare depends on the kind of comparison.
        return compared.Count == 2 && Comparison(compared[0], compared[1]) is Condition condition ? condition : AbstractValue.Unknown;
    }
}
