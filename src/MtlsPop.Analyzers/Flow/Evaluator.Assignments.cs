using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MtlsPop.Analyzers.Flow;

/// <summary>Assignments: to variables, members and elements, and to the compiler's own temporary variables.</summary>
internal sealed partial class Evaluator
{
    private IEnumerable<Outcome> Assignment(ISimpleAssignmentOperation assignment, State state)
    {
        foreach (var target in Target(assignment.Target, state))
        {
            foreach (var value in Evaluate(assignment.Value, target.State))
                yield return new Outcome(value.Value, Assign(assignment.Target, target.Value, value.Value, assignment, assignment.IsRef ? Forget(assignment.Value, assignment, value.State) : value.State));
        }
    }

    /// <summary>The object whose member is assigned.</summary>
    private IEnumerable<Outcome> Target(IOperation target, State state) => Resolve(target) switch
    {
        IPropertyReferenceOperation { Instance: { } instance } => Evaluate(instance, state),
        _ => One(Value.Unknown, state),
    };

    private State Assign(IOperation target, Value receiver, Value value, IOperation assignment, State state)
    {
        var arguments = ImmutableArray.Create(new Argument("value", null, value, assignment.Syntax));
        switch (Resolve(target))
        {
            case ILocalReferenceOperation local:
                return state.With(local.Local, type.IsSharedWithCallbacks(local.Local) ? Value.Unknown : value);

            case IParameterReferenceOperation parameter:
                return state.With(parameter.Parameter, type.IsSharedWithCallbacks(parameter.Parameter) ? Value.Unknown : value);

            case IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field:
                type.Observe(new Observation(assignment, state, Value.Unknown, arguments, Value.Unknown, frame));
                state = Store(value, state);
                type.Assigned(field.Field, value, state);
                return state.With(field.Field, value);

            case IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } property:
                type.Observe(new Observation(assignment, state, Value.Unknown, arguments, Value.Unknown, frame));
                state = Store(value, state);
                type.Assigned(property.Property, value, state);
                return state.With(property.Property, value);

            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } when receiver is Sequence:
                type.Observe(new Observation(assignment, state, receiver, arguments, Value.Unknown, frame));
                return Forget(collection, assignment, Keep(value, state));

            case IPropertyReferenceOperation property:
                type.Observe(new Observation(assignment, state, receiver, arguments, Value.Unknown, frame));
                return Append(receiver, new Step(PathOf(receiver) + property.Property.Name, property.Property, assignment.Syntax, arguments), Keep(value, state));

            case IFieldReferenceOperation { Instance: { } tuple }:
                return Forget(tuple, assignment, state);

            case IArrayElementReferenceOperation { ArrayReference: var array }:
                type.Observe(new Observation(assignment, state, Value.Unknown, arguments, Value.Unknown, frame));
                return Forget(array, assignment, Keep(value, state));

            default:
                return state;
        }
    }

    /// <summary>Nobody follows single elements: once one is changed, the variable is unknown, under whichever name.</summary>
    private State Forget(IOperation variable, IOperation change, State state)
    {
        foreach (var outcome in Evaluate(variable, state))
        {
            if (outcome.Value is Sequence sequence)
                state = state.Changed(sequence);
        }

        return Assign(variable, Value.Unknown, Value.Unknown, change, state);
    }

    /// <summary>What stands behind the compiler's temporary variable.</summary>
    private IOperation Resolve(IOperation operation) =>
        operation is IFlowCaptureReferenceOperation reference && _captured is not null && _captured.TryGetValue(reference.Id, out var captured)
            ? captured
            : operation;

    private IEnumerable<Outcome> CaptureValue(IFlowCaptureOperation capture, State state)
    {
        if (capture.Value is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation)
            (_captured ??= [])[capture.Id] = capture.Value;

        foreach (var outcome in Evaluate(capture.Value, state))
            yield return new Outcome(outcome.Value, outcome.State.With(new Capture(graph, capture.Id), outcome.Value));
    }

    private IEnumerable<Outcome> Compound(ICompoundAssignmentOperation compound, State state)
    {
        foreach (var before in Evaluate(Resolve(compound.Target), state))
        {
            foreach (var operand in Evaluate(compound.Value, before.State))
            {
                var value = Combine(compound.OperatorKind, compound.Type, before.Value, operand.Value);
                yield return new Outcome(value, Assign(compound.Target, Value.Unknown, value, compound, operand.State));
            }
        }
    }

    private IEnumerable<Outcome> Deconstruction(IDeconstructionAssignmentOperation deconstruction, State state)
    {
        foreach (var outcome in Evaluate(deconstruction.Value, state))
            yield return new Outcome(outcome.Value, Deconstruct(deconstruction.Target, outcome.Value, deconstruction, outcome.State));
    }

    private State Deconstruct(IOperation target, Value value, IOperation assignment, State state)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (target is IDeclarationExpressionOperation declaration)
            target = declaration.Expression;
        if (target is not ITupleOperation tuple)
            return Assign(target, Value.Unknown, value, assignment, state);

        var known = value is Sequence { Elements.Items: var elements } && elements.Length == tuple.Elements.Length ? elements : default;
        for (var i = 0; i < tuple.Elements.Length; i++)
            state = Deconstruct(tuple.Elements[i], known.IsDefault ? Value.Unknown : known[i], assignment, state);
        return state;
    }
}
