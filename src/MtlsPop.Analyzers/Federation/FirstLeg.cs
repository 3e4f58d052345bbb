using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Federation;

/// <summary>The first leg of a federation: a request for a token that is to be exchanged.</summary>
internal sealed class FirstLeg
{
    private static readonly Evidence<List<FirstLeg>> _evidence = new((type, _) => In(type).ToList());

    private readonly TokenRequest _request;
    private readonly ImmutableArray<AssertionSource> _sources;

    private FirstLeg(TokenRequest request, TypeModel type)
    {
        _request = request;
        var results = request.Paths.Select(path => path.Result).ToImmutableHashSet();
        _sources = AssertionSource.Of(type).Where(source => source.Presents(results)).ToImmutableArray();
        ExchangedBound = _sources.Any(source => source.ServesBoundRequest)
            || type.Assertions.Any(assertion => assertion.HasCertificate == ThreeState.Yes && assertion.PresentsTokenOf(results));
    }

    /// <summary>The name of the call that begins it.</summary>
    public SyntaxToken Place => _request.Beginning.Token;

    public ThreeState Bound => _request.Bound;

    public ThreeState Attested => _request.Attested;

    /// <summary>Whether what it is for is bound: the assertion that presents its token, or the second leg that is asked for with it.</summary>
    public bool ExchangedBound { get; }

    /// <summary>What it asks for; null where that differs by path.</summary>
    public string? Audience => Only(_request.Paths.Select(path => ExchangeAudience.In(path.History)));

    /// <summary>What it should ask for: the audience of its cloud, and for a client with the scope that means all of it.</summary>
    public string? RightAudience => Audience is { } audience
        ? ExchangeAudience.Corrected(audience, ExchangeCloud, isScope: _request.Identity == Identity.Client)
        : null;

    public static IEnumerable<FirstLeg> Of(TypeModel type) => _evidence.Of(type, CancellationToken.None);

    private static IEnumerable<FirstLeg> In(TypeModel type) =>
        type.Requests.Where(request => request.ForExchange == ThreeState.Yes).Select(request => new FirstLeg(request, type));

    /// <summary>The cloud in which the token is exchanged; null where that is not known.</summary>
    private string? ExchangeCloud => _sources.Length > 0
        ? Only(_sources.SelectMany(source => source.Applications).Select(ApplicationCloud.Of))
        : _request.Identity == Identity.Client ? Only(_request.Paths.Select(path => ApplicationCloud.Of(path.Application))) : null;

    private static string? Only(IEnumerable<string?> values)
    {
        var distinct = values.Distinct().Take(2).ToList();
        return distinct.Count == 1 ? distinct[0] : null;
    }
}
