using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow;

/// <summary>Calls: MSAL's are understood, the type's own are walked into, and what goes to any other may have had anything done to it.</summary>
internal sealed partial class Evaluator
{
    private const int DepthLimit = 4;

    private static readonly ImmutableHashSet<string> _awaitingCalls =
        ImmutableHashSet.Create("ConfigureAwait", "GetAwaiter", "GetResult", "AsTask", "WaitAsync", "FromResult", "Preserve");

    private IEnumerable<Outcome> Invocation(IInvocationOperation invocation, State state)
    {
        foreach (var receiver in Evaluate(invocation.Instance, state))
        {
            // A call on null leaves this path, but not unseen.
            if (invocation.Instance is not null && receiver.State.IsNull(receiver.Value) == true)
            {
                Dereference(invocation, receiver.Value, Value.Unknown, ImmutableArray<Argument>.Empty, receiver.State);
                continue;
            }

            foreach (var (arguments, after) in Arguments(invocation.Arguments, receiver.State))
            {
                foreach (var outcome in Invoke(invocation, receiver.Value, arguments, after))
                    yield return outcome;
            }
        }
    }

    private IEnumerable<Outcome> Invoke(IInvocationOperation invocation, Value receiver, ImmutableArray<Argument> arguments, State state)
    {
        var method = invocation.TargetMethod;
        if (method.IsExtensionMethod && arguments.Length > 0)
            receiver = arguments[0].Value;

        if (type.Msal.Owns(method) || type.Msal.IsRuntime(method))
            return [MsalCall(invocation, receiver, arguments, state)];

        if (IsTransparent(method))
            return One(invocation.Instance is not null ? receiver : arguments.Length > 0 ? arguments[0].Value : Value.Unknown, state);

        if (method.MethodKind == MethodKind.DelegateInvoke && receiver is Callback callback)
            return Call(callback, arguments, state, new Frame(frame, invocation.Syntax));

        if (TextOf(method, arguments) is { } text)
            return One(text, HandOn(invocation, Value.Unknown, arguments, text, state));

        if (method is { Name: "Parse", ContainingType.Name: "AuthenticationHeaderValue" })
        {
            var (header, made) = Make(invocation, History.Empty.Add(new Step(method.Name, method, invocation.Syntax, arguments)), state);
            return One(header, HandOn(invocation, Value.Unknown, arguments, header, made));
        }

        if (KeepsWhatIsMade(invocation) && arguments.FirstOrDefault(argument => argument.Value is Callback) is { Value: Callback factory } given)
        {
            var handed = HandOn(invocation, receiver, arguments, Value.Unknown, state);
            return Call(factory, arguments.Remove(given), handed, new Frame(frame, invocation.Syntax)).ConvertAll(made => Store(invocation, made));
        }

        if (invocation.Instance is null or IInstanceReferenceOperation && CanWalkInto(method) && type.GraphOf(method, null, graph) is not null)
        {
            var handed = arguments.Aggregate(Dereference(invocation, Value.Unknown, Value.Unknown, arguments, state), (after, argument) => NoLongerNull(argument, after));
            if (WalkInto(method, null, graph, arguments, handed, new Frame(frame, invocation.Syntax)) is { } outcomes)
                return ReturnArguments(invocation, outcomes);
        }

        return Unseen(invocation, receiver, arguments, state);
    }

    private static bool IsTransparent(IMethodSymbol method) =>
        _awaitingCalls.Contains(method.Name)
        && method.ContainingNamespace is { Name: "Tasks" or "CompilerServices", ContainingNamespace.Name: "Threading" or "Runtime" };

    /// <summary>A table of applications gives what its factory makes: now, or before.</summary>
    private bool KeepsWhatIsMade(IInvocationOperation call) =>
        call is { TargetMethod.Name: "GetOrAdd" or "GetOrCreate" or "EnsureInitialized", Type: { } kept } && type.Msal.OwnsType(kept) && !type.Msal.Is(kept, MsalNames.AuthenticationResult);

