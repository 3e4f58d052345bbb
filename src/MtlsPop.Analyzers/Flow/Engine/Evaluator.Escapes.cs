using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>What becomes of values that go to other code, or are kept where other code can reach them.</summary>
internal sealed partial class Evaluator
{
    /// <summary>Values go to an operation that may keep or change them.</summary>
    private void HandOn(IOperation operation, AbstractValue receiver, ImmutableArray<Argument> arguments, AbstractValue result)
    {
        Dereference(operation, receiver, result, arguments);
        foreach (var argument in arguments)
        {
            if (argument.Parameter is null && argument.Value is MemberOf element && !Nullability.TakesNull(operation, argument.Parameter))
                _state = _state.AssumeUsed(element) ?? _state.ForgetNullness(element);
            else
                NoLongerNull(argument);

            if (argument is { Value: AllocatedObject or SymbolicInput, Parameter: { Type.Name: MsalNames.AuthenticationResult } parameter } && Nullability.MayAskForCertificate(parameter))
                _state = _state.MarkMaybeChecked(MemberOf.Of(argument.Value, MsalNames.BindingCertificate));
            StoreInObject(argument.Value);
        }
    }

    private void Dereference(IOperation operation, AbstractValue receiver, AbstractValue result, ImmutableArray<Argument> arguments)
    {
        if (_isUnreachable)
            return;

        // Whether a variable is disposed matters also where nobody knows what it holds.
        if (!receiver.IsUnknown || operation is IInvocationOperation { TargetMethod.Name: "Dispose" } || arguments.Any(argument => argument.Value is not (ConstantValue or { IsUnknown: true })))
            Record(operation, receiver, arguments, result);
        if (operation is not IInvocationOperation { Instance: null })
            _state = _state.AssumeUsed(receiver) ?? _state;
    }

    /// <summary>A callee that does not take null has thrown, or the value is not null: either way the fault was at this place.</summary>
    private void NoLongerNull(Argument argument)
    {
        if (argument is not { Value: MemberOf or OneOf, Parameter: { } parameter })
            return;

        if (!Nullability.AcceptsNull(parameter) || Nullability.ReturnsNotNull(parameter))
            _state = _state.AssumeUsed(argument.Value) ?? _state.ForgetNullness(argument.Value);
        else if (Nullability.MayCheck(parameter))
            _state = _state.MarkMaybeChecked(argument.Value);
    }

    private void Append(AbstractValue receiver, Step step)
    {
        switch (receiver)
        {
            case AllocatedObject:
                _state = _state.With(receiver, (_state[receiver] ?? CallLog.Escaped).Add(step));
                break;

            case SymbolicInput:
                _state = _state.With(receiver, (_state[receiver] ?? CallLog.Empty).Add(step));
                break;

            case MemberOf member:
                Append(member.Owner, step);
                break;

            case OneOf several:
                foreach (var part in several.Parts)
                {
                    if (part is AllocatedObject or SymbolicInput)
                        _state = _state.With(part, (_state[part] ?? CallLog.Empty).AddPerhaps(step));
                }

                break;
        }
    }

    private static string PathOf(AbstractValue receiver) => receiver is MemberOf member ? PathOf(member.Owner) + member.Name + "." : "";

    /// <summary>A builder that other code can reach may be changed by it at any time.</summary>
    private void StoreInObject(AbstractValue value)
    {
        if (TypeOf(value) is { } type && body.Program.Msal.IsFilledStepByStep(type))
            _state = _state.Escape(value);
        else if (value is OneOf several)
        {
            foreach (var part in several.Parts)
                StoreInObject(part);
        }

        EscapeDelegates(value);
    }

    private static ITypeSymbol? TypeOf(AbstractValue value) => value switch
    {
        AllocatedObject made => made.Type,
        SymbolicInput { Symbol: IParameterSymbol parameter } => parameter.Type,
        SymbolicInput { Symbol: ILocalSymbol local } => local.Type,
        _ => null,
    };

    /// <summary>A delegate that goes to other code may run at any time: what happens in it happens in the state that it goes in.</summary>
    private void EscapeDelegates(AbstractValue value)
    {
        switch (value)
        {
            case DelegateValue escaped:
                RunDeferred(escaped);
                break;

            case LazyValue or SequenceValue or OneOf:
                foreach (var part in value.Parts)
                    EscapeDelegates(part);
                break;
        }
    }
}
