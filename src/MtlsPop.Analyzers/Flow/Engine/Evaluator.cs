using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>Evaluates an operation in the current state: gives its value, and moves the state on.</summary>
internal sealed partial class Evaluator(BodyAnalysis body, ControlFlowGraph graph, ISymbol? owner)
{
    /// <summary>A collection expression, which the oldest supported compiler API does not name.</summary>
    public const OperationKind CollectionExpression = (OperationKind)0x7f;

    private readonly Dictionary<CaptureId, IOperation> _captured = [];
    private State _state = new(new Numbering());
    private bool _isUnreachable;

    /// <summary>Null where control does not come.</summary>
    public State? Current => _isUnreachable ? null : _state;

    public void Begin(State state) => (_state, _isUnreachable) = (state, false);

    public AbstractValue Evaluate(IOperation? operation)
    {
        if (operation is null || _isUnreachable)
            return AbstractValue.Unknown;

        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (operation.ConstantValue is { HasValue: true, Value: var constant })
            return new ConstantValue(constant);

        switch (operation)
        {
            case IExpressionStatementOperation statement: return Evaluate(statement.Operation);
            case IInvalidOperation broken: return Broken(broken);
            case ISimpleAssignmentOperation assignment: return Assignment(assignment);
            case IFlowCaptureOperation capture: return Capture(capture);
            case IFlowCaptureReferenceOperation reference: return _state.Narrow(_state[reference.Id]);
            case ILocalReferenceOperation local: return Variable(local.Local);
            case IParameterReferenceOperation parameter: return Variable(parameter.Parameter);
            case IConversionOperation conversion: return Conversion(conversion);
            case IAwaitOperation wait: return Evaluate(wait.Operation);
            case IInvocationOperation invocation: return Invocation(invocation);
            case IObjectCreationOperation creation: return Creation(creation);
            case IPropertyReferenceOperation property: return Property(property);
            case IFieldReferenceOperation field: return Field(field);
            case IDelegateCreationOperation creation: return Delegate(creation.Target);
            case IFlowAnonymousFunctionOperation lambda: return Delegate(lambda);
            case IDefaultValueOperation: return Default(operation.Type);
            case IIsNullOperation isNull: return Condition.IsNull(Evaluate(isNull.Operand));
            case IIsPatternOperation pattern: return Match(pattern.Pattern, Evaluate(pattern.Value));
            case IIsTypeOperation isType: return Condition.Passed(Evaluate(isType.ValueOperand));
            case IUnaryOperation unary: return Unary(unary, Evaluate(unary.Operand));
            case IBinaryOperation binary: return Binary(binary);
            case ITupleOperation tuple: return new SequenceValue(EvaluateAll(tuple.Elements));
            case IArrayCreationOperation { Initializer: { } initializer }: return Elements(operation, initializer.ElementValues);
            case IInterpolatedStringOperation text: return Interpolation(text);
            case IDeconstructionAssignmentOperation deconstruction: return Deconstruction(deconstruction);
            case ICompoundAssignmentOperation compound: return Compound(compound);
            case IReturnOperation { Kind: OperationKind.YieldReturn, ReturnedValue: { } element }: return Elements(operation, ImmutableArray.Create(element));
            case { Kind: CollectionExpression }: return Elements(operation, ImmutableArray.CreateRange(operation.ChildOperations));
            default:
                foreach (var child in operation.ChildOperations)
                    Evaluate(child);
                return AbstractValue.Unknown;
        }
    }

    private ImmutableArray<AbstractValue> EvaluateAll(ImmutableArray<IOperation> operations)
    {
        var values = ImmutableArray.CreateBuilder<AbstractValue>(operations.Length);
        foreach (var operation in operations)
            values.Add(Evaluate(operation));
        return values.MoveToImmutable();
    }

    /// <summary>A variable of this body, or one of a function around it.</summary>
    private AbstractValue Variable(ISymbol variable)
    {
        if (_state[variable] is { } known)
            return _state.Narrow(known);

        if (body.IsSharedWithLambdas(variable) || (variable is ILocalSymbol && SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, owner)))
            return AbstractValue.Unknown;

