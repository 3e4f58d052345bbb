using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>The application of a request: one object, on each path that builds it.</summary>
internal sealed class ClientApplication
{
    private readonly List<(History History, State State)> _paths;

    private ClientApplication(List<(History History, State State)> paths) => _paths = paths;

    /// <summary>The call that begins to build it: there speaks who misses a step.</summary>
    public Step Creation => _paths[0].History.Steps[0];

    /// <summary>Whether any of its steps is known.</summary>
    public bool IsBuiltHere => _paths[0].History.Steps.Length > 0;

    /// <summary>Whether its authority is one tenant's.</summary>
    public Fact Tenanted => Agreed(path => Authority.IsTenanted(path.History, path.State));

    /// <summary>The steps that say something of the authority; the beginning where none does.</summary>
    public IEnumerable<Step> AuthoritySteps => _paths.Select(path => Authority.LastStep(path.History) ?? Creation);

    public Fact HasRegion => Agreed(path => Authority.IsOfOtherKind(path.History) ? Fact.Unknown : Facts.Of(path.History.Last(Names.WithAzureRegion) is not null));

    /// <summary>The step that sets the region, with each region it may set; null where other code may set another.</summary>
    public IEnumerable<(Step Step, IEnumerable<Value?> Regions)> Regions =>
        from path in _paths
        let step = path.History.Last(Names.WithAzureRegion)
        where step is not null
        group (Step: step, Region: path.History.Open ? null : step["azureRegion"]) by step.Syntax into calls
        select (calls.First().Step, calls.Select(call => call.Region));

    /// <summary>Whether a token can be bound to the credential that was set last.</summary>
    public Fact CanBind(MsalLibrary msal) => Agreed(path => Credential.Last(path.History) is { } credential ? Credential.CanBind(credential, msal) : Fact.Unknown);

    public Fact PresentsAssertion => Agreed(path => Facts.Of(Credential.Last(path.History)?.Name == Names.WithClientAssertion));

    public IEnumerable<Step> Credentials => _paths.Select(path => Credential.Last(path.History)).OfType<Step>();

    /// <summary>The steps that set the source of HTTP clients, each with its type, where no certificate can be presented through any of them.</summary>
    public IEnumerable<(Step Step, ITypeSymbol Factory)> FactoriesWithoutCertificate(MsalLibrary msal)
    {
        if (Agreed(path => Factory(path.History) is { Type: var type } ? Facts.Of(msal.PresentsCertificates(type)) : Fact.Unknown) != Fact.No)
            yield break;

        foreach (var (history, _) in _paths)
            yield return (history.Last(Names.WithHttpClientFactory)!, Factory(history)!.Type);
    }

    private static Made? Factory(History history) => history.Last(Names.WithHttpClientFactory)?["httpClientFactory"] as Made;

    public static IEnumerable<ClientApplication> Of(IEnumerable<RequestPath> paths) => paths
        .GroupBy(path => path.ApplicationObject)
        .Select(same => new ClientApplication([.. same.Select(path => (path.Application, path.State))]));

    /// <summary>Where the builder went through other code, or began with options, nobody here knows.</summary>
    private Fact Agreed(Func<(History History, State State), Fact> judge) => Facts.Agreed(_paths.Select(path =>
        path.History is { Open: false, Steps: { Length: > 0 } steps } && steps[0].Name == Names.Create && path.History.Last("WithOptions") is null ? judge(path) : Fact.Unknown));
}
