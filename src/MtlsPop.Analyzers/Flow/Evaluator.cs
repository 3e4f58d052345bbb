using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow;

/// <summary>Says what an expression is worth on a path, and what the path knows afterwards.</summary>
internal sealed partial class Evaluator(TypeFlow type, Walker walker, ControlFlowGraph graph, Frame? frame)
{
    /// <summary>A collection expression, which the oldest supported compiler API does not name.</summary>
    public const OperationKind CollectionExpression = (OperationKind)0x7f;

    private Dictionary<CaptureId, IOperation>? _captured;

    public List<Outcome> After(IOperation operation, List<Outcome> before)
    {
        var after = new List<Outcome>(before.Count);
        foreach (var outcome in before)
            after.AddRange(Evaluate(operation, outcome.State));
        return after;
    }

    /// <summary>The path on which the condition has this outcome; null when there is none.</summary>
    public static State? Assume(Outcome condition, bool outcome) => condition.Value switch
    {
        Constant { Data: bool known } => known == outcome ? condition.State : null,
        Test test => condition.State.Assume(test, outcome),
        _ => condition.State,
    };

    private IEnumerable<Outcome> Evaluate(IOperation? operation, State state)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        walker.Spend();
        if (operation is null or IInvalidOperation || walker.GaveUp)
            return One(Value.Unknown, state);

        if (operation.ConstantValue is { HasValue: true, Value: var constant })
            return One(new Constant(constant), state);

