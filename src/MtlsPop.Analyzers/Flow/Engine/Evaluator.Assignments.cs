using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>Assignments: to variables, members and elements, and to the compiler's own temporary variables.</summary>
internal sealed partial class Evaluator
{
    private AbstractValue Assignment(ISimpleAssignmentOperation assignment)
    {
        var receiver = Target(assignment.Target);
        var value = Evaluate(assignment.Value);
        if (assignment.IsRef)
            Forget(assignment.Value, assignment);
        Assign(assignment.Target, receiver, value, assignment);
        return value;
    }

    /// <summary>The object whose member is assigned.</summary>
    private AbstractValue Target(IOperation target) => Resolve(target) switch
    {
        IPropertyReferenceOperation { Instance: { } instance } => Evaluate(instance),
        IFieldReferenceOperation { Instance: { } instance and not IInstanceReferenceOperation } => Evaluate(instance),
        _ => AbstractValue.Unknown,
    };

    private void Assign(IOperation target, AbstractValue receiver, AbstractValue value, IOperation assignment)
    {
        if (_isUnreachable)
            return;

        var arguments = ImmutableArray.Create(new Argument("value", null, value, assignment.Syntax));
        switch (Resolve(target))
        {
            case ILocalReferenceOperation local:
                _state = _state.With(local.Local, body.IsSharedWithLambdas(local.Local) ? AbstractValue.Unknown : value);
                break;

            case IParameterReferenceOperation parameter:
                _state = _state.With(parameter.Parameter, body.IsSharedWithLambdas(parameter.Parameter) ? AbstractValue.Unknown : value);
                break;

            case IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field:
                StoreInMember(field.Field, value, arguments, assignment);
                break;

            case IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }, Property.IsIndexer: false } property:
                StoreInMember(property.Property, value, arguments, assignment);
                break;

            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } when receiver is SequenceValue:
                Record(assignment, receiver, arguments, AbstractValue.Unknown);
                StoreInObject(value);
                Forget(collection, assignment);
                break;

            case IPropertyReferenceOperation property:
                Record(assignment, receiver, arguments, AbstractValue.Unknown);
                StoreInObject(value);
                Append(receiver, new Step(PathOf(receiver) + property.Property.Name, property.Property, assignment.Syntax, receiver, arguments));
                break;

            case IFieldReferenceOperation { Instance: { } tuple }:
                Forget(tuple, assignment);
                break;

            case IInvalidOperation:
                GoesAnywhere(value);
                break;

            case IArrayElementReferenceOperation { ArrayReference: var array }:
                Record(assignment, AbstractValue.Unknown, arguments, AbstractValue.Unknown);
                StoreInObject(value);
                Forget(array, assignment);
                break;
        }
    }

    private void StoreInMember(ISymbol member, AbstractValue value, ImmutableArray<Argument> arguments, IOperation assignment)
    {
        // A builder in a field may be changed by any method that is called before it is executed.
        if (value is SymbolicInput received && body.Program.Msal.IsBuilder(TypeOf(received)))
            _state = _state.Escape(received);
        foreach (var made in value.Objects)
        {
            if (body.Program.Msal.IsBuilder(made.Type))
                _state = _state.Escape(made);
        }

        body.Record(new TraceEvent(assignment, _state, AbstractValue.Unknown, arguments, AbstractValue.Unknown, CallSite: null, member.OriginalDefinition));
        EscapeDelegates(value);
        _state = _state.With(member.OriginalDefinition, value);
    }

    /// <summary>Element writes are not tracked: the variable is unknown from here on, under whichever name.</summary>
    private void Forget(IOperation variable, IOperation change)
    {
        ForgetElements(Evaluate(variable));
        Assign(variable, AbstractValue.Unknown, AbstractValue.Unknown, change);
    }

    private void ForgetElements(AbstractValue collection)
    {
        _state = _state.Escape(collection);
        if (collection is not SequenceValue)
            return;

        foreach (var known in _state.Variables.ToList())
        {
            if (collection.Equals(known.Value))
                _state = _state.With(known.Key, AbstractValue.Unknown);
        }
    }

    /// <summary>What stands behind the compiler's temporary variable.</summary>
    private IOperation Resolve(IOperation operation) =>
        operation is IFlowCaptureReferenceOperation reference && _captured.TryGetValue(reference.Id, out var captured) ? captured : operation;

    private AbstractValue Capture(IFlowCaptureOperation capture)
    {
        if (capture.Value is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation)
            _captured[capture.Id] = capture.Value;

        var value = Evaluate(capture.Value);
        _state = _state.With(capture.Id, value);
        return value;
    }

    private AbstractValue Compound(ICompoundAssignmentOperation compound)
    {
        var before = Evaluate(Resolve(compound.Target));
        var operand = Evaluate(compound.Value);
        var value = Combine(compound.OperatorKind, compound.Type, before, operand);
        Assign(compound.Target, AbstractValue.Unknown, value, compound);
        return value;
    }

    private AbstractValue Deconstruction(IDeconstructionAssignmentOperation deconstruction)
    {
        var value = Evaluate(deconstruction.Value);
        Deconstruct(deconstruction.Target, value, deconstruction);
        return value;
    }

    private void Deconstruct(IOperation target, AbstractValue value, IOperation assignment)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (target is IDeclarationExpressionOperation declaration)
            target = declaration.Expression;
        if (target is not ITupleOperation tuple)
        {
            Assign(target, AbstractValue.Unknown, value, assignment);
            return;
        }

        var elements = value is SequenceValue sequence && sequence.Parts.Length == tuple.Elements.Length ? sequence.Parts : default;
        for (var i = 0; i < tuple.Elements.Length; i++)
            Deconstruct(tuple.Elements[i], elements.IsDefault ? AbstractValue.Unknown : elements[i], assignment);
    }
}
