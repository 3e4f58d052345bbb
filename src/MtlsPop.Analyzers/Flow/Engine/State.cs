using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>
/// What is known at one point of a body: the values of variables, what was done to objects, what is null, and which flags are set.
/// Immutable; what is not in it is unknown, or as it was when the body was entered.
/// </summary>
internal sealed class State
{
    private static readonly object ReturnValue = new();

    private readonly Numbering _numbers;
    private readonly PersistentMap<AbstractValue>? _variables;
    private readonly PersistentMap<CallLog>? _logs;
    private readonly PersistentMap<Known>? _known;

    private State(Numbering numbers, PersistentMap<AbstractValue>? variables, PersistentMap<CallLog>? logs, PersistentMap<Known>? known) =>
        (_numbers, _variables, _logs, _known) = (numbers, variables, logs, known);

    public State(Numbering numbers)
        : this(numbers, null, null, null)
    {
    }

    public AbstractValue? this[ISymbol variable] => Variable(_numbers.Find(variable));

    public AbstractValue this[CaptureId capture] => Variable(_numbers.Find(capture)) ?? AbstractValue.Unknown;

    public CallLog? this[AbstractValue made] => PersistentMap<CallLog>.Get(_logs, _numbers.Find(made));

    /// <summary>The objects of which something is known.</summary>
    public IEnumerable<KeyValuePair<AbstractValue, CallLog>> Logs =>
        PersistentMap<CallLog>.Entries(_logs).Select(entry => new KeyValuePair<AbstractValue, CallLog>((AbstractValue)_numbers[entry.Key], entry.Value));

    public IEnumerable<AllocatedObject> Objects => Logs.Select(entry => entry.Key).OfType<AllocatedObject>();

    public IEnumerable<KeyValuePair<ISymbol, AbstractValue>> Variables => PersistentMap<AbstractValue>.Entries(_variables)
        .Where(entry => _numbers[entry.Key] is ISymbol)
        .Select(entry => new KeyValuePair<ISymbol, AbstractValue>((ISymbol)_numbers[entry.Key], entry.Value));

    /// <summary>What is known of values: null or not, set or not; neither where it was tested and paths met.</summary>
    public IEnumerable<(AbstractValue Value, bool IsNullness, bool? Holds)> Predicates => PersistentMap<Known>.Entries(_known)
        .Select(entry => (Key: (Fact)_numbers[entry.Key], entry.Value))
        .Select(entry => (entry.Key.Value, entry.Key.IsNullness, entry.Value.Holds));

    /// <summary>Whether the object is in a variable.</summary>
    public bool Holds(AllocatedObject made) => Variables.Any(variable => made.Equals(variable.Value));

    public State With(ISymbol variable, AbstractValue value) => WithVariable(_numbers.Of(variable), value);

    public State With(CaptureId capture, AbstractValue value) => WithVariable(_numbers.Of(capture), value);

    /// <summary>The value that is being returned, while finally blocks run.</summary>
    public AbstractValue Returned => Variable(_numbers.Find(ReturnValue)) ?? AbstractValue.Unknown;

    public State WithReturned(AbstractValue value) => WithVariable(_numbers.Of(ReturnValue), value);

    public State With(AbstractValue made, CallLog log) => this[made] is { } known && known.Equals(log) ? this : With(_variables, PersistentMap<CallLog>.Set(_logs, _numbers.Of(made), log), _known);

    public bool? IsNull(AbstractValue value) => value switch
    {
        ConstantValue constant => constant.Data is null,
        MemberOf or SymbolicInput => Find(value, isNullness: true)?.Holds,
        OneOf alternatives => Find(value, isNullness: true)?.Holds ?? Agreed(alternatives),
        { IsUnknown: true } or Condition => null,
        _ => false,
    };

    /// <summary>True when nothing has asked, or may have asked, whether the value is null.</summary>
    public bool IsUnchecked(AbstractValue value) => value is MemberOf && Find(value, isNullness: true) is null;

    public bool? IsSet(AbstractValue flag) => Find(flag, isNullness: false)?.Holds;

    /// <summary>The value was perhaps checked by code that is not seen.</summary>
    public State MarkMaybeChecked(AbstractValue value) => IsUnchecked(value) ? Set(value, isNullness: true, Known.Maybe) : this;

    /// <summary>Null was passed to a parameter that does not take it. If execution continues, nobody knows whether the value is null.</summary>
    public State ForgetNullness(AbstractValue value) => value is MemberOf or SymbolicInput ? Set(value, isNullness: true, Known.Maybe) : this;

