using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>Gives the variables, objects and facts of one body numbers, by which states find them.</summary>
internal sealed class Numbering
{
    private readonly Dictionary<object, int> _numbers = new(SymbolOrValue.Instance);
    private readonly List<object> _things = [];

    public object this[int number] => _things[number];

    /// <summary>A number that nothing has, where it has none.</summary>
    public int Find(object thing) => _numbers.TryGetValue(thing, out var number) ? number : int.MaxValue;

    public int Of(object thing)
    {
        if (!_numbers.TryGetValue(thing, out var number))
        {
            _numbers.Add(thing, number = _things.Count);
            _things.Add(thing);
        }

        return number;
    }

    private sealed class SymbolOrValue : IEqualityComparer<object>
    {
        public static readonly SymbolOrValue Instance = new();

        public new bool Equals(object? left, object? right) => left is ISymbol symbol ? SymbolEqualityComparer.Default.Equals(symbol, right as ISymbol) : object.Equals(left, right);

        public int GetHashCode(object thing) => thing is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : thing.GetHashCode();
    }
}
