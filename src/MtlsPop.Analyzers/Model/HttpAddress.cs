using MtlsPop.Analyzers.Flow.Engine;

namespace MtlsPop.Analyzers.Model;

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
