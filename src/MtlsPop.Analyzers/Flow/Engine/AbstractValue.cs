using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>What is known of a value. <see cref="Unknown"/> is always a right answer. Immutable, compared by content.</summary>
internal abstract class AbstractValue : IEquatable<AbstractValue>
{
    /// <summary>Values that are nested deeper, as one that is set from itself again and again would be, are unknown.</summary>
    private const int DepthLimit = 12;

    public static readonly AbstractValue Unknown = new UnknownValue();

    public static readonly AbstractValue Null = new ConstantValue(null);

    private readonly int _hash;

    private protected AbstractValue(int hash, int depth, bool isOpen)
    {
        _hash = hash;
        Depth = depth;
        IsOpen = isOpen;
    }

    public bool IsUnknown => this is UnknownValue;

    public int Depth { get; }

    /// <summary>Whether a caller may know more of it: something that the body received is part of it.</summary>
    public bool IsOpen { get; }

    /// <summary>The values that it is made of.</summary>
    public virtual ImmutableArray<AbstractValue> Parts => ImmutableArray<AbstractValue>.Empty;

    public static AbstractValue Bounded(AbstractValue value) => value.Depth > DepthLimit ? Unknown : value;

    /// <summary>The objects that it is, is a member of, or holds.</summary>
    public IEnumerable<AllocatedObject> Objects
    {
        get
        {
            if (this is AllocatedObject made)
                return [made];

            return this is Condition or DelegateValue or LazyValue ? [] : Parts.SelectMany(part => part.Objects);
        }
    }

    /// <summary>The same value made of other parts.</summary>
    public virtual AbstractValue WithParts(ImmutableArray<AbstractValue> parts) => this;

    public bool Equals(AbstractValue? other) => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && GetType() == other.GetType() && IsSame(other));

    public sealed override bool Equals(object? obj) => Equals(obj as AbstractValue);

    public sealed override int GetHashCode() => _hash;

    private protected abstract bool IsSame(AbstractValue other);

    private protected static int Hash(int left, int right) => unchecked((left * 31) + right);

    private protected static int Hash(ImmutableArray<AbstractValue> values)
    {
        var hash = values.Length;
        foreach (var value in values)
            hash = Hash(hash, value._hash);
        return hash;
    }

    private protected static int DepthOf(ImmutableArray<AbstractValue> values)
    {
        var depth = 0;
        foreach (var value in values)
            depth = Math.Max(depth, value.Depth);
        return depth + 1;
    }

    private protected static bool AnyOpen(ImmutableArray<AbstractValue> values)
    {
        foreach (var value in values)
        {
            if (value.IsOpen)
                return true;
        }

        return false;
    }

    private protected static bool Same(ImmutableArray<AbstractValue> left, ImmutableArray<AbstractValue> right)
    {
        if (left.Length != right.Length)
            return false;

        for (var i = 0; i < left.Length; i++)
        {
            if (!left[i].Equals(right[i]))
                return false;
        }

        return true;
    }

    private sealed class UnknownValue() : AbstractValue(1, 0, isOpen: false)
    {
        private protected override bool IsSame(AbstractValue other) => true;
    }
}

internal sealed class ConstantValue(object? data) : AbstractValue(Hash(2, data?.GetHashCode() ?? 0), 0, isOpen: false)
{
    public static readonly ConstantValue True = new(true);

    public static readonly ConstantValue False = new(false);

    public object? Data => data;

    public static ConstantValue Of(bool value) => value ? True : False;

    private protected override bool IsSame(AbstractValue other) => Equals(data, ((ConstantValue)other).Data);
}

/// <summary>What a body received from outside: a parameter, a field, a variable of the function around it. Nobody in the body knows it, but it is one and the same.</summary>
internal sealed class SymbolicInput(ISymbol symbol) : AbstractValue(Hash(3, SymbolEqualityComparer.Default.GetHashCode(symbol)), 0, isOpen: true)
{
    public ISymbol Symbol => symbol;

    private protected override bool IsSame(AbstractValue other) => SymbolEqualityComparer.Default.Equals(symbol, ((SymbolicInput)other).Symbol);
}

/// <summary>An object made by <c>new</c>, or by a call of MSAL that gives a builder, an application or a result.</summary>
/// <param name="syntax">The expression that makes it.</param>
/// <param name="type">Its type.</param>
/// <param name="callSite">The calls that led to the body that makes it: two calls of one factory make two objects.</param>
internal sealed class AllocatedObject(SyntaxNode syntax, ITypeSymbol type, CallSite? callSite) : AbstractValue(Hash(syntax.GetHashCode(), callSite?.GetHashCode() ?? 0), 0, isOpen: false)
{
    public SyntaxNode Syntax => syntax;

    public ITypeSymbol Type => type;

    public CallSite? CallSite => callSite;

