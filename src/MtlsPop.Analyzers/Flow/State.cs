using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow;

/// <summary>What is known at one point of one path: variables, what was done to objects, and what is null. Immutable; what is not in it is unknown.</summary>
internal sealed class State : IEquatable<State>
{
    private const int DepthLimit = 16;

    public static readonly State Start = new(ImmutableDictionary<object, object>.Empty);

    private readonly ImmutableDictionary<object, object> _facts;

    private State(ImmutableDictionary<object, object> facts) => _facts = facts;

    public Value? this[ISymbol variable] => Get<Value>(variable);

    public Value this[Capture capture] => Get<Value>(capture) ?? Value.Unknown;

    public History? this[Made made] => Get<History>(made);

    /// <summary>The objects that were made on this path.</summary>
    public IEnumerable<Made> Objects => _facts.Keys.OfType<Made>();

    /// <summary>Whether the object is in a variable.</summary>
    public bool Holds(Made made) => _facts.Any(fact => fact.Key is ISymbol && made.Equals(fact.Value));

    public State With(ISymbol variable, Value value) => Set(variable, Bounded(value));

    public State With(Capture capture, Value value) => Set(capture, Bounded(value));

    public State With(Made made, History history) => Set(made, history);

    /// <summary>Other code may do anything to the object from here on. An application is what it was built to be.</summary>
    public State Open(Value value) =>
        value is Made made && this[made] is { Open: false } history && history.Last(MsalNames.Build) is null ? With(made, history.Opened) : this;

    public bool? IsNull(Value value) => value switch
    {
        Constant constant => constant.Data is null,
        Part or Received => Get<Nullness>(new NullnessOf(value)) switch
        {
            { Known: { } isNull } => isNull,
            _ => null,
        },
        { IsUnknown: true } or Test => null,
        _ => false,
    };

    /// <summary>True when nothing on this path has asked, or may have asked, whether the value is null.</summary>
    public bool IsUnchecked(Value value) => value is Part && Get<Nullness>(new NullnessOf(value)) is null;

    /// <summary>The value was perhaps checked by code that was not walked.</summary>
    public State PerhapsChecked(Value value) => IsUnchecked(value) ? Set(new NullnessOf(value), new Nullness(null)) : this;

    /// <summary>A callee that does not take null was given it: what follows happens, if at all, with another value.</summary>
    public State Doubt(Value value) => Set(new NullnessOf(value), new Nullness(null));

    /// <summary>What was found to be null on this path may have been the reason to call what does not come back.</summary>
    public State DoubtNulls()
    {
        var facts = _facts;
        foreach (var fact in _facts)
        {
            if (fact.Value is Nullness { Known: true })
                facts = facts.SetItem(fact.Key, new Nullness(null));
        }

        return facts == _facts ? this : new State(facts);
    }

    /// <summary>The path on which the value is null, or is not; null when there is no such path.</summary>
    public State? Assume(Value value, bool isNull)
    {
        if (IsNull(value) is { } known)
            return known == isNull ? this : null;

        return value is Part or Received ? Set(new NullnessOf(value), new Nullness(isNull)) : this;
    }

    /// <summary>The path on which the condition has this outcome; null when there is none.</summary>
    public State? Assume(Test test, bool outcome)
    {
        State? state = this;
        foreach (var fact in (outcome ? test.WhenTrue : test.WhenFalse).Items)
        {
            state = fact switch
            {
                NullFact known => state?.Assume(known.Value, known.IsNull),
                FlagFact known => state?.AssumeFlag(known.Flag, known.IsSet),
                _ => state,
            };
        }

        return state;
    }

    public bool? IsSet(Value flag) => Get<Flag>(new FlagOf(flag))?.IsSet;

    private State? AssumeFlag(Value flag, bool isSet) => IsSet(flag) is { } known ? known == isSet ? this : null : Set(new FlagOf(flag), new Flag(isSet));

    /// <summary>Brings what another state knows of a value, and of what it was made from, into this one. An object may be, through other objects, part of what it was made from.</summary>
    public State Import(Value value, State from)
    {
        var state = this;
        HashSet<Made>? imported = null;
        var waiting = new Stack<Value>();
        waiting.Push(value);
        while (waiting.Count > 0)
        {
            switch (waiting.Pop())
            {
                case Made made when from[made] is { } history && !Equals(state[made], history) && (imported ??= []).Add(made):
                    state = state.With(made, state[made] is { } known ? History.Join(known, history) : history);
                    foreach (var step in history.Steps)
                    {
                        foreach (var argument in step.Arguments)
                            waiting.Push(argument.Value);
                    }

                    break;

                case Received received when new Part(received, MsalNames.BindingCertificate) is var certificate && from.IsNull(certificate) == false:
                    state = state.Assume(certificate, isNull: false) ?? state;
                    break;

                case Part part:
                    waiting.Push(part.Whole);
                    break;

                case Sequence sequence:
                    foreach (var element in sequence.Elements.Items)
                        waiting.Push(element);
                    break;
            }
        }

        return state;
    }

