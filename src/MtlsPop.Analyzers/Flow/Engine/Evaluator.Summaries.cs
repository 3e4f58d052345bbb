using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>Applies the summaries of bodies that are called, or that may be called later.</summary>
internal sealed partial class Evaluator
{
    /// <summary>Calls a body whose summary is known.</summary>
    /// <returns>What it returns; null where it is not known what the call does.</returns>
    private AbstractValue? Apply(
        Summary summary, IMethodSymbol method, ImmutableArray<Argument> arguments, SyntaxNode call, bool isSameInstance = true, ImmutableArray<IArgumentOperation> given = default, DelegateValue? callee = null)
    {
        if (!summary.IsUnderstood)
            return NotReturned(method, arguments);

        var results = new Dictionary<DelegateValue, AbstractValue>();
        foreach (var argument in arguments)
        {
            if (argument.Value is DelegateValue handed)
                results[handed] = RunNowOrLater(handed);
        }

        var before = _state;
        var substitution = new Substitution(
            call,
            value => value is SymbolicInput { Symbol: var symbol } ? Resolve(symbol, method, arguments, isSameInstance, callee) : null,
            handed => results.TryGetValue(handed, out var result) ? result : AbstractValue.Unknown);

        foreach (var happened in summary.EventsForCallers(body.Program.Subject))
            Lift(happened, substitution, before);
        foreach (var returned in summary.Returns)
            body.Returned(returned.Function, Lift(returned.Result, substitution, before));

        if (summary.Exits.IsEmpty)
            return NotReturned(method, arguments) ?? AbstractValue.Unknown;

        var exits = new List<(EvaluationResult Exit, AbstractValue Value, State State)>();
        foreach (var exit in summary.Exits)
        {
            var roots = new List<AbstractValue> { exit.Value };
            roots.AddRange(exit.State.Logs.Select(entry => entry.Key).Where(key => key is SymbolicInput));
            roots.AddRange(exit.State.Variables.Where(variable => LeavesWith(variable.Key, method)).Select(variable => variable.Value));
            roots.AddRange(exit.State.Predicates.Where(predicate => predicate.Value.IsOpen).Select(predicate => predicate.Value));
            if (substitution.Transfer(roots, exit.State, before, before) is { } after)
                exits.Add((exit, substitution.Map(exit.Value, exit.State), after));
        }

        if (exits.Count == 0)
        {
            _isUnreachable = true;
            return AbstractValue.Unknown;
        }

        for (var i = 0; i < exits.Count; i++)
        {
            _state = exits[i].State;
            foreach (var variable in exits[i].Exit.State.Variables.Where(variable => LeavesWith(variable.Key, method)).ToList())
                Return(variable.Key, substitution.Map(variable.Value, exits[i].Exit.State), method, given, isSameInstance);
            foreach (var received in exits[i].Exit.State.Logs)
            {
                if (received is { Key: SymbolicInput, Value.IsEscaped: true } && substitution.Map(received.Key, exits[i].Exit.State) is SequenceValue changed)
                    ForgetElements(changed);
            }

            exits[i] = (exits[i].Exit, exits[i].Value, _state);
        }

        _state = exits.Select(exit => exit.State).Aggregate((left, right) => State.Join(left, right));
        return Decision(exits) ?? OneOf.Create(exits.Select(exit => exit.Value));
    }

    /// <summary>A body that only throws, as one that is not written yet does, says nothing of what comes after its call; nor does one that is not understood.</summary>
    private AbstractValue? NotReturned(IMethodSymbol method, ImmutableArray<Argument> arguments)
    {
        if (Nullability.NeverReturns(method))
            _isUnreachable = true;

        _state = _state.ForgetNulls();
        foreach (var argument in arguments)
            _state = _state.Escape(argument.Value);
        return null;
    }

    /// <summary>What is known where the body returned true, and where it returned false.</summary>
    private static Condition? Decision(List<(EvaluationResult Exit, AbstractValue Value, State State)> exits)
    {
        if (exits.Count != 2 || exits[0].Value is not ConstantValue { Data: bool first } || exits[1].Value is not ConstantValue { Data: bool second } || first == second)
            return null;

        var (whenTrue, whenFalse) = first ? (exits[0], exits[1]) : (exits[1], exits[0]);
        return Condition.Of(Differences(whenTrue.State, whenFalse.State), Differences(whenFalse.State, whenTrue.State));
    }

    private static IEnumerable<Predicate> Differences(State state, State other)
    {
        foreach (var (value, isNullness, holds) in state.Predicates)
        {
            if (holds is not { } known)
                continue;

            if (isNullness && other.IsNull(value) != known)
                yield return Predicate.OfNull(value, known);
            else if (!isNullness && other.IsSet(value) != known)
                yield return Predicate.OfFlag(value, known);
        }
    }

    /// <summary>What a callee's parameter, field or variable is here.</summary>
    private AbstractValue? Resolve(ISymbol symbol, IMethodSymbol method, ImmutableArray<Argument> arguments, bool isSameInstance, DelegateValue? callee)
    {
        if (symbol is IParameterSymbol parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method.OriginalDefinition))
        {
            foreach (var argument in arguments)
            {
                if (argument.Parameter is { } bound && bound.Ordinal == parameter.Ordinal)
                    return parameter.RefKind == RefKind.Out ? AbstractValue.Unknown : argument.Value;
            }

            return AbstractValue.Unknown;
        }

