using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow;

/// <summary>Calls of the framework whose value is known: text, comparisons, keys.</summary>
internal sealed partial class Evaluator
{
    private static Value? TextOf(IMethodSymbol method, ImmutableArray<Argument> arguments)
    {
        if (method.ContainingType?.SpecialType != SpecialType.System_String)
            return null;

        switch (method.Name)
        {
            case "Concat":
                return Joined([.. Spread(arguments, 0)]);

            case "Format" when arguments.For("format") is { Value: Constant { Data: string format } } given:
                var parts = new List<Value>();
                var values = Spread(arguments, arguments.IndexOf(given) + 1).ToList();
                foreach (var piece in format.Split('{', '}'))
                    parts.Add(parts.Count % 2 == 1 && int.TryParse(piece, out var index) && index < values.Count ? values[index] : new Constant(piece));
                return Joined([.. parts]);

            default:
                return null;
        }
    }

    private static IEnumerable<Value> Spread(ImmutableArray<Argument> arguments, int from)
    {
        for (var i = from; i < arguments.Length; i++)
        {
            if (arguments[i].Value is Sequence sequence)
            {
                foreach (var element in sequence.Elements.Items)
                    yield return element;
            }
            else
            {
                yield return arguments[i].Value;
            }
        }
    }

    /// <summary>The key that <c>GetRSAPrivateKey</c> and its like find in a certificate of MSAL's.</summary>
    private static Part? PrivateKey(IMethodSymbol method, Value receiver) =>
        receiver is Part { Name: MsalNames.BindingCertificate } certificate
        && method.Name.StartsWith("Get", StringComparison.Ordinal)
        && method.Name.EndsWith(MsalNames.PrivateKey, StringComparison.Ordinal)
            ? new Part(certificate, method.Name)
            : null;

    private static Value Comparisons(IMethodSymbol method, Value receiver, ImmutableArray<Argument> arguments)
    {
        if (method is not { Name: "ReferenceEquals" or "Equals", ContainingType.SpecialType: SpecialType.System_Object or SpecialType.System_String })
            return Value.Unknown;

        var compared = arguments.Select(argument => argument.Value).Where((_, index) => arguments[index].Name != "comparisonType").ToList();
        if (!method.IsStatic)
            compared.Insert(0, receiver);
        if (arguments.Any(argument => IsCutShort(argument.Value, argument.Syntax)) && !compared.TrueForAll(value => value is Constant))
            return new Constant(false);
        var comparison = compared.Count == 2 ? Comparison(compared[0], compared[1]) : Value.Unknown;

        // How two constants compare depends on the kind of comparison.
        return comparison is Test ? comparison : Value.Unknown;
    }
}
