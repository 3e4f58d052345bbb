using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>Calls: MSAL's are understood, a call whose source is here applies its summary, and what goes to any other may have had anything done to it.</summary>
internal sealed partial class Evaluator
{
    private static readonly ImmutableHashSet<string> _awaitingCalls =
        ImmutableHashSet.Create("ConfigureAwait", "GetAwaiter", "GetResult", "AsTask", "WaitAsync", "FromResult", "Preserve");

    private AbstractValue Invocation(IInvocationOperation invocation)
    {
        var receiver = Evaluate(invocation.Instance);
        if (!_isUnreachable && invocation.Instance is not null && _state.IsNull(receiver) == true)
        {
            // A call on null throws: record the dereference first.
            Dereference(invocation, receiver, AbstractValue.Unknown, ImmutableArray<Argument>.Empty);
            _isUnreachable = true;
        }

        var arguments = EvaluateArguments(invocation.Arguments);
        if (_isUnreachable)
            return AbstractValue.Unknown;

        var method = invocation.TargetMethod;
        if (method.IsExtensionMethod && arguments.Length > 0)
            receiver = arguments[0].Value;

        if (body.Program.Msal.Owns(method) || body.Program.Msal.IsRuntime(method))
            return MsalCall(invocation, method, method.IsExtensionMethod ? method.Parameters[0].Type : invocation.Instance?.Type, invocation.Type, receiver, arguments);

        if (IsTransparent(method))
            return invocation.Instance is not null ? receiver : arguments.Length > 0 ? arguments[0].Value : AbstractValue.Unknown;

        if (method.MethodKind == MethodKind.DelegateInvoke && receiver is DelegateValue or SymbolicInput)
            return Invoke(receiver, arguments, invocation.Syntax);

        if (TextOf(method, arguments) is { } text)
        {
            HandOn(invocation, AbstractValue.Unknown, arguments, text);
            return text;
        }

        if (method is { Name: "Parse", ContainingType.Name: "AuthenticationHeaderValue" })
        {
            var header = Allocate(invocation, invocation.Type!, CallLog.Empty.Add(new Step(method.Name, method, invocation.Syntax, receiver, arguments)));
            HandOn(invocation, AbstractValue.Unknown, arguments, header);
            return header;
        }

        if (KeepsWhatIsMade(invocation) && arguments.FirstOrDefault(argument => argument.Value is DelegateValue) is { Value: DelegateValue factory } given)
        {
            HandOn(invocation, receiver, arguments.Remove(given), AbstractValue.Unknown);
            var made = Invoke(factory, ImmutableArray<Argument>.Empty, invocation.Syntax);
            foreach (var argument in invocation.Arguments)
            {
                if (argument.Parameter is { RefKind: RefKind.Ref })
                    Assign(argument.Value, AbstractValue.Unknown, made, invocation);
            }

            return made;
        }

        return SourceCall(invocation, receiver, arguments) ?? UnseenCall(invocation, receiver, arguments);
    }

    private static bool IsTransparent(IMethodSymbol method) =>
        _awaitingCalls.Contains(method.Name)
        && method.ContainingNamespace is { Name: "Tasks" or "CompilerServices", ContainingNamespace.Name: "Threading" or "Runtime" };

    /// <summary>A table of applications gives what its factory makes: now, or before.</summary>
    private bool KeepsWhatIsMade(IInvocationOperation call) =>
        call is { TargetMethod.Name: "GetOrAdd" or "GetOrCreate" or "EnsureInitialized", Type: { } kept }
        && body.Program.Msal.OwnsType(kept)
        && !body.Program.Msal.Is(kept, MsalNames.AuthenticationResult);

