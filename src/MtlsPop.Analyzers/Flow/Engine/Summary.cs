using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>What a body does, in terms of what it receives: understood once, and applied by each call.</summary>
internal sealed class Summary
{
    /// <summary>More is not told to callers: what it is about is unknown to them.</summary>
    private const int EventLimit = 256;

    public static readonly Summary NotUnderstood = new(ImmutableArray<EvaluationResult>.Empty, ImmutableArray<TraceEvent>.Empty, ImmutableArray<ReturnedValue>.Empty, isUnderstood: false, isFunction: false);

    private readonly bool _isFunction;
    private ImmutableArray<TraceEvent> _eventsForCallers;

    public Summary(ImmutableArray<EvaluationResult> exits, ImmutableArray<TraceEvent> events, ImmutableArray<ReturnedValue> returns, bool isUnderstood, bool isFunction)
    {
        Exits = exits;
        Events = events;
        Returns = returns;
        IsUnderstood = isUnderstood;
        _isFunction = isFunction;
    }

    /// <summary>The ways out: one for each constant truth or null that is returned, and one for all else. None where the body only throws.</summary>
    public ImmutableArray<EvaluationResult> Exits { get; }

    /// <summary>What happens in the body, and in what it calls.</summary>
    public ImmutableArray<TraceEvent> Events { get; }

    /// <summary>What the lambdas in it return.</summary>
    public ImmutableArray<ReturnedValue> Returns { get; }

    /// <summary>False where the body is nested too deep.</summary>
    public bool IsUnderstood { get; }

    /// <summary>The events of which a caller knows more: they are about something that the body received, or that it hands out. What happens in a lambda or local function happens in the member around it.</summary>
    public ImmutableArray<TraceEvent> EventsForCallers(Subject subject)
    {
        if (!_eventsForCallers.IsDefault)
            return _eventsForCallers;

        if (_isFunction)
            return _eventsForCallers = Events.RemoveAll(happened => !subject.Includes(happened));

        var handedOut = new HashSet<AbstractValue>();
        foreach (var exit in Exits)
            handedOut.UnionWith(HandedOut(exit).SelectMany(value => value.Objects));
        return _eventsForCallers = Events.Where(happened => subject.Includes(happened) && MattersToCallers(happened, handedOut, subject)).Take(EventLimit).ToImmutableArray();
    }

    private static bool MattersToCallers(TraceEvent happened, HashSet<AbstractValue> handedOut, Subject subject) =>
        happened.Values.Any(value => value.Objects.Any(handedOut.Contains))
        || Reachability.From(happened.Values, happened.State, subject).Any(value => value is SymbolicInput { Symbol: IParameterSymbol or ILocalSymbol });

    private static IEnumerable<AbstractValue> HandedOut(EvaluationResult exit) => exit.State.Variables
        .Where(variable => variable.Key is IFieldSymbol or IPropertySymbol or IParameterSymbol { RefKind: RefKind.Out or RefKind.Ref })
        .Select(variable => variable.Value)
        .Concat([exit.Value]);
}

/// <summary>What a lambda or local function returns, as seen by the body around it.</summary>
internal readonly record struct ReturnedValue(IMethodSymbol Function, EvaluationResult Result);
