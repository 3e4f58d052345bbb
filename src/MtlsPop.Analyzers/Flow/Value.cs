using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow;

/// <summary>What is known of a value on one path. <see cref="Unknown"/> is always a right answer.</summary>
internal abstract record Value
{
    public static readonly Value Unknown = new Nothing();

    public static readonly Value Null = new Constant(null);

    public bool IsUnknown => this is Nothing;

    /// <summary>How deep values are nested in it. A variable that is set from itself again and again would make it grow without end.</summary>
    public virtual int Depth => 0;

    /// <summary>The object that it is, is a part of, or those that it holds.</summary>
    public IEnumerable<Made> Objects => this switch
    {
        Made made => [made],
        Part part => part.Whole.Objects,
        Text text => text.Parts.Items.SelectMany(part => part.Objects),
        Sequence sequence => sequence.Elements.Items.SelectMany(element => element.Objects),
        _ => [],
    };

    private sealed record Nothing : Value;
}

internal sealed record Constant(object? Data) : Value;

/// <summary>A parameter, or another value that this body received: nobody here knows it, but it is one and the same.</summary>
/// <param name="Symbol">The parameter, or the member that holds the value.</param>
/// <param name="IsFromEarlierCall">Whether it is what an earlier call of the walked member left in the member.</param>
internal sealed record Received(ISymbol Symbol, bool IsFromEarlierCall = false) : Value
{
    public bool Equals(Received? other) => other is not null && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol);

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Symbol);
}

/// <summary>An object made in code that was walked: by <c>new</c>, or by a call of MSAL that gives a builder, an application or a result.</summary>
internal sealed record Made(SyntaxNode Syntax, ITypeSymbol Type, Frame? Frame) : Value
{
    public bool Equals(Made? other) => other is not null && Syntax == other.Syntax && Equals(Frame, other.Frame);

    public override int GetHashCode() => Syntax.GetHashCode();
}

/// <summary>A property of an MSAL object, such as the binding certificate of a result.</summary>
internal sealed record Part(Value Whole, string Name) : Value
{
    public override int Depth => Whole.Depth + 1;
}

/// <summary>A condition, by what it tells about null when it is true and when it is false.</summary>
internal sealed record Test(ValueList WhenTrue, ValueList WhenFalse) : Value
{
    public override int Depth => Math.Max(WhenTrue.Depth, WhenFalse.Depth);

    public static Test IsNull(Value value) => new(ValueList.Of(new NullFact(value, IsNull: true)), ValueList.Of(new NullFact(value, IsNull: false)));

    public static Test IsSet(Received flag) => new(ValueList.Of(new FlagFact(flag, IsSet: true)), ValueList.Of(new FlagFact(flag, IsSet: false)));

    /// <summary>A condition that no null passes; failing it says nothing.</summary>
    public static Test Passed(Value value) => new(ValueList.Of(new NullFact(value, IsNull: false)), ValueList.Empty);

    /// <summary>Whether a token's type is that of a bound token: it may be spelled otherwise where it differs.</summary>
    public static Test IsType(Part tokenType, string type)
    {
        var isBound = string.Equals(type, MsalNames.BoundScheme, StringComparison.OrdinalIgnoreCase);
        return new(
            ValueList.Of(new NullFact(tokenType, IsNull: false), new FlagFact(tokenType, isBound)),
            isBound ? ValueList.Of(new FlagFact(tokenType, IsSet: false)) : ValueList.Empty);
    }

    public Test Not => new(WhenFalse, WhenTrue);

    public static Test And(Test left, Test right) => new(left.WhenTrue.Concat(right.WhenTrue), ValueList.Empty);

    public static Test Or(Test left, Test right) => new(ValueList.Empty, left.WhenFalse.Concat(right.WhenFalse));
}

internal sealed record NullFact(Value Value, bool IsNull) : Value
{
    public override int Depth => Value.Depth + 1;
}

/// <summary>What a condition tells of a flag that this body received, or of a token's type: whether it is a bound token's.</summary>
internal sealed record FlagFact(Value Flag, bool IsSet) : Value
{
    public override int Depth => Flag.Depth + 1;
}

/// <summary>Text put together from parts.</summary>
internal sealed record Text(ValueList Parts) : Value
{
    public override int Depth => Parts.Depth;
}

/// <summary>A tuple, an array or a collection whose elements are known.</summary>
internal sealed record Sequence(ValueList Elements) : Value
{
    public override int Depth => Elements.Depth;
}

/// <summary>A delegate to code that can be walked. A lambda belongs to the call of the member that made it: there its variables are.</summary>
internal sealed record Callback(IMethodSymbol Method, IFlowAnonymousFunctionOperation? Lambda, ControlFlowGraph? Graph, Frame? Frame) : Value
{
    /// <summary>Whether the call that made it has returned.</summary>
    public bool IsOutlived(Frame? now)
    {
        for (var frame = now; frame is not null; frame = frame.Caller)
        {
            if (frame.Equals(Frame))
                return false;
        }

        return Frame is not null;
    }

    public bool Equals(Callback? other) =>
        other is not null && SymbolEqualityComparer.Default.Equals(Method, other.Method) && Lambda?.Syntax == other.Lambda?.Syntax && Equals(Frame, other.Frame);

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Method);
}

/// <summary>What <c>new Lazy&lt;T&gt;(callback)</c> makes: the callback's value, the same one whenever asked.</summary>
internal sealed record Deferred(Callback Factory, SyntaxNode Creation) : Value;

/// <summary>The calls that lead from the walked member into another one: two calls of one factory make two objects.</summary>
internal sealed record Frame(Frame? Caller, SyntaxNode Call)
{
    public int Depth => Caller is null ? 1 : Caller.Depth + 1;
}

/// <summary>An immutable list of values that compares by content.</summary>
internal readonly struct ValueList(ImmutableArray<Value> items) : IEquatable<ValueList>
{
    public ImmutableArray<Value> Items => items;

    public static readonly ValueList Empty = new(ImmutableArray<Value>.Empty);

    /// <summary>One more than that of the deepest item.</summary>
    public int Depth { get; } = DepthOf(items);

    public static ValueList Of(params Value[] items) => new(ImmutableArray.Create(items));

    public ValueList Concat(ValueList other) => new(items.AddRange(other.Items));

    public bool Equals(ValueList other)
    {
        if (items.Length != other.Items.Length)
            return false;

        for (var i = 0; i < items.Length; i++)
        {
            if (!items[i].Equals(other.Items[i]))
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is ValueList other && Equals(other);

    private static int DepthOf(ImmutableArray<Value> items)
    {
        var deepest = 0;
        foreach (var item in items)
            deepest = Math.Max(deepest, item.Depth);
        return deepest + 1;
    }

    public override int GetHashCode()
    {
        var hash = items.Length;
        foreach (var item in items)
            hash = unchecked((hash * 31) + item.GetHashCode());
        return hash;
    }
}
