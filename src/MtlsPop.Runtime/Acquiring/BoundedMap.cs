using System.Collections.Concurrent;

namespace MtlsPop;

/// <summary>
/// A map whose keys come from outside: above its capacity it forgets the quarter that was unused for longest, and nothing that is in use.
/// </summary>
internal sealed class BoundedMap<TKey, TValue>(int capacity, Func<TKey, TValue> create, Func<TValue, bool> isInUse)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private readonly object _trimming = new();

    // ConcurrentDictionary.Count takes all of its locks.
    private int _count;

    internal int Count => _count;

    public TValue this[TKey key]
    {
        get
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                entry = Add(key);
            }

            entry.LastUsed = Environment.TickCount64;
            return entry.Value;
        }
    }

    /// <summary>Forgets a value, unless another one has taken its place.</summary>
    public void Remove(TKey key, TValue value)
    {
        if (_entries.TryGetValue(key, out var entry) && entry.Value == value)
        {
            Remove(new KeyValuePair<TKey, Entry>(key, entry));
        }
    }

    private Entry Add(TKey key)
    {
        var added = new Entry(create(key));
        var entry = _entries.GetOrAdd(key, added);
        if (entry == added && Interlocked.Increment(ref _count) > capacity)
        {
            Trim();
        }

        return entry;
    }

    private void Trim()
    {
        if (!Monitor.TryEnter(_trimming))
        {
            return; // another caller is trimming
        }

        try
        {
            foreach (var oldest in _entries
                .Where(entry => !isInUse(entry.Value.Value))
                .OrderBy(static entry => entry.Value.LastUsed)
                .Take((capacity + 3) / 4)
                .ToArray())
            {
                Remove(oldest);
            }
        }
        finally
        {
            Monitor.Exit(_trimming);
        }
    }

    private void Remove(KeyValuePair<TKey, Entry> entry)
    {
        if (_entries.TryRemove(entry))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private sealed class Entry(TValue value)
    {
        public TValue Value { get; } = value;

        public long LastUsed { get; set; } = Environment.TickCount64;
    }
}
