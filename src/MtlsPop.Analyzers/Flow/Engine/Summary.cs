using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>What a body does, in terms of what it receives: understood once, and applied by each call.</summary>
internal sealed class Summary
{
    /// <summary>More is not told to callers: what it is about is unknown to them.</summary>
    private const int EventLimit = 256;

    public static readonly Summary NotUnderstood = new(ImmutableArray<EvaluationResult>.Empty, ImmutableArray<TraceEvent>.Empty, ImmutableArray<ReturnedValue>.Empty, isUnderstood: false);

    private ImmutableArray<TraceEvent> _eventsForCallers;

    public Summary(ImmutableArray<EvaluationResult> exits, ImmutableArray<TraceEvent> events, ImmutableArray<ReturnedValue> returns, bool isUnderstood)
    {
        Exits = exits;
        Events = events;
        Returns = returns;
        IsUnderstood = isUnderstood;
    }

    /// <summary>The ways out: one for each constant truth or null that is returned, and one for all else. None where the body only throws.</summary>
    public ImmutableArray<EvaluationResult> Exits { get; }

    /// <summary>What happens in the body, and in what it calls.</summary>
    public ImmutableArray<TraceEvent> Events { get; }

    /// <summary>What the lambdas in it return.</summary>
    public ImmutableArray<ReturnedValue> Returns { get; }

    /// <summary>False where the body is nested too deep.</summary>
    public bool IsUnderstood { get; }

    /// <summary>The events of which a caller knows more: they are about something that the body received, or that it hands out.</summary>
    public ImmutableArray<TraceEvent> EventsForCallers(Subject subject)
    {
        if (!_eventsForCallers.IsDefault)
            return _eventsForCallers;

        var handedOut = new HashSet<AbstractValue>();
        foreach (var exit in Exits)
            handedOut.UnionWith(Reachability.From(HandedOut(exit), exit.State).Where(value => value is AllocatedObject));
        return _eventsForCallers = Events
            .Where(happened => subject.Includes(happened) && Reachability.From(happened.Values, happened.State).Any(value => value is SymbolicInput || handedOut.Contains(value)))
            .Take(EventLimit)
            .ToImmutableArray();
    }

    private static IEnumerable<AbstractValue> HandedOut(EvaluationResult exit) => exit.State.Variables
        .Where(variable => variable.Key is IFieldSymbol or IPropertySymbol or IParameterSymbol { RefKind: RefKind.Out or RefKind.Ref })
        .Select(variable => variable.Value)
        .Concat([exit.Value]);
}

/// <summary>What a lambda or local function returns, as seen by the body around it.</summary>
internal readonly record struct ReturnedValue(IMethodSymbol Function, EvaluationResult Result);
