using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow;

/// <summary>What the bodies of one type do, or the top-level statements of one file: walked once, on demand, for all rules.</summary>
internal sealed class TypeFlow
{
    private const int OriginLimit = 8;

    private readonly SemanticModel _model;
    private readonly TypeSource _source;
    private readonly Observations _observations = new();
    private readonly Dictionary<SyntaxNode, ControlFlowGraph?> _graphs = [];
    private readonly Dictionary<SyntaxNode, ImmutableArray<IOperation>> _operations = [];
    private readonly Dictionary<ISymbol, Origins?> _origins = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<Outcome>> _assigned = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<Outcome>> _returns = new(SymbolEqualityComparer.Default);
    private readonly HashSet<Made> _returned = [];
    private readonly HashSet<ISymbol> _entered = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxNode> _walked = [];
    private readonly HashSet<SyntaxNode> _walking = [];
    private readonly HashSet<SyntaxNode> _givenUp = [];
    private readonly Dictionary<Callback, (State State, Frame? Frame)> _met = [];
    private readonly Dictionary<Callback, State> _closures = [];
    private readonly Dictionary<Callback, List<Outcome>> _handedOut = [];
    private readonly HashSet<(Callback, State)> _run = [];
    private readonly HashSet<ControlFlowGraph> _givenUpCallees = [];
    private readonly List<(string Name, SyntaxNode Lambda)> _assignedInLambdas = [];

    /// <summary>The token of the call that makes the flow. What is walked later is small, and belongs to another call.</summary>
    private CancellationToken _cancellation;

    public TypeFlow(MsalLibrary msal, TypeSource source, SemanticModel model, CancellationToken cancellation)
    {
        Msal = msal;
        _source = source;
        _model = model;
        _cancellation = cancellation;
        foreach (var body in source.BodiesToWalk)
            Walk(body);
        _cancellation = CancellationToken.None;
        Observations = _observations.All.ToArray();
        Returned = _returns.Values.SelectMany(outcomes => outcomes).ToArray();
    }

    public MsalLibrary Msal { get; }

    /// <summary>What was observed in the bodies that speak of MSAL. What is walked later, for a question, adds nothing: the order of questions does not matter.</summary>
    public IReadOnlyList<Observation> Observations { get; }

    /// <summary>What the code behind a delegate returns, on each of its paths; empty where it cannot be walked.</summary>
    public IReadOnlyList<Outcome> Returns(Callback callback)
    {
        if (_handedOut.TryGetValue(callback, out var handedOut))
            return handedOut;

        if (callback.Lambda is null && BodyOf(callback.Method) is { } body)
            Walk(body);
        return _returns.TryGetValue(callback.Method, out var outcomes) ? outcomes : [];
    }

    /// <summary>What all bodies, those of delegates too, return on each of their paths.</summary>
    public IReadOnlyList<Outcome> Returned { get; }

    /// <summary>Whether a body returns the object, or a part of it, as its value or by a parameter.</summary>
    public bool Returns(Made made) => _returned.Contains(made);

    /// <summary>Whether the object goes into a field, into a collection in a field, into a container of services, or into another object that does or is returned.</summary>
    public bool Keeps(Made made)
    {
        // Each object is asked once: in a loop, one may come to hold itself.
        var asked = new HashSet<Made> { made };
        var waiting = new Stack<Made>();
        waiting.Push(made);
        while (waiting.Count > 0)
        {
            var held = waiting.Pop();
            if (_assigned.Values.Any(values => values.Exists(outcome => outcome.Value.Objects.Contains(held))))
                return true;

            foreach (var observation in About(held))
            {
                foreach (var argument in observation.Arguments)
                {
                    if (!argument.Value.Objects.Contains(held))
                        continue;

                    if (IsKept(observation.Operation))
                        return true;

                    if (!IsStored(argument.Parameter) || observation.Result is not Made owner)
                        continue;

                    if (Returns(owner))
                        return true;

                    if (asked.Add(owner))
                        waiting.Push(owner);
                }
            }
        }

        return false;
    }

