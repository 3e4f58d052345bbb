using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Flow;

/// <summary>What was observed, in order; and by object, so that a question about one object does not ask all of it.</summary>
internal sealed class Observations
{
    private readonly List<Observation> _all = [];
    private readonly Dictionary<Made, List<Observation>> _about = [];
    private readonly HashSet<SyntaxNode> _ledInto = [];
    private int _indexed;

    public IReadOnlyList<Observation> All => _all;

    public void Add(Observation observation) => _all.Add(observation);

    /// <summary>What is done with an object: with itself, with a part of it, or with a collection that holds it.</summary>
    public IEnumerable<Observation> About(Made made)
    {
        Index();
        return _about.TryGetValue(made, out var observations) ? observations : [];
    }

    /// <summary>Whether something was observed in a body that this call led into.</summary>
    public bool LedInto(SyntaxNode call)
    {
        Index();
        return _ledInto.Contains(call);
    }

    public void ForgetFrom(int first)
    {
        _all.RemoveRange(first, _all.Count - first);
        _about.Clear();
        _ledInto.Clear();
        _indexed = 0;
    }

    private void Index()
    {
        for (; _indexed < _all.Count; _indexed++)
        {
            var observation = _all[_indexed];
            if (observation.Frame is { Call: var call })
                _ledInto.Add(call);

            foreach (var made in observation.Arguments.SelectMany(argument => argument.Value.Objects).Concat(observation.Receiver.Objects))
            {
                if (!_about.TryGetValue(made, out var known))
                    _about.Add(made, known = []);
                if (known.Count == 0 || !ReferenceEquals(known[known.Count - 1], observation))
                    known.Add(observation);
            }
        }
    }
}