    /// <summary>What code that runs at some later time can rely on: a builder may have been changed by then.</summary>
    public State Handed(MsalLibrary msal)
    {
        var facts = _facts;
        foreach (var fact in _facts)
        {
            if (fact is { Key: Made made, Value: History history } && msal.IsBuilder(made.Type))
                facts = facts.SetItem(made, history.Opened);
        }

        return facts == _facts ? this : new State(facts);
    }

    /// <summary>The variables that a lambda took along from the call that made it.</summary>
    public State WithVariablesOf(State closure)
    {
        var facts = _facts;
        foreach (var fact in closure._facts)
        {
            if (fact.Key is ILocalSymbol or IParameterSymbol)
                facts = facts.SetItem(fact.Key, fact.Value);
        }

        return facts == _facts ? this : new State(facts);
    }

    /// <summary>After other code got a delegate: the builders in the variables that its body names may be changed whenever it runs.</summary>
    public State Shared(Callback callback, MsalLibrary msal)
    {
        var body = callback.Lambda?.Syntax ?? callback.Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        var state = this;
        foreach (var fact in _facts)
        {
            if (fact is { Key: ISymbol variable, Value: Made made } && msal.IsFilledStepByStep(made.Type) && body is not null && Mentions.Word(body, variable.Name))
                state = state.Open(made);
        }

        return state;
    }

    /// <summary>An element of an array was set: what holds the array holds something else now.</summary>
    public State Changed(Sequence array)
    {
        var facts = _facts;
        foreach (var fact in _facts)
        {
            if (array.Equals(fact.Value))
                facts = facts.SetItem(fact.Key, Value.Unknown);
        }

        return facts == _facts ? this : new State(facts);
    }

    public State Without(Func<object, bool> forget)
    {
        var facts = _facts;
        foreach (var fact in _facts)
        {
            if (forget(fact.Key))
                facts = facts.Remove(fact.Key);
        }

        return facts == _facts ? this : new State(facts);
    }

    /// <summary>What both paths agree on.</summary>
    public static State Join(State left, State right)
    {
        var facts = left._facts;
        foreach (var fact in left._facts)
        {
            if (!right._facts.TryGetValue(fact.Key, out var other))
            {
                facts = fact.Key switch
                {
                    Made => facts,
                    NullnessOf => facts.SetItem(fact.Key, new Nullness(null)),
                    FlagOf => facts.Remove(fact.Key),
                    _ => facts.SetItem(fact.Key, Value.Unknown),
                };
            }
            else if (!fact.Value.Equals(other))
            {
                facts = fact.Value switch
                {
                    History history => facts.SetItem(fact.Key, History.Join(history, (History)other)),
                    Nullness => facts.SetItem(fact.Key, new Nullness(null)),
                    Flag => facts.Remove(fact.Key),
                    _ => facts.SetItem(fact.Key, Value.Unknown),
                };
            }
        }

        foreach (var fact in right._facts)
        {
            if (left._facts.ContainsKey(fact.Key) || fact.Key is FlagOf)
                continue;

            facts = facts.SetItem(fact.Key, fact.Key switch
            {
                Made => fact.Value,
                NullnessOf => new Nullness(null),
                _ => Value.Unknown,
            });
        }

        return new State(facts);
    }

    public bool Equals(State? other)
    {
        if (other is null || _facts.Count != other._facts.Count)
            return false;

        if (ReferenceEquals(_facts, other._facts))
            return true;

        foreach (var fact in _facts)
        {
            if (!other._facts.TryGetValue(fact.Key, out var value) || !fact.Value.Equals(value))
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as State);

    public override int GetHashCode() => _facts.Count;

    private static Value Bounded(Value value) => value.Depth > DepthLimit ? Value.Unknown : value;

    private T? Get<T>(object key)
        where T : class =>
        _facts.TryGetValue(key, out var value) ? (T)value : null;

    private State Set(object key, object value)
    {
        var facts = _facts.SetItem(key, value);
        return facts == _facts ? this : new State(facts);
    }

    private sealed record NullnessOf(Value Value);

    private sealed record Nullness(bool? Known);

    private sealed record FlagOf(Value Value);

    private sealed record Flag(bool IsSet);
}

/// <summary>The compiler's temporary variable of one control-flow graph.</summary>
internal readonly record struct Capture(ControlFlowGraph Graph, CaptureId Id);
