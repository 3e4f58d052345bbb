using System.Collections.Immutable;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>
/// Walks the blocks of a body until nothing changes. Where paths meet, states are joined; a few are kept apart, where the code itself has tested what they differ in.
/// A finally block is walked for each place that control goes to after it, and for exceptions. An exception leaves a block before it does anything, or when it has done everything.
/// </summary>
internal sealed class BlockWalker(ControlFlowGraph graph, Evaluator evaluator, BodyAnalysis body)
{
    /// <summary>Far more than the states of a block change in code that is understood; from here on, what still changes becomes unknown.</summary>
    private const int ChangeLimit = 24;

    private const int SplitLimit = 4;

    /// <summary>Finally blocks in finally blocks, as deep as they are walked for each destination.</summary>
    private const int SeparateDepth = 3;

    private const int ToCaller = -1;
    private const int ToHandler = -2;
    private const int Anywhere = -3;

    private readonly Dictionary<(int Block, int Finally), Arrivals> _arrivals = [];
    private readonly SortedSet<(int Block, int Finally)> _work = [];
    private readonly List<FinallyRun> _finallyRuns = [];
    private readonly Dictionary<(int Outer, int Region, int Destination), int> _finallyIds = [];
    private readonly List<EvaluationResult> _exits = [];

    public ImmutableArray<EvaluationResult> Run(State start)
    {
        Arrive(graph.Blocks[0], start, within: -1);
        while (_work.Count > 0)
        {
            var (ordinal, within) = _work.Min;
            _work.Remove((ordinal, within));
            var arrivals = _arrivals[(ordinal, within)];
            while (arrivals.TakeChanged() is var (state, recording))
            {
                body.RecordInto(recording);
                Walk(graph.Blocks[ordinal], state, within);
            }
        }

        return ImmutableArray.CreateRange(_exits);
    }

    /// <summary>What the last walk of each block recorded, in the order of the blocks.</summary>
    public List<Recording> Recorded() => _arrivals.OrderBy(entry => entry.Key).SelectMany(entry => entry.Value.Recordings).ToList();

    private void Walk(BasicBlock block, State state, int within)
    {
        Raise(block.EnclosingRegion, state, within);
        if (block.Kind == BasicBlockKind.Exit)
        {
            Exit(AbstractValue.Unknown, state);
            return;
        }

        evaluator.Begin(state);
        foreach (var operation in block.Operations)
            evaluator.Evaluate(operation);
        var value = block.BranchValue is { } branchValue ? evaluator.Evaluate(branchValue) : AbstractValue.Unknown;
        if (evaluator.Current is not { } after)
            return;

        Raise(block.EnclosingRegion, after, within);
        if (block.ConditionalSuccessor is { } conditional)
        {
            var taken = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
            if (after.AssumeCondition(value, taken) is { } jumping)
                Leave(block, conditional, value, jumping, within);
            if (after.AssumeCondition(value, !taken) is not { } falling)
                return;

            after = falling;
        }

        if (block.FallThroughSuccessor is { } fallThrough)
            Leave(block, fallThrough, value, after, within);
    }

