using System.Collections.Immutable;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Requests;

/// <summary>
/// Evidence for a reviewer: each request, the application of one, and each bound assertion, with what is known of it.
/// <para>Reports: each request, each application built here and each bound assertion, with what is known of it; off by default.</para>
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
            Say("assertion", assertion.Token, report,
                ("tokenBound", Text(assertion.TokenBound)),
                ("certificate", Text(assertion.HasCertificate)),
                ("oneResult", Text(assertion.FromOneResult)));
        }
    }

    private static void Judge(TokenRequest request, Report report)
    {
        if (request.Identity == Identity.Other)
            return;

        Say("request", request.Beginning, report,
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
            Say("application", application.Creation, report,
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

    private static void Say(string call, Step step, Report report, params (string Name, string Value)[] facts)
    {
        var properties = ImmutableDictionary<string, string?>.Empty.Add("call", call).AddRange(facts.Select(fact => new KeyValuePair<string, string?>(fact.Name, fact.Value)));
        report.Add(new Finding(step.Token, call, string.Join(", ", facts.Select(fact => $"{fact.Name} {fact.Value}"))) { Properties = properties });
    }

    private static string Text(Identity identity) => identity == Identity.Client ? "client" : "managedIdentity";

    private static string Text(ThreeState fact) => fact switch
    {
        ThreeState.Yes => "yes",
        ThreeState.No => "no",
        _ => "unknown",
    };
}