    /// <summary>Whether a constructor of the walked code puts its parameter into a field.</summary>
    private bool IsStored(IParameterSymbol? parameter) =>
        parameter is { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } }
        && _assigned.Values.Any(values => values.Exists(outcome => outcome.Value is Received { Symbol: var stored } && SymbolEqualityComparer.Default.Equals(stored, parameter.OriginalDefinition)));

    private static bool IsKept(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: var name } => name.Contains("Singleton"),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: IFieldReferenceOperation } } => true,
        _ => false,
    };

    /// <summary>Whether the member belongs to the code that was walked.</summary>
    public bool Declares(ISymbol member) => _source.Declares(member);

    public bool IsCallOf(IOperation operation, string method) =>
        operation is IInvocationOperation { TargetMethod: var target } && target.Name == method && Msal.Owns(target);

    public void Observe(Observation observation) => _observations.Add(observation);

    /// <summary>What is done with an object: with itself, with a part of it, or with a collection that holds it.</summary>
    public IEnumerable<Observation> About(Made made) => _observations.About(made);

    /// <summary>Whether the call led into a body that was walked for it.</summary>
    public bool IsWalkedInto(SyntaxNode call) => _observations.LedInto(call);

    public void Assigned(ISymbol member, Value value, State state)
    {
        if (!_assigned.TryGetValue(member, out var values))
            _assigned.Add(member, values = []);

        // The same object counts once for each path that was taken to build it.
        var assigned = new Outcome(value, State.Start.Import(value, state));
        if (!values.Exists(known => known.Value.Equals(value) && known.State.Equals(assigned.State)))
            values.Add(assigned);
    }

    /// <summary>All values that a field or automatic property can have; null where code outside of this type can set it.</summary>
    public Origins? Origins(ISymbol member)
    {
        if (_origins.TryGetValue(member, out var known))
            return known;

        if (!_source.Declares(member) || !IsSetHereOnly(member))
            return _origins[member] = null;

        var complete = true;
        var sites = _source.AssignmentsTo(member);
        foreach (var body in sites.Bodies)
        {
            if (_walking.Contains(body))
                complete = false;
            else
                Walk(body);
        }

        var assigned = _assigned.TryGetValue(member, out var values) ? values.ToArray() : [];
        Origins? origins = assigned.Length > Walker.PathLimit || assigned.Select(outcome => outcome.Value).Distinct().Count() > OriginLimit || sites.Bodies.Any(_givenUp.Contains)
            ? null
            : new Origins(ImmutableArray.Create(assigned), sites.HasInitializer, complete);
        if (complete)
            _origins[member] = origins;
        return origins;
    }

    /// <summary>The getter to walk into, when a property computes its value.</summary>
    public IMethodSymbol? GetterOf(IPropertySymbol property) =>
        property.GetMethod is { } getter && !(property.IsVirtual || property.IsAbstract || property.IsOverride) && BodyOf(getter) is not null ? getter : null;

    public ControlFlowGraph? GraphOf(IMethodSymbol method, IFlowAnonymousFunctionOperation? lambda, ControlFlowGraph from)
    {
        if (lambda is not null)
            return from.GetAnonymousFunctionControlFlowGraph(lambda, _cancellation);

        if (method.MethodKind == MethodKind.LocalFunction)
            return method.IsAsync && ReturnsSequence(method) ? null : GraphOfLocal(method.OriginalDefinition, from);

        return BodyOf(method.OriginalDefinition) is { } body && !ReturnsSequence(method) ? Graph(body) : null;
    }

    /// <summary>Null where the local function is another body's: of the top-level statements, say, when a brace is missing.</summary>
    private ControlFlowGraph? GraphOfLocal(IMethodSymbol method, ControlFlowGraph from)
    {
        for (var around = from; around is not null; around = around.Parent)
        {
            if (around.LocalFunctions.Contains(method))
                return around.GetLocalFunctionControlFlowGraph(method, _cancellation);
        }

        return null;
    }

    /// <summary>False when the method is being walked into already.</summary>
    public bool Enter(IMethodSymbol method) => _entered.Add(method.OriginalDefinition);

    public void Leave(IMethodSymbol method) => _entered.Remove(method.OriginalDefinition);

    /// <summary>A variable that a lambda assigns may change at any time.</summary>
    public bool IsSharedWithCallbacks(ISymbol local) =>
        _assignedInLambdas.Count > 0
        && local.DeclaringSyntaxReferences.Length > 0
        && _assignedInLambdas.Any(assigned => assigned.Name == local.Name && !assigned.Lambda.Span.Contains(local.DeclaringSyntaxReferences[0].Span));

    /// <summary>A delegate was made. It is walked where it is called or handed out; when neither happens, from here.</summary>
    public void Meet(Callback callback, State state, Frame? frame)
    {
        if (!_met.ContainsKey(callback))
            _met.Add(callback, (state, frame));
        _closures[callback] = _closures.TryGetValue(callback, out var known) ? State.Join(known, state) : state;
    }

    /// <summary>The state in which a delegate runs: what it took along from a call that has returned is not in the caller's.</summary>
    public State Within(Callback callback, State state, Frame? frame) =>
        callback.IsOutlived(frame) && _closures.TryGetValue(callback, out var closure) ? state.WithVariablesOf(closure) : state;

    public void Run(Callback callback, State state, Frame? frame, Walker walker)
    {
        _met.Remove(callback);
        state = Within(callback, state, frame);
        var lambdaOrLocal = callback.Lambda is not null || callback.Method.MethodKind == MethodKind.LocalFunction;
        if (!lambdaOrLocal || callback.Graph is null || !_run.Add((callback, state)) || _run.Count > 256 || !Enter(callback.Method))
            return;

        if (GraphOf(callback.Method, callback.Lambda, callback.Graph) is { } graph)
        {
            var outcomes = IsGivenUp(graph) ? null : RunWithin(walker, graph, state.Handed(Msal), new Frame(frame, callback.Lambda?.Syntax ?? graph.OriginalOperation.Syntax));
            if (outcomes is not null)
            {
                Return(callback.Method, outcomes);
                if (!_handedOut.TryGetValue(callback, out var known))
                    _handedOut.Add(callback, known = []);
                known.AddRange(outcomes);
            }
        }

        Leave(callback.Method);
    }

    public bool IsGivenUp(ControlFlowGraph callee) => _givenUpCallees.Contains(callee);

    /// <summary>Walks a callee; null where it is given up, and nothing that was observed in it counts.</summary>
    public List<Outcome>? RunWithin(Walker walker, ControlFlowGraph callee, State start, Frame frame)
    {
        var observed = _observations.All.Count;
        var outcomes = walker.RunWithin(callee, start, frame);
        if (outcomes is null)
        {
            _givenUpCallees.Add(callee);
            _observations.ForgetFrom(observed);
        }

        return outcomes;
    }

    private void Walk(SyntaxNode body)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (!_walked.Add(body) || Graph(body) is not { } graph)
            return;

        _walking.Add(body);
        var walker = new Walker(this);
        var observed = _observations.All.Count;
        var entered = new List<ISymbol>(_entered);
        _entered.Clear();
        var owner = TypeSource.SymbolOf(body, ModelOf(body));
        if (owner is IMethodSymbol method)
            Enter(method);

        try
        {
            var outcomes = walker.Run(graph, State.Start, frame: null);
            if (owner is not null)
                Return(owner, outcomes);
            WalkTheRest(graph, walker);
        }
        catch (InsufficientExecutionStackException)
        {
            walker.GiveUp();
        }

        _entered.Clear();
        foreach (var symbol in entered)
            _entered.Add(symbol);
        _walking.Remove(body);
        if (walker.GaveUp)
        {
            _givenUp.Add(body);
            _observations.ForgetFrom(observed);
        }
    }

    /// <summary>Lambdas that nothing was seen to call, and local functions likewise.</summary>
    private void WalkTheRest(ControlFlowGraph graph, Walker walker)
    {
        while (_met.Count > 0)
        {
            var met = _met.First();
            Run(met.Key, met.Value.State, met.Value.Frame, walker);
        }

        foreach (var local in graph.LocalFunctions)
        {
            if (!_returns.ContainsKey(local))
                Run(new Callback(local, null, graph, Frame: null), State.Start, frame: null, walker);
        }
    }

    private void Return(ISymbol method, List<Outcome> outcomes)
    {
        if (!_returns.TryGetValue(method, out var known))
            _returns.Add(method, known = []);
        known.AddRange(outcomes);
        var givenBack = method is IMethodSymbol { Parameters: var parameters } ? parameters.Where(parameter => parameter.RefKind is RefKind.Out or RefKind.Ref).ToList() : [];
        foreach (var outcome in outcomes)
        {
            _returned.UnionWith(outcome.Value.Objects);
            foreach (var parameter in givenBack)
                _returned.UnionWith((outcome.State[parameter] ?? Value.Unknown).Objects);
        }
    }

    private SyntaxNode? BodyOf(IMethodSymbol method) => _source.BodyOf(method, _cancellation);

    private ControlFlowGraph? Graph(SyntaxNode body)
    {
        if (!_graphs.TryGetValue(body, out var graph))
        {
            _graphs.Add(body, graph = Create(body));
            _assignedInLambdas.AddRange(TypeSource.AssignedInLambdas(body));
        }

        return graph;
    }

    /// <summary>Null where the compiler itself runs out of stack.</summary>
    private ControlFlowGraph? Create(SyntaxNode body)
    {
        try
        {
            return ControlFlowGraph.Create(body, ModelOf(body), _cancellation);
        }
        catch (InsufficientExecutionStackException)
        {
            return null;
        }
    }

    private SemanticModel ModelOf(SyntaxNode node) =>
