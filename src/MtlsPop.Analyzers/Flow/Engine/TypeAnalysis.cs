using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>What the bodies of one type do, or the top-level statements of one file: made once, for all rules, and not changed afterwards.</summary>
internal sealed class TypeAnalysis
{
    private readonly ProgramAnalysis _program;
    private readonly TypeSource _source;
    private readonly SemanticModel _model;
    private readonly List<TraceEvent> _events = [];
    private readonly List<EvaluationResult> _returned = [];
    private readonly HashSet<AllocatedObject> _returnedObjects = [];
    private readonly Dictionary<AllocatedObject, List<TraceEvent>> _about = [];
    private readonly HashSet<SyntaxNode> _ledInto = [];

    private TypeAnalysis(ProgramAnalysis program, TypeSource source, SemanticModel model)
    {
        _program = program;
        _source = source;
        _model = model;
        var closing = new Closing(program, program.Members);
        foreach (var syntax in source.BodiesToWalk)
        {
            var summary = program.SummaryOf(program.BodyAt(syntax));
            foreach (var happened in summary.Events)
                _events.AddRange(closing.Of(happened));
            foreach (var returned in summary.Exits.Concat(summary.Returns.Select(returned => returned.Result)))
                Return(returned, closing);
        }

        foreach (var happened in _events)
            Index(happened);
    }

    public MsalLibrary Msal => _program.Msal;

    public IReadOnlyList<TraceEvent> Events => _events;

    /// <summary>What all bodies, those of lambdas too, return.</summary>
    public IEnumerable<EvaluationResult> Returned => _returned;

    public static TypeAnalysis Of(MsalLibrary msal, TypeSource source, SemanticModel model, CancellationToken cancellation) =>
        ProgramAnalysis.Of(model.Compilation, msal).Ask(model, program => new TypeAnalysis(program, source, model), cancellation);

    /// <summary>Whether a body returns the object, or a member of it, as its value or by a parameter.</summary>
    public bool Returns(AllocatedObject made) => _returnedObjects.Contains(made);

    /// <summary>What the code behind a delegate returns, in the state that it is handed on in; empty where that is not known.</summary>
    public IReadOnlyList<EvaluationResult> Returns(DelegateValue called, TraceEvent handedOn) =>
        _program.Ask(_model, program => new DelegateResults(program).Of(called, handedOn), CancellationToken.None);

    /// <summary>What is done with an object: with itself, with a member of it, or with a collection that holds it.</summary>
    public IEnumerable<TraceEvent> About(AllocatedObject made) => _about.TryGetValue(made, out var events) ? events : [];

    /// <summary>Whether something happens in a body that this call leads into.</summary>
    public bool LeadsInto(SyntaxNode call) => _ledInto.Contains(call);

    public bool IsCallOf(IOperation operation, string method) =>
        operation is IInvocationOperation { TargetMethod: var target } && target.Name == method && Msal.Owns(target);

    /// <summary>Whether the member belongs to the code that was analyzed.</summary>
    public bool Declares(ISymbol member) => _source.Declares(member);

    /// <summary>All values that a field or automatic property is set to; empty where that is not known.</summary>
    public ImmutableArray<EvaluationResult> ValuesOf(ISymbol member) =>
        _program.Ask(_model, program => program.Members.Of(member), CancellationToken.None);

    /// <summary>Whether the object goes into a field, into a collection in a field, into a container of services, or into another object that does or is returned.</summary>
    public bool Keeps(AllocatedObject made)
    {
        // Each object is asked once: in a loop, one may come to hold itself.
        var asked = new HashSet<AllocatedObject> { made };
        var waiting = new Stack<AllocatedObject>();
        waiting.Push(made);
        while (waiting.Count > 0)
        {
            var held = waiting.Pop();
            foreach (var happened in About(held))
            {
                if (happened.Stored is not null && !IsInNewObject(happened.CallSite))
                    return true;

                foreach (var argument in happened.Arguments)
                {
                    if (!argument.Value.Objects.Contains(held))
                        continue;

                    if (IsKept(happened.Operation))
                        return true;

                    if (!IsStored(argument.Parameter) || happened.Result is not AllocatedObject owner)
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

    /// <summary>All operations of a body, those of the functions in it too.</summary>
    public ImmutableArray<IOperation> OperationsOf(SyntaxNode body) => _program.Ask(_model, program => program.OperationsOf(body), CancellationToken.None);

    /// <summary>Whether a body holds an operation that the compiler could not make sense of.</summary>
    public bool IsBroken(SyntaxNode body) =>
        body.ContainsDiagnostics
        || (_program.Ask(_model, program => program.BodyAt(body).Symbol, CancellationToken.None) is IMethodSymbol method
            && (IsError(method.ReturnType) || method.Parameters.Any(parameter => IsError(parameter.Type))))
        || OperationsOf(body).Any(operation => operation is IInvalidOperation or IConversionOperation { Conversion.Exists: false } or { Type: IErrorTypeSymbol });

    private static bool IsError(ITypeSymbol type) => type is IErrorTypeSymbol || (type is INamedTypeSymbol named && named.TypeArguments.Any(IsError));

    /// <summary>Whether a constructor of the analyzed code puts its parameter into a field.</summary>
    private bool IsStored(IParameterSymbol? parameter) =>
        parameter is { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor }
        && _program.Ask(_model, program => program.SummaryOf(constructor), CancellationToken.None) is { } summary
        && summary.Events.Any(happened => happened.Stored is not null
            && happened.Arguments[0].Value is SymbolicInput { Symbol: var stored }
            && SymbolEqualityComparer.Default.Equals(stored, parameter.OriginalDefinition));

    /// <summary>Whether it happens to an object that is made on the way, and perhaps dropped.</summary>
    private static bool IsInNewObject(CallSite? site)
    {
        for (; site is not null; site = site.Caller)
        {
            if (site.Call is BaseObjectCreationExpressionSyntax)
                return true;
        }

        return false;
    }

    private static bool IsKept(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: var name } => name.Contains("Singleton"),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: IFieldReferenceOperation } } => true,
        _ => false,
    };

    private void Return(EvaluationResult returned, Closing closing)
    {
        foreach (var variable in returned.State.Variables)
        {
            if (variable.Key is IParameterSymbol { RefKind: RefKind.Out or RefKind.Ref })
                _returnedObjects.UnionWith(variable.Value.Objects);
        }

        foreach (var result in closing.Of(returned))
        {
            _returned.Add(result);
            _returnedObjects.UnionWith(result.Value.Objects);
        }
    }

    private void Index(TraceEvent happened)
    {
        if (happened.CallSite is { Call: var call })
            _ledInto.Add(call);

        foreach (var made in happened.Arguments.SelectMany(argument => argument.Value.Objects).Concat(happened.Receiver.Objects))
        {
            if (!_about.TryGetValue(made, out var known))
                _about.Add(made, known = []);
            if (known.Count == 0 || !ReferenceEquals(known[known.Count - 1], happened))
                known.Add(happened);
        }
    }
}
