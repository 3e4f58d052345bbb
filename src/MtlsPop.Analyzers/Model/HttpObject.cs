using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow.Engine;

namespace MtlsPop.Analyzers.Model;

/// <summary>What is known of a client, a handler or a request message of System.Net.Http that the code made.</summary>
internal static class HttpObject
{
    public const string Client = "HttpClient";

    public const string ClientHandler = "HttpClientHandler";
    public const string SocketsHandler = "SocketsHttpHandler";
    private const string Authorization = AuthorizationHeader.Name;

    public static bool Is(ITypeSymbol? type, string name) =>
        type is { ContainingNamespace: { Name: "Http", ContainingNamespace: { Name: "Net", ContainingNamespace.Name: "System" } } } && type.Name == name;

    /// <summary>A call that sends a request: by a client, or by an extension of it.</summary>
    public static bool Sends(IMethodSymbol method) =>
        method.ContainingType is { Name: Client or "HttpMessageInvoker" or "HttpClientJsonExtensions" }
        && method.Parameters.Any(parameter => parameter.Name is "request" or "requestUri");

    /// <summary>The Authorization header that a call sends: its message's, or the one that its client puts on every message.</summary>
    public static AbstractValue? Authorized(TraceEvent call) =>
        (call.Arguments.For("request") is { Value: var message } ? Authorized(message, "Headers.", call.State) : null) ?? Authorized(call.Receiver, "DefaultRequestHeaders.", call.State);

    /// <summary>What the Authorization header was last set to; null where it was not, or where other code may have set it.</summary>
    private static AbstractValue? Authorized(AbstractValue holder, string headers, State state)
    {
        if (holder is not AllocatedObject made || state[made] is not { IsEscaped: false, Steps: var steps } history || history.Perhaps.Any(step => step.Name.StartsWith(headers, StringComparison.Ordinal)))
            return null;

        for (var i = steps.Length - 1; i >= 0; i--)
        {
            if (!steps[i].Name.StartsWith(headers, StringComparison.Ordinal))
                continue;

            switch (steps[i].Name.Substring(headers.Length))
            {
                case Authorization:
                case "Add" or "TryAddWithoutValidation" when steps[i]["name"] is { } name && AuthorizationHeader.IsName(name):
                    return steps[i]["value"];
                case "Clear" or "Remove":
                    return null;
            }
        }

        return null;
    }

    /// <summary>Whether a client presents a certificate: surely not where its handler is new and nothing was done to it that could give it one.</summary>
    public static ThreeState PresentsCertificate(AllocatedObject client, State state, TypeAnalysis flow)
    {
        if (!Is(client.Type, Client) || state[client] is not { Steps: { Length: > 0 } steps })
            return ThreeState.Unknown;

        return steps[0] switch
        {
            { Arguments.Length: 0 } => ThreeState.No,
            var creation when creation["handler"] is AllocatedObject handler && (Is(handler.Type, ClientHandler) || Is(handler.Type, SocketsHandler)) =>
                flow.About(handler).Any(observation => MayGiveCertificate(observation, handler)) ? ThreeState.Unknown : ThreeState.No,
            _ => ThreeState.Unknown,
        };
    }

    /// <summary>Whether a client's handler was given the certificate that a token is bound to.</summary>
    public static ThreeState PresentsBindingCertificate(AllocatedObject client, State state, TypeAnalysis flow) =>
        state[client] is { Steps: { Length: > 0 } steps } && steps[0]["handler"] is AllocatedObject handler && flow.About(handler).Any(observation => GivesBindingCertificate(observation, handler))
            ? ThreeState.Yes
            : PresentsCertificate(client, state, flow);

    /// <summary>Whether the operation gives a handler the certificate that a token is bound to.</summary>
    public static bool GivesBindingCertificate(TraceEvent observation, AllocatedObject handler) =>
        Mentions(observation.Receiver, handler)
        && observation.Arguments.Any(argument => BindingCertificate.IsBound(BindingCertificate.In(argument.Value, observation.State), observation.State) == ThreeState.Yes);

    /// <summary>Whether a value is the object, a part of it, or contains it.</summary>
    public static bool Mentions(AbstractValue value, AllocatedObject made) => value switch
    {
        AllocatedObject other => other.Equals(made),
        MemberOf part => Mentions(part.Owner, made),
        SequenceValue sequence => sequence.Parts.Any(element => Mentions(element, made)),
        _ => false,
    };

    private static bool MayGiveCertificate(TraceEvent observation, AllocatedObject handler)
    {
        if (observation.Arguments.Any(argument => Mentions(argument.Value, handler)))
            return observation.Operation is not IObjectCreationOperation { Type: var type } || !Is(type, Client);

        return Mentions(observation.Receiver, handler) && observation.Operation switch
        {
            IPropertyReferenceOperation property => Certifies(property.Property),
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property } => Certifies(property.Property),
            IInvocationOperation { TargetMethod.Name: var name } => name != "Dispose",
            _ => true,
        };
    }

    private static bool Certifies(IPropertySymbol property) => property.Name is "ClientCertificates" or "ClientCertificateOptions" or "SslOptions" or "ConnectCallback";
}
