using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.Analyzers.Requests;

/// <summary>
/// A method that runs per call builds the application which it asks for a token, and with it a new, empty cache.
/// <para>Reports: an application that a method, or a factory that it calls, builds, asks for a token and drops, with a cache of its own.</para>
/// <para>Leaves alone: start-up code; applications that are kept, returned or asked in a loop; shared caches; results that are kept; a second leg that was given this call's first leg, which MPOP4007 is about.</para>
/// </summary>
internal sealed class ApplicationPerCall() : Rule<ShortLivedApplication>(Rules.ApplicationPerCall)
{
    /// <summary>The property of a finding whose application makes a bound request.</summary>
    public const string Binds = "binds";

    private static readonly ImmutableDictionary<string, string?> _bound = ImmutableDictionary<string, string?>.Empty.Add(Binds, null);

    protected override IEnumerable<ShortLivedApplication> Find(TypeModel type, CancellationToken cancellation) => ShortLivedApplication.In(type.Requests, type.Flow);

    protected override void Judge(ShortLivedApplication application, Report report) =>
        report.Add(new Finding(application.Place, application.Identity == Identity.ManagedIdentity ? "binding certificate" : "token cache")
        {
            OtherPlaces = ImmutableArray.Create(application.Expression.GetLocation()),
            Properties = application.IsBound ? _bound : ImmutableDictionary<string, string?>.Empty,
        });
}

/// <summary>An application that a method builds, asks for a token and drops, with a cache of its own that is dropped with it.</summary>
internal sealed class ShortLivedApplication(SyntaxToken place, SyntaxToken expression, Identity identity, bool isBound)
{
    private static readonly ImmutableHashSet<string> _keeping = ImmutableHashSet.Create("GetOrAdd", "GetOrCreate", "GetOrCreateAsync", "EnsureInitialized");

    /// <summary>The name of the call that begins to build it, where that is in the method; else of the one that gives it.</summary>
    public SyntaxToken Place => place;

    /// <summary>The name of the call that gives it.</summary>
    public SyntaxToken Expression => expression;

    public Identity Identity => identity;

    /// <summary>Whether a request of it asks for a bound token.</summary>
    public bool IsBound => isBound;

    public static IEnumerable<ShortLivedApplication> In(IEnumerable<TokenRequest> requests, TypeAnalysis flow) =>
        OfEach(requests, flow).ToLookup(found => found.Place).Select(same => new ShortLivedApplication(same.Key, same.First().Expression, same.First().Identity, same.Any(found => found.IsBound)));

    private static IEnumerable<ShortLivedApplication> OfEach(IEnumerable<TokenRequest> requests, TypeAnalysis flow)
    {
        foreach (var request in requests)
        {
            foreach (var path in request.Paths)
            {
                if (path.ApplicationObject is { } application
                    && path.Application is { IsEscaped: false, Steps: { Length: > 0 } steps } history
                    && history.Last(MsalNames.Build) is not null
                    && HasOwnCache(request.Identity, path, history)
                    && BodySyntax.FunctionOf(request.Execution) is MethodDeclarationSyntax method
                    && BodySyntax.RunsPerCall(method)
                    && GivenIn(method, application) is { } given
                    && !ServesLoop(request.Execution, given, method)
                    && !IsUsedByOtherCode(application, given, method, flow)
                    && !flow.Keeps(path.Result)
                    && !CapturesResult(history, path.State))
                {
                    var expression = Flow.Engine.Place.WordOf(given);
                    yield return new ShortLivedApplication(
                        BodySyntax.FunctionOf(steps[0].Syntax) == method ? steps[0].Token : expression, expression, request.Identity, path.Has(MsalNames.WithMtlsProofOfPossession) == ThreeState.Yes);
                }
            }
        }
    }

    /// <summary>What gives the application in this method: its <c>Build</c>, or the call of a factory. Null where a table or a <c>Lazy</c> gives it, which keeps it.</summary>
    private static SyntaxNode? GivenIn(MethodDeclarationSyntax method, AllocatedObject application)
    {
        var place = application.Syntax;
        for (var site = application.CallSite; site is not null && BodySyntax.FunctionOf(place) != method; site = site.Caller)
        {
            if (site.Call is not InvocationExpressionSyntax || _keeping.Contains(Flow.Engine.Place.WordOf(site.Call).ValueText))
                return null;

            place = site.Call;
        }

        return BodySyntax.FunctionOf(place) == method ? place : null;
    }

    /// <summary>Managed identities share one cache of bearer tokens; for a bound one they need the certificate, which each keeps for itself.</summary>
    private static bool HasOwnCache(Identity identity, RequestPath path, CallLog application) => identity switch
    {
        Identity.Client => application.Has(MsalNames.WithCacheOptions) == ThreeState.No,
        Identity.ManagedIdentity => path.Has(MsalNames.WithMtlsProofOfPossession) == ThreeState.Yes,
        _ => false,
    };

    /// <summary>An application that is built before a loop serves all of it, and perhaps lives as long as the process.</summary>
    private static bool ServesLoop(SyntaxNode execution, SyntaxNode given, MethodDeclarationSyntax method) =>
        execution.Ancestors().TakeWhile(ancestor => ancestor != method).Any(loop =>
            loop is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax && !loop.Span.Contains(given.Span));

    /// <summary>A second leg whose callback presents what this call got before: kept, it would present that for ever.</summary>
    private static bool CapturesResult(CallLog application, State state) =>
        application.Last(MsalNames.WithClientAssertion)?.Arguments.Select(argument => argument.Value).OfType<DelegateValue>().FirstOrDefault() is { Lambda.Syntax: var callback }
        && state.Variables.Any(variable => variable.Value.Objects.Any(made => made.Type.Name == MsalNames.AuthenticationResult) && Mentions.Word(callback, variable.Key.Name));

    /// <summary>Whoever gets the application may keep it, or give it another cache.</summary>
    private static bool IsUsedByOtherCode(AllocatedObject application, SyntaxNode given, MethodDeclarationSyntax method, TypeAnalysis flow) =>
        flow.Returns(application)
        || flow.Keeps(application)
        || method.ParameterList.Parameters.Any(parameter => parameter.Modifiers.Any(SyntaxKind.OutKeyword) || parameter.Modifiers.Any(SyntaxKind.RefKeyword))
        || flow.About(application).Any(observation => IsCacheOf(observation.Result, application) || observation.Arguments.Any(argument => Contains(argument.Value, application)))
        || given.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { Identifier.ValueText: var name } && method.DescendantNodes().Any(node => BodySyntax.IsFunction(node) && Mentions.Word(node, name));

    private static bool Contains(AbstractValue value, AllocatedObject application) => value switch
    {
        AllocatedObject made => made.Equals(application),
        SequenceValue sequence => sequence.Parts.Any(element => Contains(element, application)),
        _ => IsCacheOf(value, application),
    };

    private static bool IsCacheOf(AbstractValue value, AllocatedObject application) =>
        value is MemberOf { Name: MsalNames.AppTokenCache or MsalNames.UserTokenCache, Owner: var whole } && whole.Equals(application);
}
