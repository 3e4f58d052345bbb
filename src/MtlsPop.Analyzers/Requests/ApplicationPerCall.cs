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
/// <para>Reports: an application that a method builds, asks for a token and drops, with a cache of its own.</para>
/// <para>Leaves alone: start-up code; applications that are kept, returned or asked in a loop; shared caches.</para>
/// </summary>
internal sealed class ApplicationPerCall() : Rule<ShortLivedApplication>(Rules.ApplicationPerCall)
{
    /// <summary>The property of a finding whose application makes a bound request.</summary>
    public const string Binds = "binds";

    private static readonly ImmutableDictionary<string, string?> _bound = ImmutableDictionary<string, string?>.Empty.Add(Binds, null);

    protected override IEnumerable<ShortLivedApplication> Find(TypeModel type, CancellationToken cancellation) => ShortLivedApplication.In(type.Requests, type.Flow);

    protected override void Judge(ShortLivedApplication application, Report report) =>
        report.Add(new Finding(application.Build.Token, application.Identity == Identity.ManagedIdentity ? "binding certificate" : "token cache")
        {
            Properties = application.IsBound ? _bound : ImmutableDictionary<string, string?>.Empty,
        });
}

/// <summary>An application that a method builds, asks for a token and drops, with a cache of its own that is dropped with it.</summary>
internal sealed class ShortLivedApplication(Step build, Identity identity, bool isBound)
{
    public Step Build => build;

    public Identity Identity => identity;

    /// <summary>Whether a request of it asks for a bound token.</summary>
    public bool IsBound => isBound;

    public static IEnumerable<ShortLivedApplication> In(IEnumerable<TokenRequest> requests, TypeAnalysis flow) =>
        OfEach(requests, flow).ToLookup(found => found.Build.Syntax).Select(same => new ShortLivedApplication(same.First().Build, same.First().Identity, same.Any(found => found.IsBound)));

    private static IEnumerable<ShortLivedApplication> OfEach(IEnumerable<TokenRequest> requests, TypeAnalysis flow)
    {
        foreach (var request in requests)
        {
            foreach (var path in request.Paths)
            {
                if (path.ApplicationObject is { } application
                    && path.Application is { IsEscaped: false } history
                    && history.Last(MsalNames.Build) is { } build
                    && HasOwnCache(request.Identity, path, history)
                    && BodySyntax.FunctionOf(application.Syntax) is MethodDeclarationSyntax method
                    && BodySyntax.FunctionOf(request.Execution) == method
                    && BodySyntax.RunsPerCall(method)
                    && !IsAskedAgainAndAgain(request.Execution, application, method)
                    && !IsUsedByOtherCode(application, method, flow))
                    yield return new ShortLivedApplication(build, request.Identity, path.Has(MsalNames.WithMtlsProofOfPossession) == ThreeState.Yes);
            }
        }
    }

    /// <summary>Managed identities share one cache of bearer tokens; for a bound one they need the certificate, which each keeps for itself.</summary>
    private static bool HasOwnCache(Identity identity, RequestPath path, CallLog application) => identity switch
    {
        Identity.Client => application.Has(MsalNames.WithCacheOptions) == ThreeState.No,
        Identity.ManagedIdentity => path.Has(MsalNames.WithMtlsProofOfPossession) == ThreeState.Yes,
        _ => false,
    };

    /// <summary>A loop that goes on until it is told to stop, or for as long as work comes in, may live as long as the process, and the application with it.</summary>
    private static bool IsAskedAgainAndAgain(SyntaxNode execution, AllocatedObject application, MethodDeclarationSyntax method) =>
        execution.Ancestors().TakeWhile(ancestor => ancestor != method).Any(loop =>
            loop is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax { Condition: null } or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } && !loop.Contains(application.Syntax));

    /// <summary>Whoever gets the application may keep it, or give it another cache.</summary>
    private static bool IsUsedByOtherCode(AllocatedObject application, MethodDeclarationSyntax method, TypeAnalysis flow) =>
        flow.Returns(application)
        || method.ParameterList.Parameters.Any(parameter => parameter.Modifiers.Any(SyntaxKind.OutKeyword) || parameter.Modifiers.Any(SyntaxKind.RefKeyword))
        || flow.About(application).Any(observation => IsCacheOf(observation.Result, application) || observation.Arguments.Any(argument => Contains(argument.Value, application)))
        || application.Syntax.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { Identifier.ValueText: var name } && method.DescendantNodes().Any(node => BodySyntax.IsFunction(node) && Mentions.Word(node, name));

    private static bool Contains(AbstractValue value, AllocatedObject application) => value switch
    {
        AllocatedObject made => made.Equals(application),
        SequenceValue sequence => sequence.Parts.Any(element => Contains(element, application)),
        _ => IsCacheOf(value, application),
    };

    private static bool IsCacheOf(AbstractValue value, AllocatedObject application) =>
        value is MemberOf { Name: MsalNames.AppTokenCache or MsalNames.UserTokenCache, Owner: var whole } && whole.Equals(application);
}