    private void Leave(BasicBlock block, ControlFlowBranch branch, AbstractValue value, State state, int within)
    {
        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.StructuredExceptionHandling:
                if (within >= 0 && IsIn(block, _finallyRuns[within].Region))
                    AfterFinally(within, state);
                break;

            case ControlFlowBranchSemantics.Return:
                GoThrough(branch.FinallyRegions, 0, destination: null, state.WithReturned(value), within);
                break;

            case ControlFlowBranchSemantics.Regular when branch.Destination is { } destination:
                GoThrough(branch.FinallyRegions, 0, destination, state, within);
                break;
        }
    }

    /// <summary>Runs the finally blocks that a branch passes, then goes where it leads.</summary>
    private void GoThrough(ImmutableArray<ControlFlowRegion> regions, int index, BasicBlock? destination, State state, int within)
    {
        if (index < regions.Length)
            Enter(regions[index], within, destination?.Ordinal ?? ToCaller, after => GoThrough(regions, index + 1, destination, after, within), state);
        else if (destination is null)
            Exit(state.Returned, state);
        else
            Arrive(destination, state, RunAround(destination, within));
    }

    /// <summary>The finally block that a block is in. Code that does not compile jumps out of one.</summary>
    private int RunAround(BasicBlock block, int within)
    {
        while (within >= 0 && !IsIn(block, _finallyRuns[within].Region))
            within = _finallyRuns[within].Outer;
        return within;
    }

    private void AfterFinally(int id, State state)
    {
        var run = _finallyRuns[id];
        run.End = run.End is null ? state : State.Join(run.End, state);
        foreach (var continuation in run.Continuations.Values.ToList())
            continuation(state);
    }

    /// <summary>Finally blocks that stand deep in each other are walked once for all places that control goes to: their number is that of the code.</summary>
    private void Enter(ControlFlowRegion region, int outer, int destination, Action<State> continuation, State state)
    {
        var depth = outer < 0 ? 1 : _finallyRuns[outer].Depth + 1;
        var key = (outer, region.FirstBlockOrdinal, depth > SeparateDepth ? Anywhere : destination);
        if (!_finallyIds.TryGetValue(key, out var id))
        {
            _finallyIds.Add(key, id = _finallyRuns.Count);
            _finallyRuns.Add(new FinallyRun(region, outer, depth));
        }

        var run = _finallyRuns[id];
        if (!run.Continuations.ContainsKey(destination))
        {
            run.Continuations.Add(destination, continuation);
            if (run.End is { } end)
                continuation(end);
        }

        Arrive(graph.Blocks[region.FirstBlockOrdinal], state, id);
    }

    private void Raise(ControlFlowRegion? thrownIn, State state, int within)
    {
        // The root of a lambda's regions lies in those of the body that makes it.
        for (var region = thrownIn; region is not null and not { Kind: ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
        {
            if (within >= 0 && region == _finallyRuns[within].Region)
            {
                within = _finallyRuns[within].Outer;

                // The try block that this finally belongs to lies beside it.
                region = region.EnclosingRegion!;
                continue;
            }

            if (region.Kind != ControlFlowRegionKind.Try)
                continue;

            if (region.EnclosingRegion is { Kind: ControlFlowRegionKind.TryAndCatch } handled)
            {
                foreach (var handler in handled.NestedRegions)
                {
                    if (handler.Kind != ControlFlowRegionKind.Try)
                        Arrive(graph.Blocks[handler.FirstBlockOrdinal], state, within);
                }
            }
            else if (region.EnclosingRegion is { Kind: ControlFlowRegionKind.TryAndFinally } guarded)
            {
                var (around, outer) = (guarded.EnclosingRegion, within);
                Enter(guarded.NestedRegions[1], outer, ToHandler, after => Raise(around, after, outer), state);
                return;
            }
        }
    }

    private static bool IsIn(BasicBlock block, ControlFlowRegion region) => block.Ordinal >= region.FirstBlockOrdinal && block.Ordinal <= region.LastBlockOrdinal;

    private void Exit(AbstractValue value, State state)
    {
        for (var i = 0; i < _exits.Count; i++)
        {
            if (Kind(_exits[i].Value) == Kind(value))
            {
                _exits[i] = new EvaluationResult(OneOf.Join(_exits[i].Value, value), State.Join(_exits[i].State, state));
                return;
            }
        }

        _exits.Add(new EvaluationResult(value, state));
    }

    private static object Kind(AbstractValue value) => value is ConstantValue { Data: null or bool } constant ? constant.Data ?? "null" : "";

    private void Arrive(BasicBlock block, State state, int within)
    {
        if (!_arrivals.TryGetValue((block.Ordinal, within), out var arrivals))
            _arrivals.Add((block.Ordinal, within), arrivals = new Arrivals());
        if (arrivals.Admit(state))
            _work.Add((block.Ordinal, within));
    }

    /// <summary>A finally block that is run on the way to a place, or for an exception; perhaps within the run of another.</summary>
    private sealed class FinallyRun(ControlFlowRegion region, int outer, int depth)
    {
        public ControlFlowRegion Region => region;

        public int Outer => outer;

        public int Depth => depth;

        /// <summary>How it goes on, for each destination.</summary>
        public Dictionary<int, Action<State>> Continuations { get; } = [];

        /// <summary>What is known at its end.</summary>
        public State? End { get; set; }
    }

    /// <summary>The states that reach a block.</summary>
    private sealed class Arrivals
    {
        private readonly List<Arrival> _states = [];
        private bool _joined;
        private int _changes;

        public IEnumerable<Recording> Recordings => _states.Select(arrival => arrival.Recording);

        public bool Admit(State state)
        {
            foreach (var known in _states)
            {
                if (!_joined && State.Contradict(known.State, state))
                    continue;

                var joined = State.Join(known.State, state, widen: _changes > ChangeLimit);
                if (ReferenceEquals(joined, known.State))
                    return false;

                _changes++;
                known.State = joined;
                return known.IsNew = true;
            }

            _changes++;
            if (_states.Count == SplitLimit)
            {
                foreach (var known in _states)
                    state = State.Join(known.State, state);
                _states.Clear();
                _joined = true;
            }

            _states.Add(new Arrival(state));
            return true;
        }

        public (State State, Recording Recording)? TakeChanged()
        {
            foreach (var arrival in _states)
            {
                if (!arrival.IsNew)
                    continue;

                arrival.IsNew = false;
                arrival.Recording = new Recording();
                return (arrival.State, arrival.Recording);
            }

            return null;
        }
    }

    private sealed class Arrival(State state)
    {
        public State State { get; set; } = state;

        public bool IsNew { get; set; } = true;

        public Recording Recording { get; set; } = new();
    }
}
