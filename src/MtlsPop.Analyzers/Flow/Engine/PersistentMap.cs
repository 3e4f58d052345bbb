namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>An immutable map from small numbers (a Patricia trie). Maps share what they have in common, so that joining two costs what differs between them.</summary>
internal abstract class PersistentMap<T>
    where T : class
{
    public delegate T? Combine(int key, T? left, T? right);

    public static PersistentMap<T>? Set(PersistentMap<T>? map, int key, T value) => map is null ? new Leaf(key, value) : map.Set(key, value);

    public static T? Get(PersistentMap<T>? map, int key)
    {
        while (map is Branch branch)
            map = (key & branch.Bit) == 0 ? branch.Left : branch.Right;
        return map is Leaf leaf && leaf.Key == key ? leaf.Value : null;
    }

    public static PersistentMap<T>? Remove(PersistentMap<T>? map, int key) => map switch
    {
        Leaf leaf => leaf.Key == key ? null : leaf,
        Branch branch when branch.Covers(key) => (key & branch.Bit) == 0
            ? branch.With(Remove(branch.Left, key), branch.Right)
            : branch.With(branch.Left, Remove(branch.Right, key)),
        _ => map,
    };

    /// <summary>Combines the entries of two maps. What both share stays as it is; the left map itself comes back where nothing in it changes.</summary>
    public static PersistentMap<T>? Join(PersistentMap<T>? left, PersistentMap<T>? right, Combine combine)
    {
        if (ReferenceEquals(left, right))
            return left;

        switch (left, right)
        {
            case (null, _):
                return Each(right, (key, value) => combine(key, null, value));
            case (_, null):
                return Each(left, (key, value) => combine(key, value, null));
            case (Leaf one, Leaf other) when one.Key == other.Key:
                return one.With(combine(one.Key, one.Value, other.Value));
            case (Branch one, Branch other) when one.Bit == other.Bit && one.Prefix == other.Prefix:
                return one.With(Join(one.Left, other.Left, combine), Join(one.Right, other.Right, combine));
            case (Branch one, _) when one.Covers(right.AnyKey) && (right is Leaf || ((Branch)right).Bit < one.Bit):
                return (right.AnyKey & one.Bit) == 0
                    ? one.With(Join(one.Left, right, combine), Join(one.Right, null, combine))
                    : one.With(Join(one.Left, null, combine), Join(one.Right, right, combine));
            case (_, Branch other) when other.Covers(left.AnyKey) && (left is Leaf || ((Branch)left).Bit < other.Bit):
                return (left.AnyKey & other.Bit) == 0
                    ? Branch.Of(other.Prefix, other.Bit, Join(left, other.Left, combine), Join(null, other.Right, combine))
                    : Branch.Of(other.Prefix, other.Bit, Join(null, other.Left, combine), Join(left, other.Right, combine));
            default:
                return Disjoint(Join(left, null, combine), Join(null, right, combine));
        }
    }

    public static IEnumerable<KeyValuePair<int, T>> Entries(PersistentMap<T>? map)
    {
        if (map is null)
            yield break;

        var waiting = new Stack<PersistentMap<T>>();
        waiting.Push(map);
        while (waiting.Count > 0)
        {
            switch (waiting.Pop())
            {
                case Leaf leaf:
                    yield return new KeyValuePair<int, T>(leaf.Key, leaf.Value);
                    break;
                case Branch branch:
                    waiting.Push(branch.Right);
                    waiting.Push(branch.Left);
                    break;
            }
        }
    }

    private protected abstract int AnyKey { get; }

    private protected abstract PersistentMap<T> Set(int key, T value);

    private static PersistentMap<T>? Each(PersistentMap<T>? map, Func<int, T, T?> change) => map switch
    {
        Leaf leaf => leaf.With(change(leaf.Key, leaf.Value)),
        Branch branch => branch.With(Each(branch.Left, change), Each(branch.Right, change)),
        _ => null,
    };

    private static PersistentMap<T>? Disjoint(PersistentMap<T>? left, PersistentMap<T>? right)
    {
        if (left is null || right is null)
            return left ?? right;

        var bit = HighestBit(left.AnyKey ^ right.AnyKey);
        var prefix = left.AnyKey & ~((bit << 1) - 1);
        return (left.AnyKey & bit) == 0 ? Branch.Of(prefix, bit, left, right) : Branch.Of(prefix, bit, right, left);
    }

    private static int HighestBit(int difference)
    {
        var bit = 1;
        while ((difference >>= 1) != 0)
            bit <<= 1;
        return bit;
    }

    private sealed class Leaf(int key, T value) : PersistentMap<T>
    {
        public int Key => key;

        public T Value => value;

        private protected override int AnyKey => key;

        public Leaf? With(T? changed) => ReferenceEquals(changed, value) ? this : changed is null ? null : new Leaf(key, changed);

        private protected override PersistentMap<T> Set(int at, T changed) => at == key
            ? ReferenceEquals(changed, value) ? this : new Leaf(key, changed)
            : Disjoint(this, new Leaf(at, changed))!;
    }

    private sealed class Branch(int prefix, int bit, PersistentMap<T> left, PersistentMap<T> right) : PersistentMap<T>
    {
        public int Prefix => prefix;

        public int Bit => bit;

        public PersistentMap<T> Left => left;

        public PersistentMap<T> Right => right;

        private protected override int AnyKey { get; } = left.AnyKey;

        public static PersistentMap<T>? Of(int prefix, int bit, PersistentMap<T>? left, PersistentMap<T>? right) =>
            left is null || right is null ? left ?? right : new Branch(prefix, bit, left, right);

        public bool Covers(int key) => (key & ~((bit << 1) - 1)) == prefix;

        public PersistentMap<T>? With(PersistentMap<T>? newLeft, PersistentMap<T>? newRight) =>
            ReferenceEquals(newLeft, left) && ReferenceEquals(newRight, right) ? this : Of(prefix, bit, newLeft, newRight);

        private protected override PersistentMap<T> Set(int key, T value)
        {
            if (!Covers(key))
                return Disjoint(this, new Leaf(key, value))!;

            return ((key & bit) == 0 ? With(left.Set(key, value), right) : With(left, right.Set(key, value)))!;
        }
    }
}
