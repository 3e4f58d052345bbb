using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>
/// Says what a body knows in the terms of its caller: what it received becomes what it was given, and each object that it makes one of this call.
/// </summary>
/// <param name="call">The call; null where what was received becomes known in another way, as a field does by its assignments.</param>
/// <param name="resolve">What a received value is to the caller, or which of several it is; null where it stays what it is.</param>
/// <param name="resultOf">What a delegate returns that was given to the body.</param>
internal sealed class Substitution(SyntaxNode? call, Func<AbstractValue, AbstractValue?> resolve, Func<DelegateValue, AbstractValue>? resultOf = null)
{
    /// <summary>The name of what a call of a received delegate returns.</summary>
    public const string ResultOfCall = "()";

    private static readonly ImmutableArray<string> _askedOfResults = ImmutableArray.Create(MsalNames.BindingCertificate, MsalNames.TokenType);

    private readonly Dictionary<AbstractValue, AbstractValue> _known = [];
    private readonly Dictionary<CallLog, CallLog> _logs = new(ByReference.Instance);
    private readonly HashSet<AbstractValue> _seen = [];
    private readonly HashSet<DelegateValue> _closing = [];
    private readonly Stack<AbstractValue> _waiting = new();

    public AbstractValue Map(AbstractValue value, State from)
    {
        if (value is ConstantValue or { IsUnknown: true })
            return value;

        if (_known.TryGetValue(value, out var mapped))
            return mapped;

        RuntimeHelpers.EnsureSufficientExecutionStack();
        mapped = AbstractValue.Bounded(Apply(value, from));

        // The variables of a delegate depend on where it is.
        if (value is not (DelegateValue or LazyValue or SequenceValue or OneOf))
            _known.Add(value, mapped);
        return mapped;
    }

    public CallSite? CallSiteOf(CallSite? inner) => call is null ? inner : CallSite.From(inner, call);

    public Step Map(Step step, State from)
    {
        var receiver = Map(step.Receiver, from);
        var arguments = Map(step.Arguments, from);
        var alternatives = step.Alternatives.IsEmpty ? step.Alternatives : ImmutableArray.CreateRange(step.Alternatives, alternative => Map(alternative, from));
        return call is null && ReferenceEquals(receiver, step.Receiver) && arguments == step.Arguments && step.Alternatives.SequenceEqual(alternatives, ReferenceEquals)
            ? step
            : new Step(step.Name, step.Member, step.Syntax, receiver, arguments, alternatives, CallSiteOf(step.CallSite));
    }

    /// <summary>The same array where nothing in it changes.</summary>
    public ImmutableArray<Argument> Map(ImmutableArray<Argument> arguments, State from)
    {
        ImmutableArray<Argument>.Builder? changed = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = Map(arguments[i].Value, from);
            if (ReferenceEquals(value, arguments[i].Value))
                continue;

            changed ??= arguments.ToBuilder();
            changed[i] = arguments[i] with { Value = value };
        }

