using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>A call that sends a token of MSAL's to a resource, on every path that leads to it.</summary>
internal sealed class ResourceCall(SyntaxToken place, IReadOnlyList<(TraceEvent Call, AuthorizationHeader Header)> paths, TypeAnalysis flow)
{
    /// <summary>The name of the method that sends.</summary>
    public SyntaxToken Place => place;

    public ThreeState Bound => Agreed((path, header) => TokenResult.Bound(header.Result, path.State));

    /// <summary>Whether the token goes under the scheme of bound tokens; unknown where the scheme is not constant.</summary>
    public ThreeState BoundScheme => Agreed((_, header) =>
        header.Scheme is { } scheme ? ThreeStates.Of(scheme.Equals(MsalNames.BoundScheme, StringComparison.OrdinalIgnoreCase)) : ThreeState.Unknown);

    /// <summary>Whether the client's handler was given the certificate that the token is bound to.</summary>
    public ThreeState Certificate => Agreed((call, _) => call.Receiver is AllocatedObject client ? HttpObject.PresentsBindingCertificate(client, call.State, flow) : ThreeState.Unknown);

    public ThreeState Tls => Agreed((call, _) => HttpAddress.Of(call)?.InTheClear switch
    {
        ThreeState.Yes => ThreeState.No,
        ThreeState.No => ThreeState.Yes,
        _ => ThreeState.Unknown,
    });

    public static IEnumerable<ResourceCall> In(TypeAnalysis flow) =>
        from call in flow.EventsOf(operation => operation is IInvocationOperation { Syntax: InvocationExpressionSyntax } sent && HttpObject.Sends(sent.TargetMethod))
        where HttpObject.Authorized(call) is not null
        let header = AuthorizationHeader.Read(HttpObject.Authorized(call)!, call.State)
        where header is not null && !TokenResult.CameUnbound(header.Value.Result, call.State)
        group (call, header.Value) by call.Operation.Syntax into paths
        select new ResourceCall(((InvocationExpressionSyntax)paths.Key).Expression.GetLastToken(), [.. paths], flow);

    private ThreeState Agreed(Func<TraceEvent, AuthorizationHeader, ThreeState> fact) => ThreeStates.Agreed(paths.Select(path => fact(path.Call, path.Header)));
}
