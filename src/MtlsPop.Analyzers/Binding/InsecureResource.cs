using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>
/// A bound token is sent to an address that is surely not TLS.
/// <para>Reports: a bound token that goes to an http address which is constant as far as its host.</para>
/// <para>Leaves alone: loopback addresses; an address that is not known.</para>
/// </summary>
internal sealed class InsecureResource() : Rule<InsecureCall>(Rules.InsecureResource)
{
    protected override IEnumerable<InsecureCall> Find(TypeModel type, CancellationToken cancellation) => InsecureCall.In(type.Flow);

    protected override void Judge(InsecureCall call, Report report) => report.At(call.Place, call.Address);
}

/// <summary>A call that takes a bound token to an address in the clear.</summary>
internal sealed class InsecureCall(SyntaxNodeOrToken place, string address)
{
    /// <summary>The address where it is written.</summary>
    public SyntaxNodeOrToken Place => place;

    public string Address => address;

    public static IEnumerable<InsecureCall> In(TypeAnalysis flow) =>
        from fault in flow.EventsOf(operation => operation is IInvocationOperation { Syntax: InvocationExpressionSyntax } call && HttpObject.Sends(call.TargetMethod)).SelectMany(call => Calls(call, flow)).ReportedOnAllPaths()
        let call = fault.Place.IsToken ? fault.Place : fault.Finding.Place
        select new InsecureCall(call, fault.Finding.Address);

    private static IEnumerable<Candidate<(SyntaxNode Place, string Address)>> Calls(TraceEvent observation, TypeAnalysis flow)
    {
        var state = observation.State;
        var bound = HttpObject.Authorized(observation) is { } header && AuthorizationHeader.Read(header, state) is { Result: var result } ? TokenResult.Bound(result, state) : ThreeState.Unknown;
        if (HttpAddress.Of(observation) is not { } address)
            yield break;

        var fault = address.InTheClear == ThreeState.Yes ? bound : address.InTheClear;
        yield return new(observation.Operation.Syntax, observation.CallSite, fault, (address.Given.Written(address.Frame, flow), address.Text));
    }
}
