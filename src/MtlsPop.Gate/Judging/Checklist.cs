using MtlsPop.Gate.Documents.Checks;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Judging;

internal enum Section
{
    MustHave,
    ShouldHave,
    Mistake,
}

/// <summary>One question of the review.</summary>
/// <param name="Rules">The rules whose findings answer it with no.</param>
/// <param name="Evidence">What answers it with yes.</param>
internal sealed record ChecklistItem(string Id, Section Section, string Title, IReadOnlyList<string> Rules, Func<Calls, Evidence> Evidence);

/// <summary>What a reviewer asks, in the reviewer's order. Each rule belongs to one item.</summary>
internal static class Checklist
{
    private const string NoBoundRequest = "no request asks for a bound token";
    private const string NoManagedIdentity = "no managed identity asks for a bound token";
    private const string NoFederation = "no federation";
    private const string NoApplication = "no application of a bound request is built here";

    public static IReadOnlyList<ChecklistItem> Items { get; } =
    [
        Must("msal-version", "MSAL can bind tokens, and what is used of it works in its version", ["MPOP9001", "MPOP9002", "MPOP9004", "MPOP9005"], Version),
        Must("bound", "Token requests ask for bound tokens", ["MPOP1002", "MPOP1004", "MPOP4004"], Bound),
        Must("attested", "Keys of managed identities are attested", ["MPOP1001", "MPOP9003"],
            calls => Evidence.OfFact(calls.ManagedIdentityRequests, "attested", "managed-identity request", "attested", NoManagedIdentity)),
        Must("namespaces", "Namespaces are complete", [], Namespaces),
        Must("terms", "A direct acquisition is not called a leg", ["MPOP5007"], Around(calls => calls.BoundRequests.Except(calls.Federation), "direct request", "no direct request for a bound token")),
        Must("second-leg", "A managed identity is never the second leg", ["MPOP4001"], AroundFederation()),

        Should("configure-await", "Awaits do not need the caller's context", ["MPOP5001"], ConfigureAwait),
        Should("cancellation", "Callers can cancel", ["MPOP5002", "MPOP5003"], AroundBound()),
        Should("disposal", "What holds connections can be disposed", ["MPOP5006"], AroundBound()),
        Should("validation", "Inputs are validated", ["MPOP5004"], AroundBound()),
        Should("disposed-check", "A disposed object says so", ["MPOP5005"], AroundBound()),
        Should("certificate-check", "The binding certificate is checked before it is used", ["MPOP3001", "MPOP3010"], AroundBound()),
        Should("client-lifetime", "Applications and HTTP clients are kept, not built for each call", ["MPOP1006", "MPOP3004"], Around(calls => calls.Requests, "request", "no request for a token")),

        Mistake("MPOP1003", AroundBound()),
        Mistake("MPOP1005", PlatformGuard),
        Mistake("MPOP1007", AroundClient()),
        Mistake("MPOP1008", AroundClient()),
        Mistake("MPOP2001", calls => Evidence.OfFact(
            calls.BoundRequests.Where(request => request["identity"] == "client" && !request.Is("secondLeg")), "chainSent", "client request", "with the chain", "no bound request with a certificate of its own")),
        Mistake("MPOP2002", calls => Evidence.OfFact(calls.Applications, "tenanted", "application", "with a tenant", NoApplication)),
        Mistake("MPOP2003", Around(calls => calls.Applications.Where(application => application.Is("region")), "application with a region", "no region is named")),
        Mistake("MPOP2004", AroundApplications()),
        Mistake("MPOP2005", calls => Evidence.OfFact(calls.Applications, "canBind", "application", "with a credential that binds", NoApplication)),
        Mistake("MPOP2006", AroundApplications()),
        Mistake("MPOP2007", Around(calls => calls.Applications.Where(application => application.Is("presentsAssertion")), "application with an assertion", "no application presents an assertion")),
        Mistake("MPOP3002", Sent("boundScheme", "under the scheme of bound tokens")),
        Mistake("MPOP3003", Sent("certificate", "with the certificate")),
        Mistake("MPOP3005", AroundBound()),
        Mistake("MPOP3006", AroundBound()),
        Mistake("MPOP3007", AroundBound()),
        Mistake("MPOP3008", Sent("tls", "over TLS")),
        Mistake("MPOP3009", AroundBound()),
        Mistake("MPOP4002", calls => Evidence.OfFact(calls.Assertions, "certificate", "bound assertion", "with a certificate", "no bound assertion")),
        Mistake("MPOP4003", calls => Evidence.OfFact(calls.Assertions, "oneResult", "bound assertion", "from one result", "no bound assertion")),
        Mistake("MPOP4005", Around(calls => calls.FirstLegs, "first leg", NoFederation)),
        Mistake("MPOP4006", AroundFederation()),
        Mistake("MPOP4007", AroundFederation()),
    ];

