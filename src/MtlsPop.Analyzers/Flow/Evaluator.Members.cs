using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow;

/// <summary>Fields, properties and delegates.</summary>
internal sealed partial class Evaluator
{
    private IEnumerable<Outcome> Field(IFieldReferenceOperation field, State state)
    {
        if (field.Field is { Name: nameof(string.Empty), ContainingType.SpecialType: SpecialType.System_String })
            return One(new Constant(""), state);

        if (field.Instance is null or IInstanceReferenceOperation)
            return Stored(field.Field, field.Field.IsReadOnly, state);

        return Map(Evaluate(field.Instance, state), (instance, _) => Element(instance, field.Field));
    }

    private static Value Element(Value instance, IFieldSymbol field)
    {
        if (instance is not Sequence sequence)
            return Value.Unknown;

        var elements = field.ContainingType.TupleElements;
        for (var i = 0; !elements.IsDefault && i < elements.Length && i < sequence.Elements.Items.Length; i++)
        {
            if (SymbolEqualityComparer.Default.Equals(elements[i], field)
                || SymbolEqualityComparer.Default.Equals(elements[i].CorrespondingTupleField, field.CorrespondingTupleField))
                return sequence.Elements.Items[i];
        }

        return Value.Unknown;
    }

    private IEnumerable<Outcome> Property(IPropertyReferenceOperation reference, State state)
    {
        var property = reference.Property;
        if (reference.Instance is null or IInstanceReferenceOperation)
        {
            if (type.GetterOf(property) is { } getter)
                return WalkInto(getter, null, graph, ImmutableArray<Argument>.Empty, state, new Frame(frame, reference.Syntax)) ?? [new Outcome(Value.Unknown, state)];

            return Stored(property, property.SetMethod is null, state);
        }

        return PropertyOf(reference, state);
    }

    private IEnumerable<Outcome> PropertyOf(IPropertyReferenceOperation reference, State state)
    {
        foreach (var instance in Evaluate(reference.Instance, state))
        {
            if (instance.State.IsNull(instance.Value) == true)
            {
                // A read of null leaves this path, but not unseen.
                Dereference(reference, instance.Value, Value.Unknown, ImmutableArray<Argument>.Empty, instance.State);
                continue;
            }

            if (instance.Value is Deferred deferred && reference.Property.Name == "Value")
            {
                foreach (var outcome in Call(deferred.Factory, ImmutableArray<Argument>.Empty, instance.State, new Frame(deferred.Factory.Frame, deferred.Creation)))
                    yield return outcome;
                continue;
            }

            var value = Read(reference.Property, instance.Value, instance.State);
            var after = Dereference(reference, instance.Value, value, ImmutableArray<Argument>.Empty, instance.State);
            yield return new Outcome(value, after);
        }
    }

    /// <summary>What a property of an object is: what was set last, else a part of it.</summary>
    private static Value Read(IPropertySymbol property, Value instance, State state)
    {
        if (property.IsIndexer)
            return Value.Unknown;

        if (IsTaskResult(property))
            return instance;

        if (instance is Made made && state[made] is { } history && history.Last(property.Name) is { } step && SymbolEqualityComparer.Default.Equals(step.Member, property))
            return history.IsOpenTo(property.Name) ? Value.Unknown : step["value"] ?? Value.Unknown;

        return instance is Made or Received || property.Name == MsalNames.PrivateKey && instance is Part ? new Part(instance, property.Name) : Value.Unknown;
    }

    private static bool IsTaskResult(IPropertySymbol property) =>
        property is { Name: "Result", ContainingType: { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" } };

    /// <summary>The value of a field or automatic property of this type: set on this path, or by whatever in the type sets it.</summary>
    private IEnumerable<Outcome> Stored(ISymbol member, bool setOnce, State state)
    {
        if (state[member] is { } known)
        {
            yield return new Outcome(known, state);
            yield break;
        }

        // Nothing sets it, or what does is being walked just now.
        if (type.Origins(member) is not { } origins || (origins.Assigned.IsEmpty && (setOnce || origins.HasInitializer)))
        {
            yield return new Outcome(new Received(member), state);
            yield break;
        }

        if (!setOnce && !origins.HasInitializer)
            yield return new Outcome(Value.Null, state.With(member, Value.Null));

        foreach (var origin in origins.Assigned)
        {
            var after = state.Import(origin.Value, origin.State).With(member, origin.Value);

            // Another member may have checked the result that this one finds in the field.
            if (origin.Value is Made { Type.Name: MsalNames.AuthenticationResult } result)
                after = after.PerhapsChecked(new Part(result, MsalNames.BindingCertificate));
            yield return new Outcome(origin.Value, after.PerhapsChecked(origin.Value));
        }

        // An earlier call of the member that is being walked may have left another value.
        if (!origins.IsComplete && !origins.Assigned.IsEmpty)
            yield return new Outcome(new Received(member, IsFromEarlierCall: true), state);
    }

    private IEnumerable<Outcome> Delegate(IOperation target, State state)
    {
        switch (target)
        {
            case IFlowAnonymousFunctionOperation lambda:
                var callback = new Callback(lambda.Symbol, lambda, graph, frame);
                type.Meet(callback, state, frame);
                return One(callback, state);

            case IMethodReferenceOperation { Instance: null or IInstanceReferenceOperation, Method: var method }:
                return One(new Callback(method, null, graph, frame), state);

            case IMethodReferenceOperation { Instance: { } instance }:
                return Map(Evaluate(instance, state), (_, _) => Value.Unknown);

            default:
                return Evaluate(target, state);
        }
    }
}