    /// <summary>What was found to be null may have been the reason to call what does not come back.</summary>
    public State ForgetNulls()
    {
        var state = this;
        foreach (var (value, isNullness, holds) in Predicates)
        {
            if (isNullness && holds == true)
                state = state.Set(value, isNullness: true, Known.Maybe);
        }

        return state;
    }

    /// <summary>The state where the value is null, or is not; null when there is none.</summary>
    public State? Assume(AbstractValue value, bool isNull) => Assume(value, Known.Of(isNull));

    /// <summary>The value is used as if it were not null, unchecked: where it is, control does not go on.</summary>
    public State? AssumeUsed(AbstractValue value) => Assume(value, Known.Used);

    /// <summary>Nothing is known any more of the members of an object that is made anew.</summary>
    public State Forget(AllocatedObject made)
    {
        var known = _known;
        foreach (var entry in PersistentMap<Known>.Entries(_known))
        {
            if (((Fact)_numbers[entry.Key]).Value is MemberOf { Owner: var owner } && owner.Equals(made))
                known = PersistentMap<Known>.Remove(known, entry.Key);
        }

        return With(_variables, _logs, known);
    }

    private State? Assume(AbstractValue value, Known isNull)
    {
        if (IsNull(value) is { } known)
            return known == isNull.Holds ? this : null;

        if (value is not (MemberOf or SymbolicInput or OneOf))
            return this;

        var state = Set(value, isNullness: true, isNull);
        return Resolve(value, isNull.Holds!.Value) is { } only && !only.Equals(value) ? state.Assume(only, isNull) : state;
    }

    /// <summary>The state where the condition has this outcome; null when there is none.</summary>
    public State? AssumeCondition(AbstractValue condition, bool outcome)
    {
        switch (condition)
        {
            case ConstantValue { Data: bool known }:
                return known == outcome ? this : null;

            case Condition test:
                State? state = this;
                foreach (var predicate in outcome ? test.WhenTrue : test.WhenFalse)
                    state = state is null ? null : predicate.IsNullness ? state.Assume(predicate.Value, predicate.Holds) : state.AssumeFlag(predicate.Value, predicate.Holds);
                return state;

            default:
                return this;
        }
    }

    /// <summary>Of several values, those that are left by what is known of null.</summary>
    public AbstractValue Narrow(AbstractValue value) => value is OneOf && Find(value, isNullness: true)?.Holds is { } isNull ? Resolve(value, isNull) ?? value : value;

    /// <summary>Code that is not seen may do anything to the object from here on. An application is what it was built to be.</summary>
    public State Escape(AbstractValue value)
    {
        if (value is OneOf several)
        {
            var state = this;
            foreach (var part in several.Parts)
                state = state.Escape(part);
            return state;
        }

        return value is AllocatedObject or SymbolicInput && (this[value] ?? CallLog.Empty) is { IsEscaped: false } log && log.Last(MsalNames.Build) is null
            ? With(value, log.MarkEscaped())
            : this;
    }

    /// <summary>Where two paths meet. The left state itself comes back where it knows no more than both. Widened, what differs becomes unknown at once.</summary>
    public static State Join(State left, State right, bool widen = false)
    {
        if (ReferenceEquals(left, right))
            return left;

        return left.With(
            PersistentMap<AbstractValue>.Join(left._variables, right._variables, (key, one, other) => left.JoinVariables(key, one, other, widen)),
            PersistentMap<CallLog>.Join(left._logs, right._logs, (key, one, other) => left.JoinLogs(key, one, other, widen)),
            PersistentMap<Known>.Join(left._known, right._known, (_, one, other) => Known.Join(one, other)));
    }

    /// <summary>Whether two states are better kept apart: what is null on the one path is not on the other, a flag that is set is not, or each has taken steps of its own.</summary>
    public static bool Contradict(State left, State right)
    {
        var contradict = false;
        _ = PersistentMap<Known>.Join(left._known, right._known, (key, one, other) =>
        {
            contradict |= one != other && ((Fact)left._numbers[key]).Value is MemberOf member && (one is null || other is null
                ? member.Name == MsalNames.BindingCertificate && one != Known.Used && other != Known.Used && left.Knows(member.Owner) && right.Knows(member.Owner)
                : one.Holds is { } holds && other.Holds is { } othersHold && holds != othersHold);
            return one;
        });
        if (contradict)
            return true;

        _ = PersistentMap<AbstractValue>.Join(left._variables, right._variables, (_, one, other) =>
        {
            contradict |= one is ConstantValue { Data: bool } && other is ConstantValue { Data: bool } && !one.Equals(other);
            return one;
        });
        if (contradict)
            return true;

        _ = PersistentMap<CallLog>.Join(left._logs, right._logs, (_, one, other) =>
        {
            contradict |= one is not null && other is not null && CallLog.Exclude(one, other);
            return one;
        });
        return contradict;
    }