        return Incoming(variable);
    }

    private static AbstractValue Incoming(ISymbol variable)
    {
        var input = new SymbolicInput(variable);
        var type = variable switch
        {
            IParameterSymbol parameter => parameter.Type,
            ILocalSymbol local => local.Type,
            _ => null,
        };
        return type?.SpecialType == SpecialType.System_Boolean ? Condition.IsSet(input) : input;
    }

    private AbstractValue Conversion(IConversionOperation conversion)
    {
        var value = Evaluate(conversion.Operand);
        return conversion.OperatorMethod is null || conversion.Type is { Name: "StringValues" } ? value : AbstractValue.Unknown;
    }

    private SequenceValue Elements(IOperation operation, ImmutableArray<IOperation> elements)
    {
        var values = EvaluateAll(elements);
        var result = new SequenceValue(values);
        var arguments = ImmutableArray.CreateBuilder<Argument>(values.Length);
        for (var i = 0; i < values.Length; i++)
            arguments.Add(new Argument("", null, values[i], elements[i].Syntax));
        HandOn(operation, AbstractValue.Unknown, arguments.MoveToImmutable(), result);
        return result;
    }

    private static AbstractValue Default(ITypeSymbol? type) =>
        type is null or { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } ? AbstractValue.Null : AbstractValue.Unknown;

    private static AbstractValue Unary(IUnaryOperation unary, AbstractValue operand) => unary.OperatorKind == UnaryOperatorKind.Not ? Opposite(operand) : AbstractValue.Unknown;

    private AbstractValue Binary(IBinaryOperation binary)
    {
        var left = Evaluate(binary.LeftOperand);
        var right = Evaluate(binary.RightOperand);
        if (_isUnreachable)
            return AbstractValue.Unknown;

        if (binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)
            Compare(binary, left, right, binary.RightOperand);
        return LiftedComparison(binary, left, right) ?? Combine(binary.OperatorKind, binary.Type, left, right);
    }

    /// <summary>A member of an object is compared with a constant.</summary>
    private void Compare(IOperation comparison, AbstractValue left, AbstractValue right, IOperation other)
    {
        if ((left, right) is (MemberOf, ConstantValue { Data: not null }) or (ConstantValue { Data: not null }, MemberOf))
            Record(comparison, left, ImmutableArray.Create(new Argument("", null, right, other.Syntax)), AbstractValue.Unknown);
    }

    private static AbstractValue Combine(BinaryOperatorKind kind, ITypeSymbol? result, AbstractValue left, AbstractValue right) => (kind, left, right) switch
    {
        (BinaryOperatorKind.Equals, _, _) => Comparison(left, right),
        (BinaryOperatorKind.NotEquals, _, _) => Opposite(Comparison(left, right)),
        (BinaryOperatorKind.And, Condition one, Condition other) => Condition.And(one, other),
        (BinaryOperatorKind.Or, Condition one, Condition other) => Condition.Or(one, other),
        (BinaryOperatorKind.Add, _, _) when result?.SpecialType == SpecialType.System_String && !(left.IsUnknown && right.IsUnknown) => TextValue.Join([left, right]),
        _ => AbstractValue.Unknown,
    };

    private static AbstractValue Comparison(AbstractValue left, AbstractValue right) => (left, right) switch
    {
        (ConstantValue one, ConstantValue other) => ConstantValue.Of(Equals(one.Data, other.Data)),
        (Condition condition, ConstantValue { Data: bool known }) => known ? condition : condition.Not,
        (ConstantValue { Data: bool known }, Condition condition) => known ? condition : condition.Not,
        (_, ConstantValue { Data: null }) => Condition.IsNull(left),
        (ConstantValue { Data: null }, _) => Condition.IsNull(right),
        (MemberOf { Name: MsalNames.TokenType } tokenType, ConstantValue { Data: string type }) => IsTokenType(tokenType, type),
        (ConstantValue { Data: string type }, MemberOf { Name: MsalNames.TokenType } tokenType) => IsTokenType(tokenType, type),
        _ => AbstractValue.Unknown,
    };

    /// <summary><c>== "mtls_pop"</c> proves the token bound, and <c>!= "mtls_pop"</c> unbound; <c>!= "Bearer"</c> proves nothing.</summary>
    private static Condition IsTokenType(MemberOf tokenType, string type)
    {
        var isBound = string.Equals(type, MsalNames.BoundScheme, StringComparison.OrdinalIgnoreCase);
        return Condition.Of(
            [Predicate.OfNull(tokenType, false), Predicate.OfFlag(tokenType, isBound)],
            isBound ? [Predicate.OfFlag(tokenType, false)] : []);
    }

    /// <summary>A <c>?.</c> that found null.</summary>
    private static bool IsCutShort(AbstractValue value, SyntaxNode syntax) => value is ConstantValue { Data: null } && syntax is ConditionalAccessExpressionSyntax;

    /// <summary>With <c>a</c> null, <c>a?.B > x</c> is false and <c>a?.B != x</c> is true.</summary>
    private static ConstantValue? LiftedComparison(IBinaryOperation comparison, AbstractValue left, AbstractValue right)
    {
        if (!IsCutShort(left, comparison.LeftOperand.Syntax) && !IsCutShort(right, comparison.RightOperand.Syntax))
            return null;

        return comparison.OperatorKind switch
        {
            BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals when (left, right) is (ConstantValue, ConstantValue) => null,
            BinaryOperatorKind.NotEquals => ConstantValue.True,
            BinaryOperatorKind.Equals or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual =>
                ConstantValue.False,
            _ => null,
        };
    }

    private static AbstractValue Opposite(AbstractValue condition) => condition switch
    {
        Condition test => test.Not,
        ConstantValue { Data: bool known } => ConstantValue.Of(!known),
        _ => AbstractValue.Unknown,
    };

    private AbstractValue Interpolation(IInterpolatedStringOperation text)
    {
        var parts = new List<AbstractValue>();
        foreach (var part in text.Parts)
        {
            parts.Add(part switch
            {
                IInterpolatedStringTextOperation { Text: var literal } => Evaluate(literal),
                IInterpolationOperation { Expression: var expression } => Evaluate(expression),
                _ => Evaluate(part),
            });
        }

        return TextValue.Join(parts);
    }

    /// <summary>Records what happens, for the rules and for callers.</summary>
    private void Record(IOperation operation, AbstractValue receiver, ImmutableArray<Argument> arguments, AbstractValue result)
    {
        if (!_isUnreachable)
            body.Record(new TraceEvent(operation, _state, receiver, arguments, result, CallSite: null));
    }
}
