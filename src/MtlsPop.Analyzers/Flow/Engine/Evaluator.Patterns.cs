using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>Patterns, as the conditions that they are.</summary>
internal sealed partial class Evaluator
{
    /// <summary>The condition; the variables that the pattern declares are set.</summary>
    private AbstractValue Match(IPatternOperation pattern, AbstractValue input)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return ConstantValue.True;

            case IConstantPatternOperation { Value: { ConstantValue: { HasValue: true, Value: var constant } } compared }:
                Compare(pattern, input, new ConstantValue(constant), compared);
                if (input is ConstantValue known)
                    return ConstantValue.Of(Equals(known.Data, constant));
                if (constant is null && _state.IsNull(input) is { } isNull)
                    return ConstantValue.Of(isNull);
                return Comparison(input, new ConstantValue(constant)) is Condition condition ? condition : Condition.Passed(input);

            case IDeclarationPatternOperation declaration:
                Declare(declaration.DeclaredSymbol, input);
                return declaration.MatchesNull ? ConstantValue.True : OfType(declaration.InputType, declaration.MatchedType, input);

            case ITypePatternOperation typePattern:
                return OfType(typePattern.InputType, typePattern.MatchedType, input);

            case INegatedPatternOperation negated:
                return Opposite(Match(negated.Pattern, input));

            case IBinaryPatternOperation binary:
                var left = Match(binary.LeftPattern, input);
                var right = Match(binary.RightPattern, input);
                return binary.OperatorKind == BinaryOperatorKind.And ? Both(left, right) : Opposite(Both(Opposite(left), Opposite(right)));

            case IRecursivePatternOperation recursive:
                return Recursive(recursive, input);

            default:
                return Condition.Passed(input);
        }
    }

    private AbstractValue Recursive(IRecursivePatternOperation recursive, AbstractValue input)
    {
        Declare(recursive.DeclaredSymbol, input);
        var condition = OfType(recursive.InputType, recursive.MatchedType, input);
        foreach (var subpattern in recursive.PropertySubpatterns)
        {
            var member = subpattern.Member is IPropertyReferenceOperation property ? Read(property.Property, input) : AbstractValue.Unknown;
            condition = Both(condition, Match(subpattern.Pattern, member));
        }

        var elements = input is SequenceValue sequence && sequence.Parts.Length == recursive.DeconstructionSubpatterns.Length ? sequence.Parts : default;
        for (var i = 0; i < recursive.DeconstructionSubpatterns.Length; i++)
            condition = Both(condition, Match(recursive.DeconstructionSubpatterns[i], elements.IsDefault ? AbstractValue.Unknown : elements[i]));

        return condition;
    }

    /// <summary>An object that is surely there fails a pattern only by what the rest of the pattern asks.</summary>
    private AbstractValue OfType(ITypeSymbol? declared, ITypeSymbol? matched, AbstractValue input) =>
        !SymbolEqualityComparer.Default.Equals(declared, matched) ? Condition.Passed(input)
        : _state.IsNull(input) is { } isNull ? ConstantValue.Of(!isNull)
        : Opposite(Condition.IsNull(input));

    private static AbstractValue Both(AbstractValue left, AbstractValue right) => (left, right) switch
    {
        (ConstantValue { Data: true }, _) => right,
        (_, ConstantValue { Data: true }) => left,
        (ConstantValue { Data: false }, _) or (_, ConstantValue { Data: false }) => ConstantValue.False,
        (Condition one, Condition other) => Condition.And(one, other),
        (Condition one, _) => Condition.Of(one.WhenTrue, []),
        (_, Condition other) => Condition.Of(other.WhenTrue, []),
        _ => AbstractValue.Unknown,
    };

    private void Declare(ISymbol? variable, AbstractValue value)
    {
        if (variable is not null)
            _state = _state.With(variable, value);
    }
}
