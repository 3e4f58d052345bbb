using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>
/// A bound token is given to a client that surely has no client certificate.
/// <para>Reports: a bound token that is put on, or sent by, a client whose handler is new and was given no certificate; each client once.</para>
/// <para>Leaves alone: a client whose handler is not known; a token that was found unbound.</para>
/// </summary>
internal sealed class TokenSentWithoutCertificate() : Rule<UncertifiedToken>(Rules.TokenSentWithoutCertificate)
{
    protected override IEnumerable<UncertifiedToken> Find(TypeModel type, CancellationToken cancellation) => UncertifiedToken.In(type.Flow);

    protected override void Judge(UncertifiedToken token, Report report) => 
        report.Add(new Finding(token.Place) { OtherPlaces = ImmutableArray.Create(token.Client.GetLocation()) });
}

/// <summary>A bound token that a client sends, or sets out to send with every request, and that surely has no certificate to show for it.</summary>
internal sealed class UncertifiedToken(SyntaxToken place, AllocatedObject client)
{
    private const string DefaultHeaders = "DefaultRequestHeaders";

    /// <summary>The name of the call that sends the token, or of the header that holds it.</summary>
    public SyntaxToken Place => place;

    /// <summary>Where the client is made.</summary>
    public SyntaxNode Client => client.Syntax;

    /// <summary>Each client once: where it is first given a token.</summary>
    public static IEnumerable<UncertifiedToken> In(TypeAnalysis flow) => flow.EventsOf(SendsOrSets)
        .Concat(flow.EventsOf(Adds, value => value is MemberOf { Name: DefaultHeaders }))
        .SelectMany(observation => Given(observation, flow))
        .ReportedOnAllPaths()
        .GroupBy(fault => fault.Finding!.Syntax)
        .Select(faults => faults.OrderBy(fault => fault.Place.SpanStart).First())
        .Select(fault => new UncertifiedToken(fault.Place.AsToken(), fault.Finding!));

    private static bool SendsOrSets(IOperation operation) =>
        operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: AuthorizationHeader.Name } } || operation is IInvocationOperation { TargetMethod: var method } && HttpObject.Sends(method);

    private static bool Adds(IOperation operation) => operation is IInvocationOperation { TargetMethod.Name: "Add" or "TryAddWithoutValidation" };

    private static IEnumerable<Candidate<AllocatedObject?>> Given(TraceEvent observation, TypeAnalysis flow)
    {
        var (client, word, authorization) = observation.Operation switch
        {
            ISimpleAssignmentOperation { Target.Syntax: ExpressionSyntax target, Target: IPropertyReferenceOperation { Property.Name: AuthorizationHeader.Name } } =>
                (ClientOf(observation.Receiver), target.GetLastToken(), observation.Arguments[0].Value),
            IInvocationOperation { Syntax: InvocationExpressionSyntax { Expression: var called } } call when HttpObject.Sends(call.TargetMethod) =>
                (observation.Receiver, called.GetLastToken(), HttpObject.Authorized(observation)),
            IInvocationOperation { Syntax: InvocationExpressionSyntax { Expression: var called }, TargetMethod.Name: "Add" or "TryAddWithoutValidation" } when observation.Arguments.For("name") is { Value: var name } && AuthorizationHeader.IsName(name) =>
                (ClientOf(observation.Receiver), called.GetLastToken(), observation.Arguments.For("value")?.Value),
            _ => default,
        };

        var state = observation.State;
        var result = authorization is null ? null : AuthorizationHeader.Read(authorization, state)?.Result;
        return client is null || (result is not null && TokenResult.CameUnbound(result, state))
            ? []
            : [new(word, observation.CallSite, Judge(client, result, state, flow), client as AllocatedObject)];
    }

    private static ThreeState Judge(AbstractValue client, AbstractValue? result, State state, TypeAnalysis flow) =>
        result is not null && client is AllocatedObject made && HttpObject.PresentsCertificate(made, state, flow) == ThreeState.No ? TokenResult.Bound(result, state) : ThreeState.Unknown;

    private static AbstractValue? ClientOf(AbstractValue headers) => headers is MemberOf { Name: DefaultHeaders, Owner: var client } ? client : null;
}