    /// <summary>A call whose source is here and whose target is certain; null where it is not.</summary>
    private AbstractValue? SourceCall(IInvocationOperation invocation, AbstractValue receiver, ImmutableArray<Argument> arguments)
    {
        var method = invocation.TargetMethod;
        if (body.Program.SummaryOf(method, body) is not { } summary)
            return null;

        Dereference(invocation, invocation.Instance is IInstanceReferenceOperation ? AbstractValue.Unknown : receiver, AbstractValue.Unknown, arguments);
        foreach (var argument in arguments)
            NoLongerNull(argument);
        var value = Apply(summary, method, arguments, invocation.Syntax, isSameInstance: invocation.Instance is null or IInstanceReferenceOperation, given: invocation.Arguments);
        return value;
    }

    private AbstractValue MsalCall(IOperation call, IMethodSymbol method, ITypeSymbol? receiverType, ITypeSymbol? type, AbstractValue receiver, ImmutableArray<Argument> arguments)
    {
        var msal = body.Program.Msal;
        if (receiver is SymbolicInput or OneOf)
            _state = _state.Assume(receiver, isNull: false) ?? _state;
        var before = _state;
        var value = AbstractValue.Unknown;
        var step = new Step(method.Name, method, call.Syntax, receiver, arguments);
        var takesBuilder = msal.IsBuilder(receiverType);

        if (msal.IsBuilder(type) && !takesBuilder)
        {
            value = Allocate(call, type!, CallLog.Empty.Add(step));
        }
        else if (msal.IsBuilder(type))
        {
            value = receiver;
            if (body.Program.Subject.IsStep(method))
                Append(receiver, step);
        }
        else if (takesBuilder && method.Name == MsalNames.Build)
        {
            value = Allocate(call, type!, BuiltFrom(receiver).Add(step));
        }
        else if (method.Name is MsalNames.ExecuteAsync or MsalNames.AcquireMtlsPopTokenAsync)
        {
            value = Allocate(call, type!, CallLog.Empty.Add(step));
            if (msal.IsRuntime(method))
                _state = _state.Assume(MemberOf.Of(value, MsalNames.BindingCertificate), isNull: false) ?? _state;
        }
        else if (method.Name == MsalNames.RequireBinding && msal.IsRuntime(method))
        {
            value = MemberOf.Of(receiver, MsalNames.BindingCertificate);
            _state = _state.Assume(value, isNull: false) ?? _state;
        }
        else if (method.Name == MsalNames.CreateAuthorizationHeader)
        {
            value = MemberOf.Of(receiver, MsalNames.CreateAuthorizationHeader);
        }

        body.Record(new TraceEvent(call, before, receiver, arguments, value, CallSite: null) { Method = method });
        foreach (var argument in arguments)
        {
            NoLongerNull(argument);
            EscapeDelegates(argument.Value);
        }

        return value;
    }

    /// <summary>What was done to the builder, whichever it is.</summary>
    private CallLog BuiltFrom(AbstractValue builder)
    {
        switch (builder)
        {
            case AllocatedObject:
                return _state[builder] ?? CallLog.Escaped;

            case OneOf several:
                CallLog? joined = null;
                foreach (var part in several.Parts)
                    joined = joined is null ? BuiltFrom(part) : CallLog.Join(joined, BuiltFrom(part));
                return joined!;

            case SymbolicInput:
                return (_state[builder] ?? CallLog.Empty).BuiltFrom(builder);

            default:
                return CallLog.Escaped;
        }
    }

    private AllocatedObject Allocate(IOperation operation, ITypeSymbol type, CallLog log)
    {
        var made = new AllocatedObject(operation.Syntax, type is INamedTypeSymbol { Name: "Task", TypeArguments: { Length: 1 } awaited } ? awaited[0] : type, null);
        if (_state[made] is not null)
            _state = _state.Forget(made);
        _state = _state.With(made, log);
        return made;
    }

