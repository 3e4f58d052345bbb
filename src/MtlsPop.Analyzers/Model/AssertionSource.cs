using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>A call of <c>WithClientAssertion</c>: what it presents, and for which requests.</summary>
internal sealed class AssertionSource
{
    private readonly ImmutableArray<Outcome> _presented;

    private AssertionSource(ImmutableArray<Observation> calls, TypeFlow flow, ImmutableArray<TokenRequest> requests)
    {
        _presented = calls.SelectMany(call => PresentedBy(call, flow)).ToImmutableArray();
        var place = calls[0].Operation.Syntax;
        Requests = requests.Where(request => request.Credentials.Any(credential => credential.Step.Syntax == place)).ToImmutableArray();
    }

    /// <summary>The requests of the application that presents it.</summary>
    public ImmutableArray<TokenRequest> Requests { get; }

    /// <summary>The results whose tokens it presents, one for each path; null where that is not known.</summary>
    public IEnumerable<(Made? Result, State State)> Tokens => _presented.Select(outcome => (TokenOf(outcome.Value, outcome.State) as Made, outcome.State));

    /// <summary>Whether every token that it presents is of one of these results.</summary>
    public bool Presents(ImmutableHashSet<Made> results) => _presented.Length > 0 && Tokens.All(token => token.Result is not null && results.Contains(token.Result));

    public static IEnumerable<AssertionSource> In(TypeFlow flow, ImmutableArray<TokenRequest> requests) => flow.Observations
        .Where(observation => flow.IsCallOf(observation.Operation, Names.WithClientAssertion))
        .GroupBy(observation => observation.Operation.Syntax)
        .Select(calls => new AssertionSource(calls.ToImmutableArray(), flow, requests));

    private static IEnumerable<Outcome> PresentedBy(Observation call, TypeFlow flow)
    {
        var argument = call.Arguments.LastOrDefault(argument => argument.Parameter is not null);
        return argument.Value is Callback callback ? flow.Returns(callback) : [new Outcome(argument.Value ?? Value.Unknown, call.State)];
    }

    private static Value? TokenOf(Value presented, State state) => presented switch
    {
        Part { Name: Names.AccessToken, Whole: var result } => result,
        Made assertion => new AssertionPath(assertion, state, getsCertificate: false).TokenFrom,
        _ => null,
    };
}
