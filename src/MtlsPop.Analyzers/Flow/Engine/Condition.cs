using System.Collections.Immutable;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>A condition, by what it tells when it is true and when it is false.</summary>
internal sealed class Condition : AbstractValue
{
    private readonly ImmutableArray<AbstractValue> _parts;
    private readonly int _whenTrue;

    private Condition(ImmutableArray<AbstractValue> parts, int whenTrue)
        : base(Hash(5 + whenTrue, Hash(parts)), DepthOf(parts), AnyOpen(parts)) => (_parts, _whenTrue) = (parts, whenTrue);

    public override ImmutableArray<AbstractValue> Parts => _parts;

    public IEnumerable<Predicate> WhenTrue => _parts.Take(_whenTrue).OfType<Predicate>();

    public IEnumerable<Predicate> WhenFalse => _parts.Skip(_whenTrue).OfType<Predicate>();

    public Condition Not => Of(WhenFalse, WhenTrue);

    public static Condition Of(IEnumerable<Predicate> whenTrue, IEnumerable<Predicate> whenFalse)
    {
        var first = whenTrue.ToList<AbstractValue>();
        return new Condition(ImmutableArray.CreateRange(first.Concat(whenFalse)), first.Count);
    }

    public static AbstractValue IsNull(AbstractValue value) => CanBeTested(value) ? Of([Predicate.OfNull(value, true)], [Predicate.OfNull(value, false)]) : Unknown;

    public static Condition IsSet(AbstractValue flag) => Of([Predicate.OfFlag(flag, true)], [Predicate.OfFlag(flag, false)]);

    /// <summary>A condition that no null passes; failing it says nothing.</summary>
    public static AbstractValue Passed(AbstractValue value) => CanBeTested(value) ? Of([Predicate.OfNull(value, false)], []) : Unknown;

    public static Condition And(Condition left, Condition right) => Of(left.WhenTrue.Concat(right.WhenTrue), []);

    public static Condition Or(Condition left, Condition right) => Of([], left.WhenFalse.Concat(right.WhenFalse));

    public override AbstractValue WithParts(ImmutableArray<AbstractValue> parts) =>
        Of(parts.Take(_whenTrue).OfType<Predicate>(), parts.Skip(_whenTrue).OfType<Predicate>());

    private static bool CanBeTested(AbstractValue value) => value is SymbolicInput or MemberOf or OneOf or AllocatedObject or ConstantValue;

    private protected override bool IsSame(AbstractValue other) => _whenTrue == ((Condition)other)._whenTrue && Same(_parts, ((Condition)other)._parts);
}

/// <summary>One thing that a condition tells: that a value is null or is not, or that a flag is set or is not.</summary>
internal sealed class Predicate : AbstractValue
{
    private Predicate(AbstractValue value, bool isNullness, bool holds)
        : base(Hash(value.GetHashCode(), (isNullness ? 2 : 0) + (holds ? 1 : 0)), value.Depth + 1, value.IsOpen) => (Value, IsNullness, Holds) = (value, isNullness, holds);

    public AbstractValue Value { get; }

    public bool IsNullness { get; }

    public bool Holds { get; }

    public override ImmutableArray<AbstractValue> Parts => ImmutableArray.Create(Value);

    public static Predicate OfNull(AbstractValue value, bool isNull) => new(value, true, isNull);

    public static Predicate OfFlag(AbstractValue value, bool isSet) => new(value, false, isSet);

    public override AbstractValue WithParts(ImmutableArray<AbstractValue> parts) => parts[0].IsUnknown ? Unknown : new Predicate(parts[0], IsNullness, Holds);

    private protected override bool IsSame(AbstractValue other) => other is Predicate predicate && IsNullness == predicate.IsNullness && Holds == predicate.Holds && Value.Equals(predicate.Value);
}