    private AbstractValue Creation(IObjectCreationOperation creation)
    {
        var arguments = EvaluateArguments(creation.Arguments);
        if (_isUnreachable || creation.Type is null)
            return AbstractValue.Unknown;

        // A result that no request gave is a double for tests: it says nothing about how tokens are acquired.
        if (body.Program.Msal.Is(creation.Type, MsalNames.AuthenticationResult))
            return AbstractValue.Unknown;

        if (creation.Type is { Name: "Lazy" } && arguments.Length > 0 && arguments[0].Value is DelegateValue factory)
            return new LazyValue(RunNowOrLater(factory));

        if (creation.Type is { Name: "ValueTask" } && arguments.Length == 1)
            return arguments[0].Value;

        var step = new Step(".ctor", (ISymbol?)creation.Constructor ?? creation.Type, creation.Syntax, AbstractValue.Unknown, arguments);
        var made = Allocate(creation, creation.Type, CallLog.Empty.Add(step));
        HandOn(creation, AbstractValue.Unknown, arguments, made);
        if (!_isUnreachable && body.Program.SummaryOf(creation.Constructor, body) is { } constructor)
            Apply(constructor, creation.Constructor!, arguments, creation.Syntax, isSameInstance: false, given: creation.Arguments);
        return made;
    }

    private ImmutableArray<Argument> EvaluateArguments(ImmutableArray<IArgumentOperation> operations)
    {
        var arguments = ImmutableArray.CreateBuilder<Argument>(operations.Length);
        foreach (var argument in operations)
            arguments.Add(new Argument(argument.Parameter?.Name ?? "", argument.Parameter, Evaluate(argument.Value), argument.Value.Syntax));
        return arguments.MoveToImmutable();
    }

    /// <summary>A call into code that is not seen.</summary>
    private AbstractValue UnseenCall(IInvocationOperation invocation, AbstractValue receiver, ImmutableArray<Argument> arguments)
    {
        var method = invocation.TargetMethod;
        HandOn(invocation, receiver, arguments, AbstractValue.Unknown);
        if (Nullability.NeverReturns(method))
            _isUnreachable = true;
        if (_isUnreachable)
            return AbstractValue.Unknown;

        if (body.Program.Subject.IsStep(method))
            Append(receiver, new Step(PathOf(receiver) + method.Name, method, invocation.Syntax, receiver, arguments));
        if (receiver is SequenceValue && invocation.Instance is { Type.Name: "List" or "IList" or "ICollection" or "HashSet" or "ISet" } collection)
            Forget(collection, invocation);
        foreach (var argument in arguments)
            _state = _state.Escape(argument.Value);

        foreach (var argument in invocation.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Ref or RefKind.Out })
                Assign(Declared(argument.Value), AbstractValue.Unknown, AbstractValue.Unknown, invocation);
        }

        return WhatItTells(method, arguments) ?? PrivateKey(method, receiver) ?? Comparisons(method, receiver, arguments);
    }

    /// <summary>What a method tells of its arguments when it returns, or by what it returns.</summary>
    private AbstractValue? WhatItTells(IMethodSymbol method, ImmutableArray<Argument> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument is not { Value: MemberOf or OneOf or Condition or ConstantValue { Data: null or bool }, Parameter: { } parameter })
                continue;

            if (argument.Value is ConstantValue { Data: null } && Nullability.ReturnsNotNull(parameter))
            {
                _isUnreachable = true;
                return AbstractValue.Unknown;
            }

            if (Nullability.ReturnsOnlyWhen(method, parameter) is { } returnsWhen)
            {
                if (_state.AssumeCondition(argument.Value, returnsWhen) is { } returned)
                    _state = returned;
                else
                    _isUnreachable = true;
            }
            else if (Nullability.TellsNotNull(parameter) is { } passedWhen)
            {
                var passed = argument.Value is ConstantValue { Data: null } ? ConstantValue.False : Condition.Passed(argument.Value);
                return passedWhen ? passed : Opposite(passed);
            }
        }

        return null;
    }

    private static IOperation Declared(IOperation argument) => argument is IDeclarationExpressionOperation declaration ? declaration.Expression : argument;
}