        if (symbol is IParameterSymbol or ILocalSymbol)
            return callee is { IsOutlived: true } ? callee.ValueOf(symbol) ?? AbstractValue.Unknown : Variable(symbol);

        return isSameInstance ? Member(symbol) : null;
    }

    /// <summary>Variables that are not the callee's own: members, parameters that it gives back, and variables of the functions around it.</summary>
    private static bool LeavesWith(ISymbol variable, IMethodSymbol method) => variable switch
    {
        IFieldSymbol or IPropertySymbol => true,
        IParameterSymbol { RefKind: RefKind.Out or RefKind.Ref } => true,
        ILocalSymbol or IParameterSymbol => !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, method.OriginalDefinition),
        _ => false,
    };

    private void Return(ISymbol variable, AbstractValue value, IMethodSymbol method, ImmutableArray<IArgumentOperation> given, bool isSameInstance)
    {
        switch (variable)
        {
            case IParameterSymbol parameter when SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method.OriginalDefinition):
                if (given.IsDefault)
                    return;

                foreach (var argument in given)
                {
                    if (argument.Parameter is { } bound && bound.Ordinal == parameter.Ordinal)
                        Assign(Declared(argument.Value), AbstractValue.Unknown, value, argument);
                }

                break;

            case IFieldSymbol or IPropertySymbol:
                if (isSameInstance || variable.IsStatic)
                    _state = _state.With(variable, value);
                break;

            default:
                _state = _state.With(variable, body.IsSharedWithLambdas(variable) ? AbstractValue.Unknown : value);
                break;
        }
    }

    private void Lift(TraceEvent happened, Substitution substitution, State before)
    {
        if (happened.CallSite is { Depth: >= CallSite.DepthLimit })
            return;

        if (substitution.Transfer(happened.Values, happened.State, before, before) is not { } state)
            return;

        body.Record(new TraceEvent(
            happened.Operation,
            state,
            substitution.Map(happened.Receiver, happened.State),
            substitution.Map(happened.Arguments, happened.State),
            substitution.Map(happened.Result, happened.State),
            substitution.CallSiteOf(happened.CallSite),
            happened.Stored));
    }

    private static EvaluationResult Lift(EvaluationResult returned, Substitution substitution, State before) =>
        new(substitution.Map(returned.Value, returned.State), substitution.Transfer([returned.Value], returned.State, before, before) ?? before);

    /// <summary>Calls a delegate.</summary>
    private AbstractValue Invoke(AbstractValue called, ImmutableArray<Argument> arguments, SyntaxNode call)
    {
        if (called is DelegateValue known && body.SummaryOf(known) is { } summary)
            return Apply(summary, known.Method, arguments, call, callee: known) ?? AbstractValue.Unknown;

        foreach (var argument in arguments)
            StoreInObject(argument.Value);
        return called is SymbolicInput ? new MemberOf(called, Substitution.ResultOfCall) : AbstractValue.Unknown;
    }

    /// <summary>A delegate goes to code that may call it at once: what it does is perhaps done after the call.</summary>
    private AbstractValue RunNowOrLater(DelegateValue handed)
    {
        if (body.SummaryOf(handed) is not { } summary)
            return AbstractValue.Unknown;

        var before = _state;
        var result = Call(handed, summary);
        _state = _isUnreachable ? before : State.Join(before, _state);
        _isUnreachable = false;
        return result ?? AbstractValue.Unknown;
    }

    private AbstractValue? Call(DelegateValue called, Summary summary)
    {
        if (!body.Enter(called))
            return null;

        var result = Apply(summary, called.Method, ImmutableArray<Argument>.Empty, called.Lambda?.Syntax ?? graph.OriginalOperation.Syntax, callee: called);
        if (result is not null && !_isUnreachable)
            body.Returned(called.Method, new EvaluationResult(result, _state));
        body.Leave(called);
        return result;
    }

    /// <summary>Runs a delegate that nothing calls.</summary>
    public void RunUncalled(DelegateValue made, State state)
    {
        Begin(state);
        RunDeferred(made);
    }

    /// <summary>A delegate may run at any later time: a builder may have been changed by then, and it may change the builders that it names.</summary>
    private void RunDeferred(DelegateValue escaped)
    {
        if (_isUnreachable || body.SummaryOf(escaped) is not { } summary)
            return;

        var before = _state;
        foreach (var made in _state.Objects.ToList())
        {
            if (body.Program.Msal.IsBuilder(made.Type))
                _state = _state.With(made, _state[made]!.MarkEscaped());
        }

        Call(escaped, summary);
        _isUnreachable = false;

        _state = before;
        var text = escaped.Lambda?.Syntax ?? escaped.Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        foreach (var variable in _state.Variables.ToList())
        {
            if (variable.Value is AllocatedObject made && body.Program.Msal.IsFilledStepByStep(made.Type) && text is not null && Mentions.Word(text, variable.Key.Name))
                _state = _state.Escape(made);
        }
    }
}
