using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MtlsPop.Analyzers.Flow;

internal sealed partial class Evaluator
{
    private IEnumerable<Outcome> Pattern(IIsPatternOperation isPattern, State state)
    {
        foreach (var input in Evaluate(isPattern.Value, state))
        {
            var after = input.State;
            var condition = Match(isPattern.Pattern, input.Value, ref after);
            yield return new Outcome(condition, after);
        }
    }

    /// <summary>The condition that a pattern is; the variables it declares are set as it goes.</summary>
    private Value Match(IPatternOperation pattern, Value input, ref State state)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return new Constant(true);

            case IConstantPatternOperation { Value: { ConstantValue: { HasValue: true, Value: var constant } } compared }:
                Compare(pattern, input, new Constant(constant), compared, state);
                if (input is Constant known)
                    return new Constant(Equals(known.Data, constant));
                if (constant is null && state.IsNull(input) is { } isNull)
                    return new Constant(isNull);
                return Comparison(input, new Constant(constant)) is Test test ? test : Test.Passed(input);

            case IDeclarationPatternOperation declaration:
                state = Declare(declaration.DeclaredSymbol, input, state);
                if (declaration.MatchesNull)
                    return new Constant(true);
                return OfType(declaration.InputType, declaration.MatchedType, input, state);

            case ITypePatternOperation typePattern:
                return OfType(typePattern.InputType, typePattern.MatchedType, input, state);

            case INegatedPatternOperation negated:
                return Opposite(Match(negated.Pattern, input, ref state));

            case IBinaryPatternOperation binary:
                var left = Match(binary.LeftPattern, input, ref state);
                var right = Match(binary.RightPattern, input, ref state);
                return binary.OperatorKind == BinaryOperatorKind.And ? Both(left, right) : Opposite(Both(Opposite(left), Opposite(right)));

            case IRecursivePatternOperation recursive:
                return Recursive(recursive, input, ref state);

            default:
                return Test.Passed(input);
        }
    }

    private Value Recursive(IRecursivePatternOperation recursive, Value input, ref State state)
    {
        state = Declare(recursive.DeclaredSymbol, input, state);
        var condition = OfType(recursive.InputType, recursive.MatchedType, input, state);
        foreach (var subpattern in recursive.PropertySubpatterns)
        {
            var member = subpattern.Member is IPropertyReferenceOperation property ? Read(property.Property, input, state) : Value.Unknown;
            condition = Both(condition, Match(subpattern.Pattern, member, ref state));
        }

        var elements = input is Sequence { Elements.Items: var items } && items.Length == recursive.DeconstructionSubpatterns.Length ? items : default;
        for (var i = 0; i < recursive.DeconstructionSubpatterns.Length; i++)
            condition = Both(condition, Match(recursive.DeconstructionSubpatterns[i], elements.IsDefault ? Value.Unknown : elements[i], ref state));

        return condition;
    }

    /// <summary>An object that is surely there fails a pattern only by what the rest of the pattern asks.</summary>
    private static Value OfType(ITypeSymbol? declared, ITypeSymbol? matched, Value input, State state) =>
        !SymbolEqualityComparer.Default.Equals(declared, matched) ? Test.Passed(input)
        : state.IsNull(input) is { } isNull ? new Constant(!isNull)
        : Test.IsNull(input).Not;

    private static Value Both(Value left, Value right) => (left, right) switch
    {
        (Constant { Data: true }, _) => right,
        (_, Constant { Data: true }) => left,
        (Constant { Data: false }, _) or (_, Constant { Data: false }) => new Constant(false),
        (Test one, Test other) => Test.And(one, other),
        (Test one, _) => new Test(one.WhenTrue, ValueList.Empty),
        (_, Test other) => new Test(other.WhenTrue, ValueList.Empty),
        _ => Value.Unknown,
    };

    private static State Declare(ISymbol? variable, Value value, State state) => variable is null ? state : state.With(variable, value);
}
