using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>
/// The summaries of a compilation's bodies: made on demand, each after those of the bodies that it calls, and kept as long as the compilation.
/// Bodies that call each other in a circle are understood twice: first as if the calls between them were not seen, then with what came out.
/// </summary>
internal sealed class ProgramAnalysis
{
    private static readonly ConditionalWeakTable<Compilation, ProgramAnalysis> _programs = new();

    private readonly Compilation _compilation;
    private readonly SourceBodies _source;
    private readonly Dictionary<SyntaxNode, ControlFlowGraph?> _graphs = [];
    private readonly Dictionary<SyntaxNode, ImmutableArray<CodeBody>> _callees = [];
    private readonly Dictionary<SyntaxNode, Summary> _summaries = [];
    private readonly Dictionary<ISymbol, Summary> _functions = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];
    private CancellationToken _cancellation;

    private ProgramAnalysis(Compilation compilation, MsalLibrary msal)
    {
        _compilation = compilation;
        Msal = msal;
        _source = new SourceBodies(this);
        Subject = new Subject(msal);
        Members = new MemberValues(this);
    }

    public MsalLibrary Msal { get; }

    public Subject Subject { get; }

    public MemberValues Members { get; }

    public static ProgramAnalysis Of(Compilation compilation, MsalLibrary msal) => _programs.GetValue(compilation, key => new ProgramAnalysis(key, msal));

    /// <summary>Runs a question alone: what it finds out is kept for the next. The token is that of whoever asks.</summary>
    public T Ask<T>(SemanticModel model, Func<ProgramAnalysis, T> question, CancellationToken cancellation)
    {
        lock (_summaries)
        {
            _cancellation = cancellation;
            _models[model.SyntaxTree] = model;
            try
            {
                return question(this);
            }
            finally
            {
                _cancellation = CancellationToken.None;
            }
        }
    }

    public SemanticModel ModelOf(SyntaxTree tree)
    {
        if (!_models.TryGetValue(tree, out var model))
#pragma warning disable RS1030 // A body in another file: asked for once for each file.
            _models.Add(tree, model = _compilation.GetSemanticModel(tree));
#pragma warning restore RS1030
        return model;
    }

    public CodeBody BodyAt(SyntaxNode syntax) => _source.At(syntax);

    /// <summary>All operations of a body, those of the functions in it too.</summary>
    public ImmutableArray<IOperation> OperationsOf(SyntaxNode body) =>
        GraphOf(BodyAt(body)) is { } graph ? BodyOperations.Of(graph.OriginalOperation) : ImmutableArray<IOperation>.Empty;

    /// <summary>The summary of a body, after those of all bodies that it calls.</summary>
    public Summary SummaryOf(CodeBody body)
    {
        if (!_summaries.ContainsKey(body.Syntax))
        {
            foreach (var circle in new CallOrder(body, Callees, known => _summaries.ContainsKey(known.Syntax)).Circles)
                Analyze(circle);
        }

        return _summaries[body.Syntax];
    }

    /// <summary>The summary of a method that a body calls; null where the call is not seen.</summary>
    public Summary? SummaryOf(IMethodSymbol? method, BodyAnalysis from) => method switch
    {
        null => null,
        { MethodKind: MethodKind.LocalFunction } => from.SummaryOfLocal(method),
        _ => _source.Of(method, from.Code, _cancellation) is { } body && _summaries.TryGetValue(body.Syntax, out var summary) ? summary : null,
    };

    /// <summary>The summary of a method whose source is here; null where it is not.</summary>
    public Summary? SummaryOf(IMethodSymbol method) => _source.Of(method, _cancellation) is { } body ? SummaryOf(body) : null;

    /// <summary>The summary of a lambda or local function of another body.</summary>
    public Summary? FunctionSummary(IMethodSymbol function, CodeBody from) =>
        function.DeclaringSyntaxReferences is { Length: 1 } declarations && from.Holds(declarations[0].GetSyntax(_cancellation)) ? null
        : _functions.TryGetValue(function, out var summary) ? summary : null;

    public Summary? FunctionSummary(IMethodSymbol function) => _functions.TryGetValue(function.OriginalDefinition, out var summary) ? summary : null;

    public void Know(IMethodSymbol function, Summary summary) => _functions[function] = summary;

    public ControlFlowGraph? GraphOf(IMethodSymbol function, IFlowAnonymousFunctionOperation? lambda, ControlFlowGraph from)
    {
        if (lambda is not null)
            return from.GetAnonymousFunctionControlFlowGraph(lambda, _cancellation);

        if (function.IsAsync && SourceBodies.ReturnsSequence(function))
            return null;

        // A local function of another body: of the top-level statements, say, when a brace is missing.
        for (var around = from; around is not null; around = around.Parent)
        {
            if (around.LocalFunctions.Contains(function))
                return around.GetLocalFunctionControlFlowGraph(function, _cancellation);
        }

        return null;
    }

    /// <summary>Null where the compiler itself runs out of stack.</summary>
    public ControlFlowGraph? GraphOf(CodeBody body)
    {
        if (_graphs.TryGetValue(body.Syntax, out var graph))
            return graph;

        try
        {
            graph = ControlFlowGraph.Create(body.Syntax, ModelOf(body.Syntax.SyntaxTree), _cancellation);
        }
        catch (InsufficientExecutionStackException)
        {
            graph = null;
        }

        _graphs.Add(body.Syntax, graph);
        return graph;
    }

    private void Analyze(ImmutableArray<CodeBody> circle)
    {
        _cancellation.ThrowIfCancellationRequested();
        var isCircle = circle.Length > 1 || Callees(circle[0]).Contains(circle[0]);
        for (var pass = 0; pass < (isCircle ? 2 : 1); pass++)
        {
            var summaries = circle.Select(body => GraphOf(body) is { } graph ? BodyAnalysis.Run(this, body, graph) : Summary.NotUnderstood).ToList();
            for (var i = 0; i < circle.Length; i++)
                _summaries[circle[i].Syntax] = summaries[i];
        }
    }

    private ImmutableArray<CodeBody> Callees(CodeBody body)
    {
        if (!_callees.TryGetValue(body.Syntax, out var callees))
            _callees.Add(body.Syntax, callees = GraphOf(body) is { } graph ? _source.CalledBy(body, graph.OriginalOperation, _cancellation) : ImmutableArray<CodeBody>.Empty);
        return callees;
    }
}