    private bool Knows(AbstractValue owner) => owner is SymbolicInput || this[owner] is not null;

    private AbstractValue? JoinVariables(int key, AbstractValue? left, AbstractValue? right, bool widen)
    {
        if (left is not null && right is not null)
            return (widen && !left.Equals(right) ? AbstractValue.Unknown : OneOf.Join(left, right)) is var joined && joined.Equals(left) ? left : joined;

        // A field that only one path has set is on the other what it was before. A variable is set before it is read.
        if (_numbers[key] is IFieldSymbol or IPropertySymbol)
            return OneOf.Join((left ?? right)!, new SymbolicInput((ISymbol)_numbers[key]));
        return left ?? right;
    }

    private CallLog? JoinLogs(int key, CallLog? left, CallLog? right, bool widen)
    {
        if (left is not null && right is not null)
            return widen && !left.Equals(right) ? left.IsEscaped && left.Steps.IsEmpty && left.Perhaps.IsEmpty ? left : CallLog.Escaped : CallLog.Join(left, right);

        // An object that is only made on one path is there what it is. One that was received has had nothing done to it on the other.
        return _numbers[key] is AllocatedObject ? left ?? right : CallLog.Join(left ?? CallLog.Empty, right ?? CallLog.Empty) is var joined && joined.Equals(left) ? left : joined;
    }

    private static bool? Agreed(OneOf alternatives)
    {
        bool? agreed = null;
        foreach (var part in alternatives.Parts)
        {
            bool? isNull = part switch
            {
                ConstantValue constant => constant.Data is null,
                MemberOf or SymbolicInput or Condition => null,
                _ => false,
            };
            if (isNull is null || (agreed is not null && agreed != isNull))
                return null;
            agreed = isNull;
        }

        return agreed;
    }

    private AbstractValue? Resolve(AbstractValue value, bool isNull)
    {
        if (value is not OneOf several)
            return null;

        var left = several.Parts.RemoveAll(part => IsNull(part) is { } known && known != isNull);
        return left.Length == several.Parts.Length || left.IsEmpty ? null : OneOf.Create(left);
    }

    private State? AssumeFlag(AbstractValue flag, bool isSet) =>
        IsSet(flag) is { } known ? known == isSet ? this : null : Set(flag, isNullness: false, Known.Of(isSet));

    private AbstractValue? Variable(int number) => PersistentMap<AbstractValue>.Get(_variables, number);

    private Known? Find(AbstractValue value, bool isNullness) => PersistentMap<Known>.Get(_known, _numbers.Find(new Fact(value, isNullness)));

    private State Set(AbstractValue value, bool isNullness, Known known) =>
        With(_variables, _logs, PersistentMap<Known>.Set(_known, _numbers.Of(new Fact(value, isNullness)), known));

    private State WithVariable(int number, AbstractValue value)
    {
        value = AbstractValue.Bounded(value);
        return Variable(number) is { } before && before.Equals(value) ? this : With(PersistentMap<AbstractValue>.Set(_variables, number, value), _logs, _known);
    }

    private State With(PersistentMap<AbstractValue>? variables, PersistentMap<CallLog>? logs, PersistentMap<Known>? known) =>
        ReferenceEquals(variables, _variables) && ReferenceEquals(logs, _logs) && ReferenceEquals(known, _known) ? this : new State(_numbers, variables, logs, known);

    private sealed record Fact(AbstractValue Value, bool IsNullness);

    private sealed class Known(bool? holds)
    {
        public static readonly Known Maybe = new(null);

        /// <summary>Not null, because it was used and control went on.</summary>
        public static readonly Known Used = new(false);

        private static readonly Known Yes = new(true);
        private static readonly Known No = new(false);

        public bool? Holds => holds;

        public static Known Of(bool holds) => holds ? Yes : No;

        /// <summary>A value that only one path has used is as unchecked as before where they meet.</summary>
        public static Known? Join(Known? left, Known? right) =>
            ReferenceEquals(left, right) ? left
            : (left ?? Used) == Used && (right ?? Used) == Used ? null
            : left?.Holds == false && right?.Holds == false ? No
            : Maybe;
    }
}