    /// <summary>A document is asked for what code cannot say, too: what its reader must know before a copy of it works.</summary>
    public static IReadOnlyList<ChecklistItem> DocumentItems { get; } =
    [
        Must("msal-version", "A version of MSAL is named that can bind tokens", ["MPOP0101", "MPOP9001", "MPOP9002", "MPOP9004", "MPOP9005"], Told(VersionCheck.Item, NoBoundRequest)),
        Item("bound"),
        Item("attested"),
        Must("namespaces", "Namespaces are complete", ["MPOP0102"], Told(NamespaceCheck.Item, "no block needs a namespace that projects lack", "block")),
        Must("calls", "Calls of MSAL are as MSAL has them", ["MPOP0105"], Told(CallCheck.Item, "no block calls MSAL", "program")),
        Item("terms"),
        Must("second-leg", "A managed identity is never the second leg, and the text says so", ["MPOP4001", "MPOP0104"],
            calls => Told(LegCheck.Item, NoFederation)(calls) is { Status: Status.Pass } told ? told : AroundFederation()(calls)),
        Must("identifiers", "A user-assigned identity is shown with each of its identifiers", ["MPOP0103"], Told(IdentifierCheck.Item, "no user-assigned identity is shown")),
        .. Items.Where(item => item.Section != Section.MustHave),
    ];

    public static IReadOnlyList<ChecklistItem> Of(ScannedProject project) => project.Document is null ? Items : DocumentItems;

    private static ChecklistItem Item(string id) => Items.First(item => item.Id == id);

    private static ChecklistItem Must(string id, string title, IReadOnlyList<string> rules, Func<Calls, Evidence> evidence) => new(id, Section.MustHave, title, rules, evidence);

    private static ChecklistItem Should(string id, string title, IReadOnlyList<string> rules, Func<Calls, Evidence> evidence) => new(id, Section.ShouldHave, title, rules, evidence);

    private static ChecklistItem Mistake(string rule, Func<Calls, Evidence> evidence) =>
        new(rule, Section.Mistake, RuleTable.Named[rule].Rule.Title.ToString(System.Globalization.CultureInfo.InvariantCulture), [rule], evidence);

    private static Func<Calls, Evidence> Around(Func<Calls, IEnumerable<Call>> calls, string noun, string none) => all => Evidence.Around(calls(all), noun, none);

    /// <summary>By what a check of the document found to answer it.</summary>
    private static Func<Calls, Evidence> Told(string item, string none, string noun = "") => calls =>
    {
        var told = calls.All.Where(call => call.Kind == item).ToList();
        var text = noun.Length > 0 ? $"no fault in {Evidence.Count(told.Count, noun)}" : string.Join("; ", told.Select(call => call["text"]).Distinct());
        return told.Count == 0 ? Evidence.NotApplicable(none) : new(Status.Pass, text, [.. told.Select(call => call.Place)]);
    };

    private static Func<Calls, Evidence> AroundBound() => Around(calls => calls.BoundRequests, "bound request", NoBoundRequest);

    /// <summary>By the calls that are seen to send a token; where others send it, by the requests.</summary>
    private static Func<Calls, Evidence> Sent(string fact, string right) => calls =>
        calls.ResourceCalls.Any() ? Evidence.OfFact(calls.ResourceCalls, fact, "resource call", right, NoBoundRequest) : AroundBound()(calls);

    private static Func<Calls, Evidence> AroundClient() => Around(calls => calls.ClientRequests, "client request", "no confidential client asks for a token");

    private static Func<Calls, Evidence> AroundApplications() => Around(calls => calls.Applications, "application", NoApplication);

    private static Func<Calls, Evidence> AroundFederation() => Around(calls => calls.Federation, "federation call", NoFederation);

    private static Evidence Version(Calls calls)
    {
        var evidence = Evidence.Around(calls.BoundRequests, "bound request", NoBoundRequest);
        var versions = calls.Projects.Select(project => project.MsalVersion).Where(version => !string.IsNullOrEmpty(version)).Distinct().Order(StringComparer.Ordinal).ToList();
        return evidence.Status == Status.Pass && versions.Count > 0
            ? evidence with { Text = $"MSAL {string.Join(", ", versions)} for {Evidence.Count(evidence.Places.Count, "bound request")}" }
            : evidence;
    }

    private static Evidence Bound(Calls calls)
    {
        var requests = calls.Requests.ToList();
        var bearer = requests.Count(request => request.IsNot("bound"));
        if (requests.Count > 0 && bearer == requests.Count)
            return Evidence.NotApplicable($"{Evidence.Count(bearer, "request")} for bearer tokens, and none for a bound token");

        var evidence = Evidence.OfFact(requests, "bound", "request", "bound", "no request for a token");
        return bearer > 0 ? evidence with { Text = $"{evidence.Text}; {Evidence.Count(bearer, "request")} for bearer tokens" } : evidence;
    }

    private static Evidence Namespaces(Calls calls)
    {
        var evidence = Evidence.Around(calls.BoundRequests, "bound request", NoBoundRequest);
        return evidence.Status == Status.Pass ? evidence with { Text = $"{Evidence.Count(evidence.Places.Count, "bound request")} compiled" } : evidence;
    }

    private static Evidence ConfigureAwait(Calls calls) =>
        calls.Projects.All(project => project.IsProgram) ? Evidence.NotApplicable("a program, whose awaits have no caller that could block") : AroundBound()(calls);

    private static Evidence PlatformGuard(Calls calls) => calls.ManagedIdentityRequests.Any()
        ? new(Status.Off, "off by default: 'dotnet_diagnostic.MPOP1005.severity = warning' in an .editorconfig switches it on", [])
        : Evidence.NotApplicable(NoManagedIdentity);
}
