using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

internal enum Identity
{
    Other,
    Client,
    ManagedIdentity,
}

/// <summary>A request for a token, from the call that begins it to <c>ExecuteAsync</c>, on every path between.</summary>
internal sealed class TokenRequest
{
    private readonly ImmutableArray<RequestPath> _paths;

    private TokenRequest(SyntaxNode execution, ImmutableArray<RequestPath> paths, MsalLibrary msal)
    {
        Execution = execution;
        Msal = msal;
        _paths = paths;
    }

    public MsalLibrary Msal { get; }

    /// <summary>The call of <c>ExecuteAsync</c>.</summary>
    public SyntaxNode Execution { get; }

    /// <summary>The call that begins the request, such as <c>AcquireTokenForClient</c>.</summary>
    public Step Beginning => _paths[0].History.Steps[0];

    public Identity Identity => Beginning.Name switch
    {
        MsalNames.AcquireTokenForClient => Identity.Client,
        MsalNames.AcquireTokenForManagedIdentity => Identity.ManagedIdentity,
        _ => Identity.Other,
    };

    public IEnumerable<RequestPath> Paths => _paths;

    public ThreeState Bound => Has(MsalNames.WithMtlsProofOfPossession);

    public ThreeState Attested => Has(MsalNames.WithAttestationSupport);

    /// <summary>Whether it asks for a bearer token that is only requested over mTLS.</summary>
    public ThreeState BearerOverMtls => Has(MsalNames.WithRequestOverMtls);

    /// <summary>Whether the request itself, not its application, sends the certificate's chain.</summary>
    public ThreeState ChainSent => ThreeStates.Agreed(_paths.Select(path => path.History.Last(MsalNames.WithSendX5C) switch
    {
        _ when path.History.IsOpenTo(MsalNames.WithSendX5C) => ThreeState.Unknown,
        { } step => step["withSendX5C"] is ConstantValue { Data: bool send } ? ThreeStates.Of(send) : ThreeState.Unknown,
        null => ThreeState.No,
    }));

    /// <summary>The resource of a managed identity's request.</summary>
    public AbstractValue Resource => ThreeStates.Agreed(_paths.Select(path => ThreeStates.Of(Equals(path.History.Steps[0]["resource"], Beginning["resource"])))) == ThreeState.Yes
        ? Beginning["resource"] ?? AbstractValue.Unknown
        : AbstractValue.Unknown;

    /// <summary>Whether the token is asked for in order to be exchanged.</summary>
    public ThreeState ForExchange => ThreeStates.Agreed(_paths.Select(path => ExchangeAudience.AskedBy(path.History)));

    /// <summary>What the token is for, where that is a constant: the resource, or the one scope.</summary>
    public string? Audience => _paths.Select(path => ExchangeAudience.In(path.History)).Distinct().ToList() is [var only] ? only : null;

    /// <summary>Whether its application presents an assertion: it is the second leg of a federation.</summary>
    public ThreeState IsSecondLeg => ThreeStates.Agreed(Applications.Select(application => application.PresentsAssertion));

    public static ImmutableArray<TokenRequest> In(TypeAnalysis flow)
    {
        var requests = ImmutableArray.CreateBuilder<TokenRequest>();
        var executions = flow.CallsOf(MsalNames.ExecuteAsync)
            .Where(observation => observation.Receiver is AllocatedObject)
            .GroupBy(observation => (observation.Operation.Syntax, observation.CallSite, observation.Receiver));

        foreach (var execution in executions)
        {
            var paths = execution
                .Select(observation => new RequestPath((AllocatedObject)observation.Receiver, observation.State, (AllocatedObject)observation.Result))
                .Where(path => path.History.Steps.Length > 0)
                .ToImmutableArray();
            if (paths.Length > 0)
                requests.Add(new TokenRequest(execution.Key.Syntax, paths, flow.Msal));
        }

        return requests.ToImmutable();
    }

    /// <summary>The request, seen only on the paths that take this step: once for each place where the step is written.</summary>
    public IEnumerable<(TokenRequest Request, Step Step)> Given(string step)
    {
        // Where paths were joined, nobody knows any more which of them took it.
        var perhaps = _paths.Where(path => path.Has(step) == ThreeState.Unknown).ToList();
        var surely = _paths.Where(path => path.Has(step) == ThreeState.Yes).ToList();
        foreach (var group in surely.GroupBy(path => path.History.Last(step)!.Syntax))
            yield return (new TokenRequest(Execution, group.Concat(perhaps).ToImmutableArray(), Msal), group.First().History.Last(step)!);
        if (surely.Count > 0)
            yield break;

        foreach (var taken in perhaps.SelectMany(path => path.History.Perhaps).Where(taken => taken.Name == step).GroupBy(taken => taken.Syntax))
            yield return (new TokenRequest(Execution, perhaps.ToImmutableArray(), Msal), taken.First());
    }

    /// <summary>
    /// The applications of a bound request, for each place where the binding is asked for, where each of them is wrong.
    /// One of several applications is no fault unless every path binds: what decides between them may decide that as well.
    /// </summary>
    public IEnumerable<(TokenRequest Bound, IReadOnlyList<ClientApplication> Applications)> BoundWith(Func<ClientApplication, ThreeState> right)
    {
        foreach (var (bound, _) in Given(MsalNames.WithMtlsProofOfPossession))
        {
            var applications = bound.Applications.ToList();
            if (applications.TrueForAll(application => right(application) == ThreeState.No) && (applications.Count == 1 || Bound == ThreeState.Yes))
                yield return (bound, applications);
        }
    }

    /// <summary>The applications that may make it.</summary>
    public IEnumerable<ClientApplication> Applications => ClientApplication.Of(_paths);

    /// <summary>The credentials that its application may present, where they are known.</summary>
    public IEnumerable<Credential> Credentials => Credential.Of(_paths);

    public bool AllCredentialsAreKnown => _paths.All(path => !path.Application.IsEscaped && Credential.Last(path.Application) is not null);

    /// <summary>Whether its application surely presents the credential that this call gives.</summary>
    public bool Presents(SyntaxNode credential) =>
        AllCredentialsAreKnown && Credentials.Count() == 1 && Credentials.First().Step.Syntax == credential;

    private ThreeState Has(string step) => ThreeStates.Agreed(_paths.Select(path => path.Has(step)));
}

/// <summary>One way in which a request came about.</summary>
internal sealed class RequestPath(AllocatedObject request, State state, AllocatedObject result)
{
    public State State => state;

    public CallLog History { get; } = state[request] ?? CallLog.Escaped;

    public AllocatedObject Result => result;

    /// <summary>What was done to build the application; open where that is not known.</summary>
    public CallLog Application => ApplicationObject is { } application && state[application] is { } history ? history : CallLog.Escaped;

    public AllocatedObject? ApplicationObject => History.Steps.Length > 0 ? History.Steps[0].Receiver as AllocatedObject : null;

    public ThreeState Has(string step) => History.Has(step);
}