        return changed?.MoveToImmutable() ?? arguments;
    }

    /// <summary>Brings what is known of these values, and of what they were made from, into the caller's state.</summary>
    /// <param name="roots">The body's values.</param>
    /// <param name="from">What the body knows.</param>
    /// <param name="before">What the caller knew before the call.</param>
    /// <param name="to">The caller's state to add to; null where what the body knows cannot be true for this caller.</param>
    public State? Transfer(IEnumerable<AbstractValue> roots, State from, State before, State? to)
    {
        _seen.Clear();
        _waiting.Clear();
        foreach (var root in roots)
            Visit(root);

        while (_waiting.Count > 0 && to is not null)
        {
            var value = _waiting.Pop();
            to = TransferKnown(value, from, to);
            if (value is AllocatedObject or SymbolicInput)
            {
                foreach (var name in _askedOfResults)
                    to = to is null ? null : TransferKnown(MemberOf.Of(value, name), from, to);
                if (from[value] is { } log && to is not null)
                    to = TransferLog(value, log, from, before, to);
            }

            foreach (var part in value.Parts)
                Visit(part);
        }

        return to;

        void Visit(AbstractValue value)
        {
            if (value is not ConstantValue && !value.IsUnknown && _seen.Add(value))
                _waiting.Push(value);
        }

        State TransferLog(AbstractValue value, CallLog log, State state, State callerBefore, State caller)
        {
            foreach (var step in log.Steps)
                VisitStep(step);
            foreach (var step in log.Perhaps)
                VisitStep(step);

            if (!_logs.TryGetValue(log, out var steps))
                _logs.Add(log, steps = log.Select(step => Map(step, state)));
            var given = Map(value, state);
            switch (given)
            {
                case AllocatedObject made when value is AllocatedObject:
                    return caller.With(made, WithBuilder(log, steps, state, callerBefore));

                case AllocatedObject or SymbolicInput:
                    return caller.With(given, (caller[given] ?? (given is SymbolicInput ? CallLog.Empty : CallLog.Escaped)).Then(steps));

                case OneOf several:
                    foreach (var part in several.Parts)
                    {
                        if (part is AllocatedObject or SymbolicInput)
                            caller = caller.With(part, CallLog.Join(caller[part] ?? CallLog.Empty, (caller[part] ?? CallLog.Empty).Then(steps)));
                    }

                    return caller;

                default:
                    return caller;
            }
        }

        void VisitStep(Step step)
        {
            Visit(step.Receiver);
            foreach (var argument in step.Arguments)
                Visit(argument.Value);
            foreach (var alternative in step.Alternatives)
                VisitStep(alternative);
        }
    }

    private CallLog WithBuilder(CallLog log, CallLog steps, State from, State before)
    {
        if (log.Builder is not { } builder)
            return steps;

        return Map(builder, from) switch
        {
            AllocatedObject made => (before[made] ?? CallLog.Escaped).Then(steps),
            SymbolicInput received => ((before[received] ?? CallLog.Empty).Then(steps)).BuiltFrom(received),
            OneOf { Parts: var parts } when parts.All(part => part is AllocatedObject) =>
                parts.Select(part => before[part] ?? CallLog.Escaped).Aggregate(CallLog.Join).Then(steps),
            _ => steps.MarkEscaped(),
        };
    }

    private State? TransferKnown(AbstractValue value, State from, State to)
    {
        if (value is not (MemberOf or SymbolicInput or OneOf))
            return to;

        var mapped = Map(value, from);
        if (from.IsNull(value) is { } isNull)
            return to.Assume(mapped, isNull) is { } assumed ? TransferFlag(value, mapped, from, assumed) : null;

        if (value is MemberOf && !from.IsUnchecked(value))
            to = to.MarkMaybeChecked(mapped);
        return TransferFlag(value, mapped, from, to);
    }

    private static State? TransferFlag(AbstractValue value, AbstractValue mapped, State from, State to) =>
        from.IsSet(value) is { } isSet ? to.AssumeCondition(mapped is Condition ? mapped : Condition.IsSet(mapped), isSet) : to;

    private AbstractValue Apply(AbstractValue value, State from)
    {
        switch (value)
        {
            case SymbolicInput or OneOf when resolve(value) is { } known:
                return known;

            case AllocatedObject made:
                return call is null ? made
                    : made.CallSite is { Depth: >= CallSite.DepthLimit } ? AbstractValue.Unknown
                    : new AllocatedObject(made.Syntax, made.Type, CallSite.From(made.CallSite, call));

            case MemberOf { Name: ResultOfCall } member when Map(member.Owner, from) is DelegateValue given:
                return resultOf?.Invoke(given) ?? AbstractValue.Unknown;

            case Predicate predicate when Map(predicate.Value, from) is Condition condition && !predicate.IsNullness:
                return Condition.Of(predicate.Holds ? condition.WhenTrue : condition.WhenFalse, []);

            case DelegateValue made:
                return Close(made, from);

            default:
                return WithParts(value, from);
        }
    }

    private AbstractValue WithParts(AbstractValue value, State from)
    {
        var parts = value.Parts;
        ImmutableArray<AbstractValue>.Builder? changed = null;
        for (var i = 0; i < parts.Length; i++)
        {
            var part = Map(parts[i], from);
            if (ReferenceEquals(part, parts[i]))
                continue;

            changed ??= parts.ToBuilder();
            changed[i] = part;
        }

        return changed is null ? value : value.WithParts(changed.MoveToImmutable());
    }

    /// <summary>A delegate leaves the call that made it, with the variables that it took along.</summary>
    private AbstractValue Close(DelegateValue made, State from)
    {
        if (call is null || made.IsOutlived)
            return WithParts(made, from);

        // One of the variables may hold the delegate itself.
        if (made.CallSite is { Depth: >= CallSite.DepthLimit } || !_closing.Add(made))
            return AbstractValue.Unknown;

        var captured = ImmutableArray.CreateBuilder<ISymbol>();
        var values = ImmutableArray.CreateBuilder<AbstractValue>();
        foreach (var variable in from.Variables)
        {
            if (variable.Key is (ILocalSymbol or IParameterSymbol) && made.Names(variable.Key))
            {
                captured.Add(variable.Key);
                values.Add(Map(variable.Value, from));
            }
        }

        _closing.Remove(made);
        return made.At(CallSite.From(made.CallSite, call), captured.ToImmutable(), values.ToImmutable());
    }

    private sealed class ByReference : IEqualityComparer<CallLog>
    {
        public static readonly ByReference Instance = new();

        public bool Equals(CallLog? left, CallLog? right) => ReferenceEquals(left, right);

        public int GetHashCode(CallLog log) => RuntimeHelpers.GetHashCode(log);
    }
}
