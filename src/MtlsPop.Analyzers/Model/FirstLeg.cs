using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Model;

/// <summary>The first leg of a federation: a request for a token that is to be exchanged.</summary>
internal sealed class FirstLeg(TokenRequest request, bool exchangedBound)
{
    /// <summary>The name of the call that begins it.</summary>
    public SyntaxToken Place => request.Beginning.Token;

    public Fact Bound => request.Bound;

    public Fact Attested => request.Attested;

    /// <summary>Whether what it is for is bound: the assertion that presents its token, or the second leg that is asked for with it.</summary>
    public bool ExchangedBound => exchangedBound;

    public static IEnumerable<FirstLeg> In(ImmutableArray<TokenRequest> requests, ImmutableArray<Assertion> assertions, ImmutableArray<AssertionSource> sources)
    {
        foreach (var request in requests)
        {
            if (request.ForExchange != Fact.Yes)
                continue;

            var results = request.Paths.Select(path => path.Result).ToImmutableHashSet();
            yield return new FirstLeg(
                request,
                assertions.Any(assertion => assertion.HasCertificate == Fact.Yes && assertion.PresentsTokenOf(results))
                || sources.Any(source => source.Presents(results) && source.Requests.Any(secondLeg => secondLeg.Bound == Fact.Yes)));
        }
    }
}
