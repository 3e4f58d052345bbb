using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>A <c>ClientSignedAssertion</c> that code makes and returns, as it is on each path that returns it.</summary>
internal sealed class Assertion
{
    private readonly ImmutableArray<AssertionPath> _paths;

    private Assertion(ImmutableArray<AssertionPath> paths) => _paths = paths;

    /// <summary>Where the token is set.</summary>
    public Step Token => _paths[0].Token!;

    /// <summary>Where the certificate is set; null where no path sets it.</summary>
    public Step? Certificate => _paths.Select(path => path.Certificate).FirstOrDefault(step => step is not null);

    /// <summary>Whether the token that it presents is bound to a certificate.</summary>
    public ThreeState TokenBound => ThreeStates.Agreed(_paths.Select(path => TokenResult.Bound(path.TokenFrom, path.State)));

    public ThreeState HasCertificate => ThreeStates.Agreed(_paths.Select(path => path.HasCertificate));

    /// <summary>Whether token and certificate are those of one result.</summary>
    public ThreeState FromOneResult => ThreeStates.Agreed(_paths.Select(path =>
        path is { TokenFrom: AllocatedObject token, CertificateFrom: AllocatedObject certificate } ? ThreeStates.Of(token.Equals(certificate)) : ThreeState.Unknown));

    /// <summary>Whether every path presents the token of one of these results.</summary>
    public bool PresentsTokenOf(ImmutableHashSet<AllocatedObject> results) => _paths.All(path => path.TokenFrom is AllocatedObject result && results.Contains(result));

    public static ImmutableArray<Assertion> In(TypeAnalysis flow)
    {
        var completedLater = flow.EventsOf(operation => operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: MsalNames.TokenBindingCertificate } })
            .Where(observation => observation.Receiver is AllocatedObject)
            .Select(observation => observation.Receiver)
            .ToImmutableHashSet();
        return flow.Returned(value => value is AllocatedObject made && flow.Msal.Is(made.Type, MsalNames.ClientSignedAssertion))
            .GroupBy(outcome => (AllocatedObject)outcome.Value)
            .Select(outcomes => outcomes.Select(outcome => new AssertionPath(outcomes.Key, outcome.State, completedLater.Contains(outcomes.Key))).ToImmutableArray())
            .Where(paths => paths.All(path => path.Token is not null))
            .Select(paths => new Assertion(paths))
            .ToImmutableArray();
    }
}

/// <summary>An assertion on one path that returns it.</summary>
internal sealed class AssertionPath(AllocatedObject assertion, State state, bool getsCertificate)
{
    private readonly CallLog _history = state[assertion] ?? CallLog.Escaped;

    public State State => state;

    public Step? Token => _history.Last(MsalNames.Assertion);

    public Step? Certificate => _history.Last(MsalNames.TokenBindingCertificate);

    /// <summary>The result whose token it presents.</summary>
    public AbstractValue? TokenFrom => Token?["value"] is { } token ? TokenResult.Of(token, MsalNames.AccessToken) : null;

    /// <summary>The result whose certificate it presents.</summary>
    public AbstractValue? CertificateFrom => Certificate?["value"] is { } certificate ? TokenResult.Of(certificate, MsalNames.BindingCertificate) : null;

    public ThreeState HasCertificate => Certificate?["value"] switch
    {
        ConstantValue { Data: null } => ThreeState.No,
        { IsUnknown: false } => ThreeState.Yes,
        null when Certificate is null && !_history.IsOpenTo(MsalNames.TokenBindingCertificate) && !getsCertificate => ThreeState.No,
        _ => ThreeState.Unknown,
    };
}
