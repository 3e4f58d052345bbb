using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>Fields, properties and delegates.</summary>
internal sealed partial class Evaluator
{
    private AbstractValue Field(IFieldReferenceOperation field)
    {
        if (field.Field is { Name: nameof(string.Empty), ContainingType.SpecialType: SpecialType.System_String })
            return new ConstantValue("");

        if (field.Instance is null or IInstanceReferenceOperation)
            return Member(field.Field);

        var instance = Evaluate(field.Instance);
        return field.Field.ContainingType.IsTupleType ? Element(instance, field.Field) : Member(field.Field);
    }

    private static AbstractValue Element(AbstractValue instance, IFieldSymbol field)
    {
        if (instance is not SequenceValue sequence)
            return AbstractValue.Unknown;

        var elements = field.ContainingType.TupleElements;
        for (var i = 0; !elements.IsDefault && i < elements.Length && i < sequence.Parts.Length; i++)
        {
            if (SymbolEqualityComparer.Default.Equals(elements[i], field)
                || SymbolEqualityComparer.Default.Equals(elements[i].CorrespondingTupleField, field.CorrespondingTupleField))
                return sequence.Parts[i];
        }

        return AbstractValue.Unknown;
    }

    /// <summary>The value of a field or automatic property: set before in this body, or what it was when the body was entered.</summary>
    private AbstractValue Member(ISymbol member) =>
        _state[member.OriginalDefinition] is { } known ? _state.Narrow(known) : new SymbolicInput(member.OriginalDefinition);

    private AbstractValue Property(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (reference.Instance is null or IInstanceReferenceOperation)
        {
            foreach (var argument in reference.Arguments)
                Evaluate(argument.Value);
            if (property.IsIndexer)
                return AbstractValue.Unknown;

            return body.Program.SummaryOf(property.GetMethod, body) is { } getter
                ? Apply(getter, property.GetMethod!, ImmutableArray<Argument>.Empty, reference.Syntax) ?? AbstractValue.Unknown
                : Member(property);
        }

        var instance = Evaluate(reference.Instance);
        foreach (var argument in reference.Arguments)
            Evaluate(argument.Value);
        if (_isUnreachable)
            return AbstractValue.Unknown;

        if (_state.IsNull(instance) == true)
        {
            // A read of null throws: record the dereference first.
            Dereference(reference, instance, AbstractValue.Unknown, ImmutableArray<Argument>.Empty);
            _isUnreachable = true;
            return AbstractValue.Unknown;
        }

        if (instance is LazyValue lazy && property.Name == "Value")
            return lazy.Value;

        if (instance is AllocatedObject or SymbolicInput or MemberOf or OneOf or { IsUnknown: true }
            && !property.IsIndexer
            && body.Program.SummaryOf(property.GetMethod, body) is { } computed
            && Apply(computed, property.GetMethod!, ImmutableArray<Argument>.Empty, reference.Syntax) is { } result)
            return result;

        var value = Read(property, instance);
        Dereference(reference, instance, value, ImmutableArray<Argument>.Empty);
        return value;
    }

    /// <summary>What a property of an object is: what was set last, else a member of it.</summary>
    private AbstractValue Read(IPropertySymbol property, AbstractValue instance)
    {
        if (property.IsIndexer)
            return AbstractValue.Unknown;

        if (IsTaskResult(property))
            return instance;

        if (instance is AllocatedObject && _state[instance] is { } log && log.Last(property.Name) is { } step && SymbolEqualityComparer.Default.Equals(step.Member, property))
            return log.IsOpenTo(property.Name) ? AbstractValue.Unknown : step["value"] ?? AbstractValue.Unknown;

        return MemberOf.Of(instance, property.Name);
    }

    private static bool IsTaskResult(IPropertySymbol property) =>
        property is { Name: "Result", ContainingType: { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" } };

    private AbstractValue Delegate(IOperation target)
    {
        switch (target)
        {
            case IFlowAnonymousFunctionOperation lambda:
                var made = new DelegateValue(lambda.Symbol, lambda, graph);
                body.Met(made, _state);
                return made;

            case IMethodReferenceOperation { Instance: null or IInstanceReferenceOperation, Method: var method }:
                return new DelegateValue(method, null, graph);

            case IMethodReferenceOperation { Instance: { } instance }:
                Evaluate(instance);
                return AbstractValue.Unknown;

            default:
                return Evaluate(target);
        }
    }
}