    private protected override bool IsSame(AbstractValue other) => syntax == ((AllocatedObject)other).Syntax && Equals(callSite, ((AllocatedObject)other).CallSite);
}

/// <summary>A member of an object, such as the binding certificate of a result.</summary>
internal sealed class MemberOf(AbstractValue owner, string name) : AbstractValue(Hash(owner.GetHashCode(), name.GetHashCode()), owner.Depth + 1, owner.IsOpen)
{
    public AbstractValue Owner => owner;

    public string Name => name;

    public override ImmutableArray<AbstractValue> Parts => ImmutableArray.Create(owner);

    public override AbstractValue WithParts(ImmutableArray<AbstractValue> parts) => Of(parts[0], name);

    /// <summary>The member of each value that the owner may be; unknown where it is no object.</summary>
    public static AbstractValue Of(AbstractValue owner, string name) => owner switch
    {
        AllocatedObject or SymbolicInput or MemberOf => new MemberOf(owner, name),
        LazyValue { Value: var made } when name == "Value" => made,
        OneOf alternatives => OneOf.Create(alternatives.Parts.Where(part => part is not ConstantValue { Data: null }).Select(part => Of(part, name))),
        _ => Unknown,
    };

    private protected override bool IsSame(AbstractValue other) => name == ((MemberOf)other).Name && owner.Equals(((MemberOf)other).Owner);
}

/// <summary>One of a few values: paths that met gave different ones.</summary>
internal sealed class OneOf : AbstractValue
{
    private const int Limit = 6;

    private readonly ImmutableArray<AbstractValue> _alternatives;

    private OneOf(ImmutableArray<AbstractValue> alternatives)
        : base(Hash(4, Hash(alternatives)), DepthOf(alternatives), AnyOpen(alternatives)) => _alternatives = alternatives;

    public bool MayBeUnknown => _alternatives.Contains(Unknown);

    public override ImmutableArray<AbstractValue> Parts => _alternatives;

    public override AbstractValue WithParts(ImmutableArray<AbstractValue> parts) => Create(parts);

    public static AbstractValue Join(AbstractValue left, AbstractValue right) => left.Equals(right) ? left : Create([left, right]);

    /// <summary>Unknown where there are too many, or where all are. The order of first sight is kept.</summary>
    public static AbstractValue Create(IEnumerable<AbstractValue> values)
    {
        var alternatives = ImmutableArray.CreateBuilder<AbstractValue>();
        foreach (var value in values)
        {
            if (value is OneOf nested)
            {
                foreach (var part in nested._alternatives)
                    Add(part);
            }
            else
            {
                Add(value);
            }
        }

        return alternatives.Count switch
        {
            0 or > Limit => Unknown,
            1 => alternatives[0],
            _ => new OneOf(alternatives.ToImmutable()),
        };

        void Add(AbstractValue value)
        {
            if (!alternatives.Contains(value))
                alternatives.Add(value);
        }
    }

    private protected override bool IsSame(AbstractValue other)
    {
        var others = ((OneOf)other)._alternatives;
        return Same(_alternatives, others);
    }
}

/// <summary>Text put together from parts.</summary>
internal sealed class TextValue : AbstractValue
{
    private readonly ImmutableArray<AbstractValue> _parts;

    private TextValue(ImmutableArray<AbstractValue> parts)
        : base(Hash(6, Hash(parts)), DepthOf(parts), AnyOpen(parts)) => _parts = parts;

    public override ImmutableArray<AbstractValue> Parts => _parts;

    public override AbstractValue WithParts(ImmutableArray<AbstractValue> parts) => Join(parts);

    /// <summary>A constant where all parts are.</summary>
    public static AbstractValue Join(IEnumerable<AbstractValue> parts)
    {
        var joined = ImmutableArray.CreateBuilder<AbstractValue>();
        foreach (var part in parts)
        {
            if (part is TextValue text)
                joined.AddRange(text._parts);
            else
                joined.Add(part);
        }

        var constant = "";
        foreach (var part in joined)
        {
            if (part is not ConstantValue known)
                return new TextValue(joined.ToImmutable());

            constant += known.Data;
        }

        return new ConstantValue(constant);
    }

    private protected override bool IsSame(AbstractValue other) => Same(_parts, ((TextValue)other)._parts);
}

/// <summary>A tuple, an array or a collection whose elements are known.</summary>
internal sealed class SequenceValue(ImmutableArray<AbstractValue> elements) : AbstractValue(Hash(7, Hash(elements)), DepthOf(elements), AnyOpen(elements))
{
    public override ImmutableArray<AbstractValue> Parts => elements;

    public override AbstractValue WithParts(ImmutableArray<AbstractValue> parts) => new SequenceValue(parts);

    private protected override bool IsSame(AbstractValue other) => Same(elements, other.Parts);
}
