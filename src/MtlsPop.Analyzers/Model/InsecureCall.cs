using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow;

namespace MtlsPop.Analyzers.Model;

/// <summary>A call that takes a bound token to an address in the clear.</summary>
internal sealed class InsecureCall(SyntaxNodeOrToken place, string address)
{
    /// <summary>The address where it is written.</summary>
    public SyntaxNodeOrToken Place => place;

    public string Address => address;

    public static IEnumerable<InsecureCall> In(TypeFlow flow) =>
        from fault in flow.Observations.SelectMany(observation => Calls(observation, flow)).Agreed()
        let call = fault.Place.IsToken ? fault.Place : fault.Finding.Place
        select new InsecureCall(call, fault.Finding.Address);

    private static IEnumerable<Sighting<(SyntaxNode Place, string Address)>> Calls(Observation observation, TypeFlow flow)
    {
        if (observation.Operation is not IInvocationOperation { Syntax: InvocationExpressionSyntax } call || !HttpObject.Sends(call.TargetMethod))
            yield break;

        var state = observation.State;
        var bound = HttpObject.Authorized(observation) is { } header && AuthorizationHeader.Read(header, state) is { Result: var result } ? TokenResult.Bound(result, state) : Fact.Unknown;
        if (HttpAddress.Of(observation) is not { } address)
            yield break;

        var fault = address.InTheClear == Fact.Yes ? bound : address.InTheClear;
        yield return new(call.Syntax, observation.Frame, fault, (address.Given.Written(address.Frame, flow), address.Text));
    }
}
