using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow;
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
internal sealed class UncertifiedToken(SyntaxToken place, Made client)
{
    /// <summary>The name of the call that sends the token, or of the header that holds it.</summary>
    public SyntaxToken Place => place;

    /// <summary>Where the client is made.</summary>
    public SyntaxNode Client => client.Syntax;

    /// <summary>Each client once: where it is first given a token.</summary>
    public static IEnumerable<UncertifiedToken> In(TypeFlow flow) => flow.Observations
        .SelectMany(observation => Given(observation, flow))
        .ReportedOnAllPaths()
        .GroupBy(fault => fault.Finding!.Syntax)
        .Select(faults => faults.OrderBy(fault => fault.Place.SpanStart).First())
        .Select(fault => new UncertifiedToken(fault.Place.AsToken(), fault.Finding!));

    private static IEnumerable<Candidate<Made?>> Given(Observation observation, TypeFlow flow)
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
            : [new(word, observation.Frame, Judge(client, result, state, flow), client as Made)];
    }

    private static ThreeState Judge(Value client, Value? result, State state, TypeFlow flow) =>
        result is not null && client is Made made && HttpObject.PresentsCertificate(made, state, flow) == ThreeState.No ? TokenResult.Bound(result, state) : ThreeState.Unknown;

    private static Value? ClientOf(Value headers) => headers is Part { Name: "DefaultRequestHeaders", Whole: var client } ? client : null;
}
