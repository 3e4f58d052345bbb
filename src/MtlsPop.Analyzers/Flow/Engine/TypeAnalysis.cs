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
    private readonly List<Recorded<TraceEvent>> _events = [];
    private readonly List<Recorded<EvaluationResult>> _returned = [];
    private readonly Dictionary<(SyntaxNode, CallSite?), TraceEvent> _calls = [];
    private readonly HashSet<SyntaxNode> _ledInto = [];
    private readonly Lazy<HashSet<AllocatedObject>> _returnedObjects;
    private readonly Lazy<Dictionary<AllocatedObject, List<Recorded<TraceEvent>>>> _about;

    private TypeAnalysis(ProgramAnalysis program, TypeSource source, SemanticModel model)
    {
        _program = program;
        _source = source;
        _model = model;
        foreach (var syntax in source.BodiesToWalk)
        {
            var summary = program.SummaryOf(program.BodyAt(syntax));
            foreach (var happened in summary.Events)
                Add(happened);
            _returned.AddRange(summary.Exits.Concat(summary.Returns.Select(returned => returned.Result)).Select(returned => new Recorded<EvaluationResult>(returned)));
        }

        _returnedObjects = new(() => Ask(FindReturnedObjects));
        _about = new(() => Ask(FindAbout));
    }

    public MsalLibrary Msal => _program.Msal;

    public static TypeAnalysis Of(MsalLibrary msal, TypeSource source, SemanticModel model, CancellationToken cancellation) =>
        ProgramAnalysis.Of(model.Compilation, msal).Ask(model, program => new TypeAnalysis(program, source, model), cancellation);

    /// <summary>The events that a rule asks for by their operation: each for every value that a field or a choice may have.</summary>
    public IEnumerable<TraceEvent> EventsOf(Func<IOperation, bool> isAsked) => _events.Where(recorded => isAsked(recorded.Value.Operation)).SelectMany(Closed);

    /// <summary>The calls of a method of MSAL.</summary>
    public IEnumerable<TraceEvent> CallsOf(string method) => _events.Where(recorded => IsCallOf(recorded.Value, method)).SelectMany(Closed);

    /// <summary>The calls of a method of MSAL, where only the choices behind one of their values matter.</summary>
    public IEnumerable<TraceEvent> CallsOf(string method, Func<TraceEvent, AbstractValue> subject) => _events
        .Where(recorded => IsCallOf(recorded.Value, method))
        .SelectMany(recorded => Ask(program => new Closing(program).Of(recorded.Value, happened => [subject(happened)])));

    /// <summary>The events that a rule asks for by their operation and by a value that they speak of.</summary>
    public IEnumerable<TraceEvent> EventsOf(Func<IOperation, bool> isAsked, Func<AbstractValue, bool> isAbout) =>
        _events.Where(recorded => isAsked(recorded.Value.Operation) && Ask(program => MayBe(recorded.Value, isAbout, program))).SelectMany(Closed);

    /// <summary>The events that a rule asks for by a value that they speak of.</summary>
    public IEnumerable<TraceEvent> EventsWith(Func<AbstractValue, bool> isAbout) => EventsOf(_ => true, isAbout);

    /// <summary>The events that speak of a value, as the code has them: a field is a field.</summary>
    public IEnumerable<TraceEvent> EventsAsWritten(Func<AbstractValue, bool> isAbout) =>
        _events.Select(recorded => recorded.Value).Where(happened => isAbout(happened.Receiver) || happened.Arguments.Any(argument => isAbout(argument.Value)));

    /// <summary>The bodies that return only where the value is null, or is not, or may have been looked at.</summary>
    public IEnumerable<SyntaxNode> BodiesThatCheck(AbstractValue value) =>
        _source.BodiesToWalk.Where(body => Ask(program => program.SummaryOf(program.BodyAt(body)).Exits.Any(exit => !exit.State.IsUnchecked(value))));

    /// <summary>What all bodies, those of lambdas too, return, where it is what a rule asks for.</summary>
    public IEnumerable<EvaluationResult> Returned(Func<AbstractValue, bool> isAsked) => _returned
        .Where(recorded => Ask(program => program.Members.Candidates(recorded.Value.Value).Any(isAsked)))
        .SelectMany(recorded => recorded.Closed ??= Ask(program => new Closing(program).Of(recorded.Value)))
        .Where(returned => isAsked(returned.Value));

    /// <summary>Whether a body returns the object, or a member of it, as its value or by a parameter.</summary>
    public bool Returns(AllocatedObject made) => _returnedObjects.Value.Contains(made);

    /// <summary>What the code behind a delegate returns, in the state that it is handed on in; empty where that is not known.</summary>
    public IReadOnlyList<EvaluationResult> Returns(DelegateValue called, TraceEvent handedOn) =>
        Ask(program => new DelegateResults(program).Of(called, handedOn));

    /// <summary>What is done with an object: with itself, with a member of it, or with a collection that holds it.</summary>
    public IEnumerable<TraceEvent> About(AllocatedObject made) =>
        _about.Value.TryGetValue(made, out var events) ? events.SelectMany(Closed).Where(happened => ObjectsOf(happened).Contains(made)) : [];

    /// <summary>The call that leads further; null where it is not known.</summary>
    public TraceEvent? CallAt(CallSite site) => _calls.TryGetValue((site.Call, site.Caller), out var call) ? call : null;

    /// <summary>Whether something happens in a body that this call leads into.</summary>
    public bool LeadsInto(SyntaxNode call) => _ledInto.Contains(call);

    /// <summary>Whether the member belongs to the code that was analyzed.</summary>
    public bool Declares(ISymbol member) => _source.Declares(member);

    /// <summary>All values that a field or automatic property is set to; empty where that is not known.</summary>
    public ImmutableArray<EvaluationResult> ValuesOf(ISymbol member) =>
        Ask(program => program.Members.Of(member));

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
    public ImmutableArray<IOperation> OperationsOf(SyntaxNode body) => Ask(program => program.OperationsOf(body));

    /// <summary>Whether a body holds an operation that the compiler could not make sense of.</summary>
    public bool IsBroken(SyntaxNode body) =>
        body.ContainsDiagnostics
        || (Ask(program => program.BodyAt(body).Symbol) is IMethodSymbol method
            && (IsError(method.ReturnType) || method.Parameters.Any(parameter => IsError(parameter.Type))))
        || OperationsOf(body).Any(operation => operation is IInvalidOperation or IConversionOperation { Conversion.Exists: false } or { Type: IErrorTypeSymbol });

    private static bool IsError(ITypeSymbol type) => type is IErrorTypeSymbol || (type is INamedTypeSymbol named && named.TypeArguments.Any(IsError));

    /// <summary>Whether a constructor of the analyzed code puts its parameter into a field.</summary>
    private bool IsStored(IParameterSymbol? parameter) =>
        parameter is { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor }
        && Ask(program => program.SummaryOf(constructor)) is { } summary
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

    private bool IsCallOf(TraceEvent happened, string method) => happened.Method is { } called && called.Name == method && Msal.Owns(called);

    private T Ask<T>(Func<ProgramAnalysis, T> question) => _program.Ask(_model, question, CancellationToken.None);

    private IReadOnlyList<TraceEvent> Closed(Recorded<TraceEvent> recorded) => recorded.Closed ??= Ask(program => new Closing(program).Of(recorded.Value));

    private void Add(TraceEvent happened)
    {
        _events.Add(new Recorded<TraceEvent>(happened));
        if (happened.CallSite is { Call: var call })
            _ledInto.Add(call);

        var key = (happened.Operation.Syntax, happened.CallSite);
        if (happened.Operation is IInvocationOperation && !_calls.ContainsKey(key))
            _calls.Add(key, happened);
    }

    private HashSet<AllocatedObject> FindReturnedObjects(ProgramAnalysis program)
    {
        var objects = new HashSet<AllocatedObject>();
        foreach (var recorded in _returned)
        {
            foreach (var value in program.Members.Candidates(recorded.Value.Value))
                objects.UnionWith(value.Objects);
            foreach (var variable in recorded.Value.State.Variables)
            {
                if (variable.Key is IParameterSymbol { RefKind: RefKind.Out or RefKind.Ref })
                    objects.UnionWith(variable.Value.Objects);
            }
        }

        return objects;
    }

    private Dictionary<AllocatedObject, List<Recorded<TraceEvent>>> FindAbout(ProgramAnalysis program)
    {
        var about = new Dictionary<AllocatedObject, List<Recorded<TraceEvent>>>();
        foreach (var recorded in _events)
        {
            var objects = recorded.Value.Arguments.Select(argument => argument.Value).Append(recorded.Value.Receiver)
                .SelectMany(program.Members.Candidates)
                .SelectMany(value => value.Objects);
            foreach (var made in objects.Distinct())
            {
                if (!about.TryGetValue(made, out var known))
                    about.Add(made, known = []);
                known.Add(recorded);
            }
        }

        return about;
    }

    private static IEnumerable<AllocatedObject> ObjectsOf(TraceEvent happened) => happened.Arguments.SelectMany(argument => argument.Value.Objects).Concat(happened.Receiver.Objects);

    /// <summary>Whether a value that it speaks of may be one that is asked for.</summary>
    private static bool MayBe(TraceEvent happened, Func<AbstractValue, bool> isAsked, ProgramAnalysis program)
    {
        if (program.Members.Candidates(happened.Receiver).Any(isAsked))
            return true;

        foreach (var argument in happened.Arguments)
        {
            if (program.Members.Candidates(argument.Value).Any(isAsked))
                return true;
        }

        return false;
    }

    /// <summary>What was recorded, and what it is for every value that a field or a choice may have, once somebody has asked.</summary>
    private sealed class Recorded<T>(T value)
    {
        public T Value => value;

        public IReadOnlyList<T>? Closed { get; set; }
    }
}
