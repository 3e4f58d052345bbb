using MtlsPop.Analyzers;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Judging;

/// <summary>A call that the analyzers understood, with its facts: yes, no or unknown.</summary>
internal sealed record Call(string Kind, Place Place, IReadOnlyDictionary<string, string> Facts)
{
    public string this[string fact] => Facts.GetValueOrDefault(fact, "unknown");

    public bool Is(string fact) => this[fact] == "yes";

    public bool IsNot(string fact) => this[fact] == "no";
}

/// <summary>The calls of a project, or of several together, as the checklist asks for them. A place that several compile is one call.</summary>
internal sealed class Calls
{
    public Calls(IReadOnlyList<ScannedProject> projects)
    {
        Projects = projects;
        var calls =
            from result in projects.SelectMany(project => project.Results)
            where result.Rule == Rules.CallUnderstood.Id && result.Place is not null
            let call = new Call(result.Properties.GetValueOrDefault("call", ""), result.Place!, result.Properties)
            orderby call.Place.File, call.Place.Line, call.Place.Column
            select call;
        All = [.. calls.DistinctBy(call => (call.Kind, call.Place))];
    }

    public IReadOnlyList<ScannedProject> Projects { get; }

    public IReadOnlyList<Call> All { get; }

    public IEnumerable<Call> Requests => All.Where(call => call.Kind == "request");

    /// <summary>Those that ask for a bound token, or may.</summary>
    public IEnumerable<Call> BoundRequests => Requests.Where(request => !request.IsNot("bound"));

    public IEnumerable<Call> ManagedIdentityRequests => BoundRequests.Where(request => request["identity"] == "managedIdentity");

    public IEnumerable<Call> ClientRequests => Requests.Where(request => request["identity"] == "client");

    /// <summary>The confidential clients of bound requests.</summary>
    public IEnumerable<Call> Applications => All.Where(call => call.Kind == "application" && !call.IsNot("bound") && call["identity"] == "client");

    public IEnumerable<Call> Assertions => All.Where(call => call.Kind == "assertion");

    public IEnumerable<Call> FirstLegs => Requests.Where(request => request.Is("forExchange"));

    public IEnumerable<Call> SecondLegs => Requests.Where(request => request.Is("secondLeg"));

    /// <summary>The calls that send a bound token, or may.</summary>
    public IEnumerable<Call> ResourceCalls => All.Where(call => call.Kind == "resource" && !call.IsNot("bound"));

    /// <summary>Everything that takes part in a federation.</summary>
    public IEnumerable<Call> Federation => FirstLegs.Concat(SecondLegs).Concat(Assertions);
}
