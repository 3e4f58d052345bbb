using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>The analysis of one body: of a member, or of a lambda or local function in it.</summary>
internal sealed class BodyAnalysis
{
    private readonly ControlFlowGraph _graph;
    private readonly BodyAnalysis? _outer;
    private readonly ISymbol? _owner;
    private readonly Dictionary<DelegateValue, State> _met = [];
    private readonly HashSet<DelegateValue> _running = [];
    private readonly Dictionary<ISymbol, Summary?> _functions = new(SymbolEqualityComparer.Default);
    private Recording _recording = new();

    private BodyAnalysis(ProgramAnalysis program, CodeBody code, ControlFlowGraph graph, ISymbol? owner, BodyAnalysis? outer) =>
        (Program, Code, _graph, _owner, _outer) = (program, code, graph, owner, outer);

    public ProgramAnalysis Program { get; }

    /// <summary>The member's body that it is, or is part of.</summary>
    public CodeBody Code { get; }

    public static Summary Run(ProgramAnalysis program, CodeBody code, ControlFlowGraph graph)
    {
        try
        {
            return new BodyAnalysis(program, code, graph, code.Symbol, outer: null).Run();
        }
        catch (InsufficientExecutionStackException)
        {
            return Summary.NotUnderstood;
        }
    }

    /// <summary>A variable that a lambda assigns may change at any time.</summary>
    public bool IsSharedWithLambdas(ISymbol variable) => Code.IsAssignedInLambda(variable);

    public void Record(TraceEvent happened) => _recording.Events.Add(happened);

    public void Returned(IMethodSymbol function, EvaluationResult result) => _recording.Returns.Add(new ReturnedValue(function, result));

    /// <summary>What is recorded from here on belongs to one walk of one block.</summary>
    public void RecordInto(Recording recording) => _recording = recording;

    /// <summary>A delegate was made. Where it is neither called nor handed on, it runs in this state.</summary>
    public void Met(DelegateValue made, State state) => _met[made] = state;

    /// <summary>False when the delegate is running already.</summary>
    public bool Enter(DelegateValue called)
    {
        _met.Remove(called);
        return _running.Add(called);
    }

    public void Leave(DelegateValue called) => _running.Remove(called);

    /// <summary>The summary of a lambda, a local function, or a method; null where its source is not here.</summary>
    public Summary? SummaryOf(DelegateValue called) => called.Lambda is null && called.Method.MethodKind != MethodKind.LocalFunction
        ? Program.SummaryOf(called.Method, this)
        : SummaryOfFunction(called.Method.OriginalDefinition, called.Graph, called.Lambda);

    public Summary? SummaryOfLocal(IMethodSymbol local) => SummaryOfFunction(local.OriginalDefinition, _graph, lambda: null);

    private Summary? SummaryOfFunction(IMethodSymbol function, ControlFlowGraph from, IFlowAnonymousFunctionOperation? lambda)
    {
        if (_functions.TryGetValue(function, out var known) || (_outer is not null && lambda is null && _outer.Knows(function, out known)))
            return known;

        if (Program.FunctionSummary(function, Code) is { } elsewhere)
            return elsewhere;

        // Null while it is being made: a function that calls itself.
        _functions[function] = null;
        if (Program.GraphOf(function, lambda, from) is not { } graph)
            return null;

        var summary = new BodyAnalysis(Program, Code, graph, function, this).Run();
        Program.Know(function, summary);
        return _functions[function] = summary;
    }

    private bool Knows(IMethodSymbol function, out Summary? summary) =>
        _functions.TryGetValue(function, out summary) || (_outer is not null && _outer.Knows(function, out summary));

    private Summary Run()
    {
        var evaluator = new Evaluator(this, _graph, _owner);
        var walker = new BlockWalker(_graph, evaluator, this);
        var exits = walker.Run(new State(new Numbering()));
        var recorded = walker.Recorded();

        // Lambdas that nothing was seen to call, and local functions likewise.
        var rest = new Recording();
        RecordInto(rest);
        foreach (var (made, state) in _met.Select(met => (met.Key, met.Value)).ToList())
            evaluator.RunUncalled(made, state);
        foreach (var local in _graph.LocalFunctions)
        {
            if (!recorded.Exists(part => part.Returns.Exists(returned => SymbolEqualityComparer.Default.Equals(returned.Function, local))))
                evaluator.RunUncalled(new DelegateValue(local, null, _graph), new State(new Numbering()));
        }

        recorded.Add(rest);
        return new Summary(
            exits,
            recorded.SelectMany(part => part.Events).ToImmutableArray(),
            recorded.SelectMany(part => part.Returns).ToImmutableArray(),
            isUnderstood: true,
            isFunction: _outer is not null);
    }
}

/// <summary>What is recorded while a block is walked.</summary>
internal sealed class Recording
{
    public List<TraceEvent> Events { get; } = [];

    public List<ReturnedValue> Returns { get; } = [];
}
