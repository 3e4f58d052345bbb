using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow;

/// <summary>What becomes of values that go to other code, or are kept where other code can reach them.</summary>
internal sealed partial class Evaluator
{
    /// <summary>Values go to an operation that may keep or change them.</summary>
    private State HandOn(IOperation operation, Value receiver, ImmutableArray<Argument> arguments, Value result, State state)
    {
        state = Dereference(operation, receiver, result, arguments, state);
        foreach (var argument in arguments)
        {
            state = argument.Parameter is null && argument.Value is Part element && !Nullability.TakesNull(operation, argument)
                ? state.Assume(element, isNull: false) ?? state.Doubt(element)
                : NoLongerNull(argument, state);
            if (argument is { Value: Made token, Parameter: { Type.Name: MsalNames.AuthenticationResult } parameter } && Nullability.MayAskForCertificate(parameter))
                state = state.PerhapsChecked(new Part(token, MsalNames.BindingCertificate));
            state = Keep(argument.Value, state);
        }

        return state;
    }

    private State Dereference(IOperation operation, Value receiver, Value result, ImmutableArray<Argument> arguments, State state)
    {
        // Whether a variable is disposed matters on every path, also on one where nobody knows what it holds.
        if (!receiver.IsUnknown || operation is IInvocationOperation { TargetMethod.Name: "Dispose" } || arguments.Any(argument => argument.Value is not (Constant or { IsUnknown: true })))
            type.Observe(new Observation(operation, state, receiver, arguments, result, frame));
        return state.Assume(receiver, isNull: false) ?? state;
    }

    /// <summary>A callee that does not take null has thrown, or the value is not null: either way the fault was at this place.</summary>
    private static State NoLongerNull(Argument argument, State state)
    {
        if (argument is not { Value: Part value, Parameter: { } parameter })
            return state;

        if (!Nullability.AcceptsNull(parameter) || Nullability.ReturnsNotNull(parameter))
            return state.Assume(value, isNull: false) ?? state.Doubt(value);

        return Nullability.MayCheck(parameter) ? state.PerhapsChecked(value) : state;
    }

    private static State Append(Value receiver, Step step, State state) => receiver switch
    {
        Made made => state.With(made, (state[made] ?? History.Empty.Opened).Add(step)),
        Part { Whole: var whole } => Append(whole, step, state),
        _ => state,
    };

    private static string PathOf(Value receiver) => receiver is Part part ? PathOf(part.Whole) + part.Name + "." : "";

    /// <summary>A delegate that goes to other code may run at any time: its body is walked once, from here.</summary>
    private State Escape(Value value, State state)
    {
        if (value is Callback callback)
        {
            type.Run(callback, state, frame, walker);
            return state.Shared(callback, type.Msal);
        }

        if (value is Sequence sequence)
            state = sequence.Elements.Items.Aggregate(state, (after, element) => Escape(element, after));
        return state;
    }

    /// <summary>A builder in a field may be changed by any method that is called before it is executed.</summary>
    private State Store(Value value, State state) =>
        Escape(value, value is Made made && type.Msal.IsBuilder(made.Type) ? state.Open(made) : state);

    /// <summary>A builder that other code can reach may be changed by it at any time.</summary>
    private State Keep(Value value, State state) =>
        Escape(value, value is Made made && type.Msal.IsFilledStepByStep(made.Type) ? state.Open(made) : state);
}
