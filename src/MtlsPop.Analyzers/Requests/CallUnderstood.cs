using System.Collections.Immutable;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Requests;

/// <summary>Evidence for a reviewer: each request, and each application of one, with what is known of it.</summary>
internal sealed class CallUnderstood() : Rule<TokenRequest>(Rules.CallUnderstood)
{
    protected override void Judge(TokenRequest request, Report report)
    {
        if (request.Identity == Identity.Other)
            return;

        Say("request", request.Beginning, report,
            ("identity", request.Identity == Identity.Client ? "client" : "managedIdentity"),
            ("audience", request.Audience ?? "unknown"),
            ("bound", Text(request.Bound)),
            ("attested", Text(request.Attested)),
            ("bearerOverMtls", Text(request.BearerOverMtls)),
            ("chainSent", Text(request.ChainSent)),
            ("secondLeg", Text(request.IsSecondLeg)));

        foreach (var application in request.Applications.Where(application => application.IsBuiltHere))
        {
            Say("application", application.Creation, report,
                ("tenanted", Text(application.Tenanted)),
                ("region", Text(application.HasRegion)),
                ("canBind", Text(application.CanBind(request.Msal))),
                ("presentsAssertion", Text(application.PresentsAssertion)));
        }
    }

    private static void Say(string call, Step step, Report report, params (string Name, string Value)[] facts)
    {
        var properties = ImmutableDictionary<string, string?>.Empty.Add("call", call).AddRange(facts.Select(fact => new KeyValuePair<string, string?>(fact.Name, fact.Value)));
        report.At(step.Token, properties, call, string.Join(", ", facts.Select(fact => $"{fact.Name} {fact.Value}")));
    }

    private static string Text(Fact fact) => fact switch
    {
        Fact.Yes => "yes",
        Fact.No => "no",
        _ => "unknown",
    };
}
