using System.Collections.Concurrent;

namespace MtlsPop;

/// <summary>The references that Azure clients hold in place of tokens: one for each kind of token that was asked for.</summary>
internal sealed class TokenReferences(IMtlsPopTokenAcquirer acquirer, TimeProvider clock)
{
    // Each set of claims is a kind of token of its own, which is used for hours and then never again.
    private const int MaxReferences = 1024;

    private readonly ConcurrentDictionary<MtlsPopTokenRequest, TokenReference> _byRequest = new();
    private readonly ConcurrentDictionary<string, TokenReference> _byText = new(StringComparer.Ordinal);

    public TokenReference To(MtlsPopTokenRequest request)
    {
        if (_byRequest.TryGetValue(request, out var known))
        {
            return known;
        }

        lock (_byText)
        {
            if (_byRequest.TryGetValue(request, out known))
            {
                return known;
            }

            if (_byRequest.Count >= MaxReferences)
            {
                var unused = _byRequest.Values.MinBy(static reference => reference.LastUsed)!;
                _byRequest.TryRemove(unused.Request, out _);
                _byText.TryRemove(unused.Text, out _);
            }

            var added = new TokenReference(request, acquirer, clock);
            _byText[added.Text] = added;
            return _byRequest[request] = added;
        }
    }

    public TokenReference? Find(string text) => _byText.GetValueOrDefault(text);
}
