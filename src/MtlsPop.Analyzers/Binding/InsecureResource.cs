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

/// <summary>Where a request goes, as far as its text is constant.</summary>
/// <param name="Text">The constant text that the address begins with.</param>
/// <param name="Whole">Whether that is all of it.</param>
/// <param name="Given">Where it is given.</param>
/// <param name="Frame">The calls through which the code came to give it.</param>
internal readonly record struct HttpAddress(string Text, bool Whole, Argument Given, CallSite? Frame)
{
    private const string Plain = "http://";

    /// <summary>Whether the address is surely one to which everything travels in the clear, over a network.</summary>
    public ThreeState InTheClear
    {
        get
        {
            if (!Text.StartsWith(Plain, StringComparison.OrdinalIgnoreCase))
                return ThreeState.No;

            var end = Text.IndexOfAny(['/', '?', '#'], Plain.Length);
            if (end < 0 && !Whole)
                return ThreeState.Unknown;

            return Uri.TryCreate(end < 0 ? Text : Text.Substring(0, end), UriKind.Absolute, out var server)
                ? ThreeStates.Of(!server.IsLoopback && !server.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
                : ThreeState.Unknown;
        }
    }

    /// <summary>The address that a call sends a request to: its own, its message's, or the client's where those are relative. Null where it is not known.</summary>
    public static HttpAddress? Of(TraceEvent call)
    {
        var address = call.Arguments.For("request") is { Value: AllocatedObject message }
            ? OfMessage(message, call.State)
            : Read(call.Arguments.For("requestUri"), call.CallSite, call.State);
        if (address is null or { IsAbsolute: true })
            return address;

        return call.Receiver is AllocatedObject client && call.State[client] is { } history && !history.IsOpenTo("BaseAddress") && history.Last("BaseAddress") is { } set
            ? Read(set.Arguments.For("value"), client.CallSite, call.State)
            : null;
    }

    private bool IsAbsolute => Text.IndexOf("://", StringComparison.Ordinal) > 0;

    private static HttpAddress? OfMessage(AllocatedObject message, State state)
    {
        if (state[message] is not { Steps: { Length: > 0 } steps } history || history.IsOpenTo("RequestUri"))
            return null;

        return history.Last("RequestUri") is { } set ? Read(set.Arguments.For("value"), message.CallSite, state) : Read(steps[0].Arguments.For("requestUri"), message.CallSite, state);
    }

    private static HttpAddress? Read(Argument? given, CallSite? frame, State state)
    {
        // In a loop, an address may be made from itself.
        var read = new HashSet<AllocatedObject>();
        while (given is { Value: AllocatedObject { Type.Name: "Uri" } uri } && read.Add(uri) && state[uri] is { Steps: { Length: > 0 } steps })
            (given, frame) = (steps[0].Arguments.For("uriString") ?? steps[0].Arguments.For("baseUri"), uri.CallSite);

        return given switch
        {
            { Value: ConstantValue { Data: string text } } argument => new HttpAddress(text, true, argument, frame),
            { Value: TextValue { Parts: var parts } } argument => new HttpAddress(string.Concat(parts.TakeWhile(part => part is ConstantValue).Select(part => ((ConstantValue)part).Data)), false, argument, frame),
            _ => null,
        };
    }
}