#pragma warning disable RS1030 // another part of a partial type: asked for at most once for each file of the type
        node.SyntaxTree == _model.SyntaxTree ? _model : _model.Compilation.GetSemanticModel(node.SyntaxTree);
#pragma warning restore RS1030

    /// <summary>All operations of a body, those of the functions in it too.</summary>
    public ImmutableArray<IOperation> OperationsOf(SyntaxNode body)
    {
        if (!_operations.TryGetValue(body, out var operations))
            _operations.Add(body, operations = Graph(body) is { } graph ? BodyOperations.Of(graph.OriginalOperation) : ImmutableArray<IOperation>.Empty);
        return operations;
    }

    /// <summary>Whether a body holds an operation that the compiler could not make sense of.</summary>
    public bool IsBroken(SyntaxNode body) =>
        body.ContainsDiagnostics
        || (TypeSource.SymbolOf(body, ModelOf(body)) is IMethodSymbol method && (IsError(method.ReturnType) || method.Parameters.Any(parameter => IsError(parameter.Type))))
        || OperationsOf(body).Any(operation => operation is IInvalidOperation or IConversionOperation { Conversion.Exists: false } or { Type: IErrorTypeSymbol });

    private static bool IsError(ITypeSymbol type) => type is IErrorTypeSymbol || (type is INamedTypeSymbol named && named.TypeArguments.Any(IsError));

    private static bool IsSetHereOnly(ISymbol member) => member switch
    {
        IFieldSymbol field => field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private,
        IPropertySymbol { IsVirtual: false, IsAbstract: false, IsOverride: false } property =>
            property.SetMethod is null or { IsInitOnly: false, DeclaredAccessibility: Accessibility.Private },
        _ => false,
    };

    private static bool ReturnsSequence(IMethodSymbol method) =>
        method.ReturnType.Name is "IEnumerable" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator";
}

/// <summary>What a field or automatic property is set to; not all of it while a body that sets it is being walked.</summary>
internal sealed record Origins(ImmutableArray<Outcome> Assigned, bool HasInitializer, bool IsComplete);
