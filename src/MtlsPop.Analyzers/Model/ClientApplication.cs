using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>The application of a request: one object, on each path that builds it.</summary>
internal sealed class ClientApplication
{
    private readonly List<(CallLog History, State State)> _paths;

    private ClientApplication(List<(CallLog History, State State)> paths) => _paths = paths;

    /// <summary>The <c>Create</c> call. Rules about missing steps report here.</summary>
    public Step Creation => _paths[0].History.Steps[0];

    /// <summary>Whether any of its steps is known.</summary>
    public bool IsBuiltHere => _paths[0].History.Steps.Length > 0;

    /// <summary>Whether its authority is one tenant's.</summary>
    public ThreeState Tenanted => Agreed(path => Authority.IsTenanted(path.History, path.State));

    /// <summary>The steps that say something of the authority; the beginning where none does.</summary>
    public IEnumerable<Step> AuthoritySteps => _paths.Select(path => Authority.LastStep(path.History) ?? Creation);

    public ThreeState HasRegion => Agreed(path => Authority.IsOfOtherKind(path.History) ? ThreeState.Unknown : path.History.Has(MsalNames.WithAzureRegion));

    /// <summary>Whether its region is a constant that can be the name of one.</summary>
    public ThreeState HasRegionThat(Func<string, bool> canBe) =>
        Agreed(path => !path.History.IsOpenTo(MsalNames.WithAzureRegion) && RegionIn(path.History) is { } region ? ThreeStates.Of(canBe(region)) : ThreeState.Unknown);

    /// <summary>The steps that set a constant region.</summary>
    public IEnumerable<(Step Step, string Region)> Regions =>
        from path in _paths
        let region = RegionIn(path.History)
        where region is not null
        select (path.History.Last(MsalNames.WithAzureRegion)!, region);

    /// <summary>Whether a token can be bound to the credential that was set last.</summary>
    public ThreeState CanBind(MsalLibrary msal) => Agreed(path => Credential.Last(path.History) is { } credential ? Credential.CanBind(credential, msal) : ThreeState.Unknown);

    public ThreeState PresentsAssertion => Agreed(path => Credential.Last(path.History) is { } credential
        ? ThreeStates.Of(credential.Name == MsalNames.WithClientAssertion)
        : path.History.Has(MsalNames.WithClientAssertion));

    public IEnumerable<Step> Credentials => _paths.Select(path => Credential.Last(path.History)).OfType<Step>();

    /// <summary>Whether a certificate can be presented through the HTTP clients that it is given.</summary>
    public ThreeState FactoryPresentsCertificate(MsalLibrary msal) =>
        Agreed(path => Factory(path.History) is { Type: var type } ? ThreeStates.Of(msal.PresentsCertificates(type)) : ThreeState.Unknown);

    /// <summary>The steps that set the source of HTTP clients, each with its type.</summary>
    public IEnumerable<(Step Step, ITypeSymbol Factory)> Factories =>
        from path in _paths
        let factory = Factory(path.History)
        where factory is not null
        select (path.History.Last(MsalNames.WithHttpClientFactory)!, factory.Type);

    private static string? RegionIn(CallLog history) => history.Last(MsalNames.WithAzureRegion)?["azureRegion"] is ConstantValue { Data: string region } ? region : null;

    private static AllocatedObject? Factory(CallLog history) =>
        history.IsOpenTo(MsalNames.WithHttpClientFactory) ? null : history.Last(MsalNames.WithHttpClientFactory)?["httpClientFactory"] as AllocatedObject;

    public static IEnumerable<ClientApplication> Of(IEnumerable<RequestPath> paths) => paths
        .GroupBy(path => path.ApplicationObject)
        .Select(same => new ClientApplication([.. same.Select(path => (path.Application, path.State))]));

    /// <summary>Where the builder went through other code, or began with options, nobody here knows.</summary>
    private ThreeState Agreed(Func<(CallLog History, State State), ThreeState> judge) => ThreeStates.Agreed(_paths.Select(path =>
        path.History is { IsEscaped: false, Steps: { Length: > 0 } steps } && steps[0].Name == MsalNames.Create && path.History.Has("WithOptions") == ThreeState.No ? judge(path) : ThreeState.Unknown));
}
