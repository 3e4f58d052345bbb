using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MtlsPop.Analyzers.Flow;

/// <summary>
/// Walks the paths of a body. Paths are kept apart, not merged, so that what is done under one condition is remembered together;
/// where more than <see cref="PathLimit"/> meet, only what all of them agree on is kept. A body that costs more than <see cref="Budget"/> is given up.
/// </summary>
internal sealed class Walker(TypeFlow type)
{
    public const int PathLimit = 16;
    private const int Budget = 40_000;

    private int _spent;
    private int _limit = Budget;

    public bool GaveUp => _spent > _limit;

    public List<Outcome> Run(ControlFlowGraph graph, State start, Frame? frame)
    {
        var exits = new List<Outcome>();
        Follow(graph, graph.Blocks[0], start, new Evaluator(type, this, graph, frame), exits, within: null);
        return exits;
    }

    /// <summary>Walks a body on a part of what is left, so that one which costs too much takes none of its callers along; null when it is given up.</summary>
    public List<Outcome>? RunWithin(ControlFlowGraph graph, State start, Frame frame)
    {
        var limit = _limit;
        _limit = _spent + ((limit - _spent) / 2);
        var outcomes = Run(graph, start, frame);
        var gaveUp = GaveUp;
        _limit = limit;
        return gaveUp ? null : outcomes;
    }

    public void Spend() => _spent++;

    public void GiveUp() => _limit = -1;

    /// <summary>Drops what the paths disagree on, when there are too many.</summary>
    public static List<Outcome> Bounded(List<Outcome> outcomes)
    {
        if (outcomes.Count <= PathLimit)
            return outcomes;

        var joined = outcomes[0];
        foreach (var outcome in outcomes)
            joined = new Outcome(joined.Value.Equals(outcome.Value) ? joined.Value : Value.Unknown, State.Join(joined.State, outcome.State));
        return [joined];
    }

    private void Follow(ControlFlowGraph graph, BasicBlock first, State start, Evaluator evaluator, List<Outcome> exits, Finally? within)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var arrivals = new Arrivals?[graph.Blocks.Length];
        var thrown = new Dictionary<ControlFlowRegion, Arrivals>();
        var work = new Queue<(BasicBlock Block, State State)>();
        Arrive(first, start);

        while (work.Count > 0 && !GaveUp)
        {
            Spend();
            var (block, state) = work.Dequeue();
            Raise(block.EnclosingRegion, state);

            if (block.Kind == BasicBlockKind.Exit)
            {
                exits.Add(new Outcome(Value.Unknown, state));
                continue;
            }

            var outcomes = new List<Outcome> { new(Value.Unknown, state) };
            foreach (var operation in block.Operations)
                outcomes = Bounded(evaluator.After(operation, outcomes));
            if (block.BranchValue is { } branchValue)
                outcomes = Bounded(evaluator.After(branchValue, outcomes));

            foreach (var outcome in outcomes)
            {
                Raise(block.EnclosingRegion, outcome.State);
                Branch(block, outcome);
            }
        }

        void Branch(BasicBlock block, Outcome outcome)
        {
            if (block.ConditionalSuccessor is { } conditional)
            {
                var taken = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
                if (Evaluator.Assume(outcome, taken) is { } jumping)
                    Leave(conditional, new Outcome(Value.Unknown, jumping));
                if (Evaluator.Assume(outcome, !taken) is not { } falling)
                    return;

                outcome = new Outcome(Value.Unknown, falling);
            }

            if (block.FallThroughSuccessor is { } fallThrough)
                Leave(fallThrough, outcome);
        }

        void Leave(ControlFlowBranch branch, Outcome outcome)
        {
            if (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling)
            {
                within?.Ends.Add(outcome.State);
                return;
            }

            var states = new List<State> { outcome.State };
            foreach (var region in branch.FinallyRegions)
                states = Through(region, states);

            foreach (var state in states)
            {
                if (branch.Semantics == ControlFlowBranchSemantics.Return)
                    exits.Add(new Outcome(outcome.Value, state));
                else if (branch is { Semantics: ControlFlowBranchSemantics.Regular, Destination: { } destination })
                    Arrive(destination, state);
            }
        }

        List<State> Through(ControlFlowRegion region, List<State> states)
        {
            var after = new List<State>();
            foreach (var state in states)
                Follow(graph, graph.Blocks[region.FirstBlockOrdinal], state, evaluator, exits, new Finally(region, Raise, after));
            return after;
        }

        // An exception may leave a block before it does anything, or when it has done everything.
        void Raise(ControlFlowRegion? thrownIn, State state)
        {
            // The root of a lambda's regions lies in those of the body that makes it.
            for (var region = thrownIn; region is not null and not { Kind: ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
            {
                if (region == within?.Region)
                {
                    within.Raise(region.EnclosingRegion, state);
                    return;
                }

                if (region.Kind != ControlFlowRegionKind.Try)
                    continue;

                if (region.EnclosingRegion is { Kind: ControlFlowRegionKind.TryAndCatch } handled)
                {
                    foreach (var handler in handled.NestedRegions)
                    {
                        if (handler.Kind != ControlFlowRegionKind.Try)
                            Arrive(graph.Blocks[handler.FirstBlockOrdinal], state);
                    }
                }
                else if (region.EnclosingRegion is { Kind: ControlFlowRegionKind.TryAndFinally } guarded)
                {
                    if (!thrown.TryGetValue(guarded, out var known))
                        thrown.Add(guarded, known = new Arrivals());
                    if (known.Admit(state) is { } admitted)
                    {
                        foreach (var after in Through(guarded.NestedRegions[1], [admitted]))
                            Raise(guarded.EnclosingRegion, after);
                    }

                    return;
                }
            }
        }

        void Arrive(BasicBlock block, State state)
        {
            if ((arrivals[block.Ordinal] ??= new Arrivals()).Admit(state) is { } admitted)
                work.Enqueue((block, admitted));
        }
    }

    /// <summary>A finally block that is walked: where an exception in it goes on, and the states at its end.</summary>
    private sealed record Finally(ControlFlowRegion Region, Action<ControlFlowRegion?, State> Raise, List<State> Ends);

    /// <summary>The paths that reached a block.</summary>
    private sealed class Arrivals
    {
        private readonly List<State> _states = [];
        private State? _joined;

        /// <summary>The state to walk on with; null when the same was walked before.</summary>
        public State? Admit(State state)
        {
            if (_joined is not null)
            {
                var joined = State.Join(_joined, state);
                if (joined.Equals(_joined))
                    return null;

                return _joined = joined;
            }

            foreach (var known in _states)
            {
                if (known.Equals(state))
                    return null;
            }

            if (_states.Count < PathLimit)
            {
                _states.Add(state);
                return state;
            }

            _joined = state;
            foreach (var known in _states)
                _joined = State.Join(_joined, known);
            return _joined;
        }
    }
}
