using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Requests;

/// <summary>
/// Evidence for a reviewer: each request, the application of one, each bound assertion and each call that sends a token, with what is known of it.
/// <para>Reports: each request, each application built here, each bound assertion and each call that sends a token, with what is known of it; off by default.</para>
/// <para>Leaves alone: requests of users.</para>
/// </summary>
internal sealed class CallUnderstood() : Rule(Rules.CallUnderstood)
{
    public override void Judge(TypeModel type, Report report)
    {
        foreach (var request in type.Requests)
            Judge(request, report);

        foreach (var assertion in type.Assertions)
        {
            Say("assertion", assertion.Token.Token, report, why: null,
                ("tokenBound", Text(assertion.TokenBound)),
                ("certificate", Text(assertion.HasCertificate)),
                ("oneResult", Text(assertion.FromOneResult)));
        }

        foreach (var call in ResourceCall.In(type.Flow))
        {
            var why = call.Bound == ThreeState.Unknown ? "the request of the token is not seen" : call.Certificate == ThreeState.Unknown ? "what certificate the client presents is not seen" : null;
            Say("resource", call.Place, report, why,
                ("bound", Text(call.Bound)),
                ("boundScheme", Text(call.BoundScheme)),
                ("certificate", Text(call.Certificate)),
                ("tls", Text(call.Tls)));
        }
    }

    private static void Judge(TokenRequest request, Report report)
    {
        if (request.Identity == Identity.Other)
            return;

        Say("request", request.Beginning.Token, report, WhyNotUnderstood(request),
            ("identity", Text(request.Identity)),
            ("audience", request.Audience ?? "unknown"),
            ("forExchange", Text(request.ForExchange)),
            ("bound", Text(request.Bound)),
            ("attested", Text(request.Attested)),
            ("bearerOverMtls", Text(request.BearerOverMtls)),
            ("chainSent", Text(ChainSent(request))),
            ("secondLeg", Text(request.IsSecondLeg)));

        foreach (var application in request.Applications.Where(application => application.IsBuiltHere))
        {
            Say("application", application.Creation.Token, report, why: null,
                ("identity", Text(request.Identity)),
                ("bound", Text(request.Bound)),
                ("tenanted", Text(application.Tenanted)),
                ("region", Text(application.HasRegion)),
                ("canBind", Text(application.CanBind(request.Msal))),
                ("presentsAssertion", Text(application.PresentsAssertion)));
        }
    }

    /// <summary>By the request itself, or with the certificates of its application; unknown where it has another credential.</summary>
    private static ThreeState ChainSent(TokenRequest request) =>
        request.ChainSent == ThreeState.No ? ThreeStates.Agreed(request.Credentials.Select(credential => credential.IsCertificate ? credential.ChainSent : ThreeState.Unknown)) : request.ChainSent;

    /// <summary>Why it is unknown whether the token is bound, or its key attested; null where both are known.</summary>
    private static string? WhyNotUnderstood(TokenRequest request)
    {
        if (request is { Bound: not ThreeState.Unknown, Attested: not ThreeState.Unknown })
            return null;
        return request.Paths.Any(path => path.History.IsEscaped) ? "code that is not seen may add to the request" : "some paths do what others leave out";
    }

    private static void Say(string call, SyntaxToken place, Report report, string? why, params (string Name, string Value)[] facts)
    {
        var properties = ImmutableDictionary<string, string?>.Empty
            .Add("call", call)
            .Add("understood", why is null ? "yes" : "no")
            .AddRange(facts.Select(fact => new KeyValuePair<string, string?>(fact.Name, fact.Value)));
        if (why is not null)
            properties = properties.Add("reason", why);
        report.Add(new Finding(place, call, string.Join(", ", facts.Select(fact => $"{fact.Name} {fact.Value}"))) { Properties = properties });
    }

    private static string Text(Identity identity) => identity == Identity.Client ? "client" : "managedIdentity";

    private static string Text(ThreeState fact) => fact switch
    {
        ThreeState.Yes => "yes",
        ThreeState.No => "no",
        _ => "unknown",
    };
}