    /// <summary>What the factory makes is also in the variable that is to hold it.</summary>
    private Outcome Store(IInvocationOperation invocation, Outcome made)
    {
        var state = made.State;
        foreach (var argument in invocation.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Ref })
                state = Assign(argument.Value, Value.Unknown, made.Value, invocation, state);
        }

        return made with { State = state };
    }

    private static bool CanWalkInto(IMethodSymbol method) =>
        method.MethodKind == MethodKind.LocalFunction
        || method.IsStatic
        || !(method.IsVirtual || method.IsAbstract || (method.IsOverride && !method.IsSealed))
        || method.ContainingType.IsSealed;

    private Outcome MsalCall(IInvocationOperation invocation, Value receiver, ImmutableArray<Argument> arguments, State state)
    {
        var method = invocation.TargetMethod;
        var before = state;
        var value = Value.Unknown;
        var step = new Step(method.Name, method, invocation.Syntax, arguments, receiver);
        var takesBuilder = type.Msal.IsBuilder(method.IsExtensionMethod ? method.Parameters[0].Type : invocation.Instance?.Type);

        if (type.Msal.IsBuilder(invocation.Type) && !takesBuilder)
        {
            (value, state) = Make(invocation, History.Empty.Add(step), state);
        }
        else if (type.Msal.IsBuilder(invocation.Type))
        {
            value = receiver;
            state = Append(receiver, step, state);
        }
        else if (takesBuilder && method.Name == MsalNames.Build)
        {
            var built = receiver is Made builder && state[builder] is { } history ? history : History.Empty.Opened;
            (value, state) = Make(invocation, built.Add(step), state);
        }
        else if (method.Name is MsalNames.ExecuteAsync or MsalNames.AcquireMtlsPopTokenAsync)
        {
            (value, state) = Make(invocation, History.Empty.Add(step), state);
            if (type.Msal.IsRuntime(method) && state.Assume(new Part(value, MsalNames.BindingCertificate), isNull: false) is { } bound)
                state = bound;
        }
        else if (method.Name == MsalNames.RequireBinding && type.Msal.IsRuntime(method))
        {
            value = receiver is Made or Received ? new Part(receiver, MsalNames.BindingCertificate) : Value.Unknown;
            state = state.Assume(value, isNull: false) ?? state;
        }
        else if (method.Name == MsalNames.CreateAuthorizationHeader && receiver is Made or Received)
        {
            value = new Part(receiver, MsalNames.CreateAuthorizationHeader);
        }

        type.Observe(new Observation(invocation, before, receiver, arguments, value, frame));
        foreach (var argument in arguments)
            state = Escape(argument.Value, NoLongerNull(argument, state));
        return new Outcome(value, state);
    }

    private (Value Value, State State) Make(IOperation operation, History history, State state)
    {
        var type = operation.Type is INamedTypeSymbol { Name: "Task", TypeArguments: { Length: 1 } awaited } ? awaited[0] : operation.Type!;
        var made = new Made(operation.Syntax, type, frame);
        return (made, state.With(made, history));
    }

    private IEnumerable<Outcome> Creation(IObjectCreationOperation creation, State state)
    {
        foreach (var (arguments, after) in Arguments(creation.Arguments, state))
        {
            // A result that no request gave is a double for tests: it says nothing about how tokens are acquired.
            if (creation.Type is null || type.Msal.Is(creation.Type, MsalNames.AuthenticationResult))
            {
                yield return new Outcome(Value.Unknown, after);
            }
            else if (creation.Type is { Name: "Lazy" } && arguments.Length > 0 && arguments[0].Value is Callback factory)
            {
                yield return new Outcome(new Deferred(factory, creation.Syntax), after);
            }
            else if (creation.Type is { Name: "ValueTask" } && arguments.Length == 1)
            {
                yield return new Outcome(arguments[0].Value, after);
            }
            else
            {
                var step = new Step(".ctor", (ISymbol?)creation.Constructor ?? creation.Type, creation.Syntax, arguments);
                var (made, known) = Make(creation, History.Empty.Add(step), after);
                yield return new Outcome(made, HandOn(creation, Value.Unknown, arguments, made, known));
            }
        }
    }

    private List<(ImmutableArray<Argument> Arguments, State State)> Arguments(ImmutableArray<IArgumentOperation> operations, State state)
    {
        var paths = new List<(ImmutableArray<Argument>, State)>();
        foreach (var (values, after) in InOrder(operations.Select(argument => argument.Value), state))
        {
            var arguments = ImmutableArray.CreateBuilder<Argument>(values.Length);
            for (var i = 0; i < values.Length; i++)
                arguments.Add(new Argument(operations[i].Parameter?.Name ?? "", operations[i].Parameter, values[i], operations[i].Value.Syntax));
            paths.Add((arguments.MoveToImmutable(), after));
        }

        return paths;
    }

    /// <summary>A call into code that nobody here can see.</summary>
    private IEnumerable<Outcome> Unseen(IInvocationOperation invocation, Value receiver, ImmutableArray<Argument> arguments, State state)
    {
        var method = invocation.TargetMethod;
        var step = new Step(PathOf(receiver) + method.Name, method, invocation.Syntax, arguments);
        state = HandOn(invocation, receiver, arguments, Value.Unknown, state);
        if (Nullability.NeverReturns(method))
            yield break;

        state = Append(receiver, step, state);
        if (receiver is Sequence && invocation.Instance is { Type.Name: "List" or "IList" or "ICollection" or "HashSet" or "ISet" } collection)
            state = Forget(collection, invocation, state);
        foreach (var argument in arguments)
            state = state.Open(argument.Value);

        foreach (var argument in invocation.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Ref or RefKind.Out })
                state = Assign(argument.Value, Value.Unknown, Value.Unknown, invocation, state);
        }

        foreach (var argument in arguments)
        {
            if (argument is not { Value: Part or Test or Constant { Data: null or bool }, Parameter: { } parameter })
                continue;

            if (argument.Value is Constant { Data: null } && Nullability.ReturnsNotNull(parameter))
                yield break;

            if (Nullability.ReturnsOnlyWhen(method, parameter) is { } returnsWhen)
            {
                if (Assume(new Outcome(argument.Value, state), returnsWhen) is not { } returned)
                    yield break;
                state = returned;
            }
            else if (Nullability.TellsNotNull(parameter) is { } passedWhen)
            {
                var passed = argument.Value is Constant { Data: null } ? new Constant(false) : (Value)Test.Passed(argument.Value);
                yield return new Outcome(passedWhen ? passed : Opposite(passed), state);
                yield break;
            }
        }

        yield return new Outcome(PrivateKey(method, receiver) ?? Comparisons(method, receiver, arguments), state);
    }

    private List<Outcome> Call(Callback callback, ImmutableArray<Argument> arguments, State state, Frame inner) =>
        WalkInto(callback.Method, callback.Lambda, callback.Graph ?? graph, arguments, type.Within(callback, state, frame), inner) ?? [new Outcome(Value.Unknown, state)];

    private List<Outcome>? WalkInto(
        IMethodSymbol method, IFlowAnonymousFunctionOperation? lambda, ControlFlowGraph from, ImmutableArray<Argument> arguments, State state, Frame inner)
    {
        if (inner.Depth > DepthLimit || type.GraphOf(method, lambda, from) is not { } body || type.IsGivenUp(body) || !type.Enter(method))
            return null;

        var before = state;
        for (var i = 0; i < method.Parameters.Length; i++)
        {
            var parameter = method.Parameters[i];
            var value = Value.Unknown;
            for (var j = 0; j < arguments.Length; j++)
            {
                if (arguments[j].Parameter is { } bound && bound.Ordinal == i && parameter.RefKind != RefKind.Out)
                    value = arguments[j].Value;
            }

            state = state.With(parameter, value);
        }

        var outcomes = type.RunWithin(walker, body, state, inner);
        type.Leave(method);

        // A method that only throws, as one that is not written yet does, says nothing of what comes after its call.
        if (outcomes is { Count: 0 } && !body.Blocks[body.Blocks.Length - 1].IsReachable && !Nullability.NeverReturns(method))
            return [new Outcome(Value.Unknown, arguments.Aggregate(before.DoubtNulls(), (after, argument) => after.Open(argument.Value)))];

        return outcomes is null ? null : Walker.Bounded(outcomes.ConvertAll(outcome => new Outcome(outcome.Value, Forget(outcome.State, method, body, keepOut: true))));
    }

    private IEnumerable<Outcome> ReturnArguments(IInvocationOperation invocation, List<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            var state = outcome.State;
            foreach (var argument in invocation.Arguments)
            {
                if (argument.Parameter is not { RefKind: RefKind.Ref or RefKind.Out } parameter)
                    continue;

                var definition = invocation.TargetMethod.OriginalDefinition.Parameters[parameter.Ordinal];
                var value = state[definition] ?? Value.Unknown;
                state = Assign(argument.Value is IDeclarationExpressionOperation declaration ? declaration.Expression : argument.Value, Value.Unknown, value, invocation, state);
            }

            yield return new Outcome(outcome.Value, Forget(state, invocation.TargetMethod, null, keepOut: false));
        }
    }

    /// <summary>Drops the variables of a body that was left, so that paths which differ in them alone are one again.</summary>
    private static State Forget(State state, IMethodSymbol method, ControlFlowGraph? body, bool keepOut) => state.Without(key => key switch
    {
        Capture capture => capture.Graph == body,
        ILocalSymbol local => SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, method),
        IParameterSymbol parameter => SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method.OriginalDefinition) && !(keepOut && parameter.RefKind != RefKind.None),
        _ => false,
    });
}