        return operation switch
        {
            IExpressionStatementOperation statement => Evaluate(statement.Operation, state),
            ISimpleAssignmentOperation assignment => Assignment(assignment, state),
            IFlowCaptureOperation capture => CaptureValue(capture, state),
            IFlowCaptureReferenceOperation reference => One(state[new Capture(graph, reference.Id)], state),
            ILocalReferenceOperation local => One(state[local.Local] ?? Value.Unknown, state),
            IParameterReferenceOperation parameter => One(state[parameter.Parameter] ?? Incoming(parameter.Parameter), state),
            IConversionOperation conversion => Conversion(conversion, state),
            IAwaitOperation wait => Evaluate(wait.Operation, state),
            IInvocationOperation invocation => Invocation(invocation, state),
            IObjectCreationOperation creation => Creation(creation, state),
            IPropertyReferenceOperation property => Property(property, state),
            IFieldReferenceOperation field => Field(field, state),
            IDelegateCreationOperation creation => Delegate(creation.Target, state),
            IFlowAnonymousFunctionOperation lambda => Delegate(lambda, state),
            IDefaultValueOperation => One(Default(operation.Type), state),
            IIsNullOperation isNull => Map(Evaluate(isNull.Operand, state), (value, _) => Test.IsNull(value)),
            IIsPatternOperation pattern => Pattern(pattern, state),
            IIsTypeOperation isType => Map(Evaluate(isType.ValueOperand, state), (value, _) => Test.Passed(value)),
            IUnaryOperation unary => Map(Evaluate(unary.Operand, state), (value, _) => Unary(unary, value)),
            IBinaryOperation binary => Binary(binary, state),
            ITupleOperation tuple => All(tuple.Elements, state, elements => new Sequence(elements)),
            IArrayCreationOperation { Initializer: { } initializer } => Elements(operation, initializer.ElementValues, state),
            { Kind: CollectionExpression } => Elements(operation, operation.ChildOperations, state),
            IInterpolatedStringOperation text => Interpolation(text, state),
            IDeconstructionAssignmentOperation deconstruction => Deconstruction(deconstruction, state),
            ICompoundAssignmentOperation compound => Compound(compound, state),
            IReturnOperation { Kind: OperationKind.YieldReturn, ReturnedValue: { } element } => Elements(operation, [element], state),
            _ => All(operation.ChildOperations, state, _ => Value.Unknown),
        };
    }

    private static Outcome[] One(Value value, State state) => [new Outcome(value, state)];

    private static IEnumerable<Outcome> Map(IEnumerable<Outcome> outcomes, Func<Value, State, Value> map)
    {
        foreach (var outcome in outcomes)
            yield return new Outcome(map(outcome.Value, outcome.State), outcome.State);
    }

    /// <summary>Evaluates operations in order, on every path.</summary>
    private IEnumerable<Outcome> All(IEnumerable<IOperation> operations, State state, Func<ValueList, Value> combine)
    {
        foreach (var (values, after) in InOrder(operations, state))
            yield return new Outcome(combine(new ValueList(values)), after);
    }

    private List<(ImmutableArray<Value> Values, State State)> InOrder(IEnumerable<IOperation> operations, State state)
    {
        var paths = new List<(ImmutableArray<Value> Values, State State)> { (ImmutableArray<Value>.Empty, state) };
        foreach (var operation in operations)
        {
            var longer = new List<(ImmutableArray<Value>, State)>(paths.Count);
            foreach (var path in paths)
            {
                foreach (var outcome in Evaluate(operation, path.State))
                    longer.Add((path.Values.Add(outcome.Value), outcome.State));
            }

            paths = longer;
        }

        return paths;
    }

    private IEnumerable<Outcome> Conversion(IConversionOperation conversion, State state) =>
        conversion.OperatorMethod is null || conversion.Type is { Name: "StringValues" }
            ? Evaluate(conversion.Operand, state)
            : Map(Evaluate(conversion.Operand, state), (_, _) => Value.Unknown);

    private IEnumerable<Outcome> Elements(IOperation operation, IEnumerable<IOperation> elements, State state)
    {
        foreach (var (values, after) in InOrder(elements, state))
        {
            var result = new Sequence(new ValueList(values));
            var arguments = ImmutableArray.CreateBuilder<Argument>(values.Length);
            var index = 0;
            foreach (var element in elements)
                arguments.Add(new Argument("", null, values[index++], element.Syntax));
            yield return new Outcome(result, HandOn(operation, Value.Unknown, arguments.MoveToImmutable(), result, after));
        }
    }

    private static Value Incoming(IParameterSymbol parameter) =>
        parameter.Type.SpecialType == SpecialType.System_Boolean ? Test.IsSet(new Received(parameter)) : new Received(parameter);

    private static Value Default(ITypeSymbol? defaultOf) =>
        defaultOf is null or { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } ? Value.Null : Value.Unknown;

    private static Value Unary(IUnaryOperation unary, Value operand) => (unary.OperatorKind, operand) switch
    {
        (UnaryOperatorKind.Not, Test test) => test.Not,
        (UnaryOperatorKind.Not, Constant { Data: bool known }) => new Constant(!known),
        _ => Value.Unknown,
    };

    private IEnumerable<Outcome> Binary(IBinaryOperation binary, State state)
    {
        foreach (var left in Evaluate(binary.LeftOperand, state))
        {
            foreach (var right in Evaluate(binary.RightOperand, left.State))
            {
                if (binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)
                    Compare(binary, left.Value, right.Value, binary.RightOperand, right.State);
                yield return new Outcome(CutShort(binary, left.Value, right.Value) ?? Combine(binary.OperatorKind, binary.Type, left.Value, right.Value), right.State);
            }
        }
    }

    /// <summary>A part of an object is compared with a constant.</summary>
    private void Compare(IOperation comparison, Value left, Value right, IOperation other, State state)
    {
        if ((left, right) is (Part, Constant { Data: not null }) or (Constant { Data: not null }, Part))
            type.Observe(new Observation(comparison, state, left, ImmutableArray.Create(new Argument("", null, right, other.Syntax)), Value.Unknown, frame));
    }

    private static Value Combine(BinaryOperatorKind kind, ITypeSymbol? result, Value left, Value right) => (kind, left, right) switch
    {
        (BinaryOperatorKind.Equals, _, _) => Comparison(left, right),
        (BinaryOperatorKind.NotEquals, _, _) => Opposite(Comparison(left, right)),
        (BinaryOperatorKind.And, Test one, Test other) => Test.And(one, other),
        (BinaryOperatorKind.Or, Test one, Test other) => Test.Or(one, other),
        (BinaryOperatorKind.Add, _, _) when result?.SpecialType == SpecialType.System_String && !(left.IsUnknown && right.IsUnknown) => Joined(left, right),
        _ => Value.Unknown,
    };

    private static Value Comparison(Value left, Value right) => (left, right) switch
    {
        (Constant one, Constant other) => new Constant(Equals(one.Data, other.Data)),
        (Test test, Constant { Data: bool known }) => known ? test : test.Not,
        (Constant { Data: bool known }, Test test) => known ? test : test.Not,
        (_, Constant { Data: null }) => Test.IsNull(left),
        (Constant { Data: null }, _) => Test.IsNull(right),
        (Part { Name: MsalNames.TokenType } tokenType, Constant { Data: string type }) => Test.IsType(tokenType, type),
        (Constant { Data: string type }, Part { Name: MsalNames.TokenType } tokenType) => Test.IsType(tokenType, type),
        _ => Value.Unknown,
    };

    /// <summary>A <c>?.</c> that found null on this path.</summary>
    private static bool IsCutShort(Value value, SyntaxNode syntax) => value is Constant { Data: null } && syntax is ConditionalAccessExpressionSyntax;

    /// <summary>Whoever compares what comes after <c>?.</c> with another value asks for one that is there.</summary>
    private static Constant? CutShort(IBinaryOperation comparison, Value left, Value right)
    {
        if (!IsCutShort(left, comparison.LeftOperand.Syntax) && !IsCutShort(right, comparison.RightOperand.Syntax))
            return null;

        return comparison.OperatorKind switch
        {
            BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals when (left, right) is (Constant, Constant) => null,
            BinaryOperatorKind.NotEquals => new Constant(true),
            BinaryOperatorKind.Equals or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual => new Constant(false),
            _ => null,
        };
    }

    private static Value Opposite(Value condition) => condition switch
    {
        Test test => test.Not,
        Constant { Data: bool known } => new Constant(!known),
        _ => Value.Unknown,
    };

    private static Value Joined(params Value[] parts)
    {
        var joined = ImmutableArray.CreateBuilder<Value>();
        foreach (var part in parts)
        {
            if (part is Text text)
                joined.AddRange(text.Parts.Items);
            else
                joined.Add(part);
        }

        var constants = "";
        foreach (var part in joined)
        {
            if (part is not Constant constant)
                return new Text(new ValueList(joined.ToImmutable()));

            constants += constant.Data;
        }

        return new Constant(constants);
    }

    private IEnumerable<Outcome> Interpolation(IInterpolatedStringOperation text, State state)
    {
        var parts = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var part in text.Parts)
        {
            switch (part)
            {
                case IInterpolatedStringTextOperation { Text: var literal }: parts.Add(literal); break;
                case IInterpolationOperation { Expression: var expression }: parts.Add(expression); break;
                default: parts.Add(part); break;
            }
        }

        return All(parts.ToImmutable(), state, values => Joined([.. values.Items]));
    }
}
