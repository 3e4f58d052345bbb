using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.Analyzers.Binding;

/// <summary>
/// A method that runs per call makes the client which carries the binding certificate.
/// <para>Reports: a client with the binding certificate that a method makes, sends with and drops.</para>
/// <para>Leaves alone: start-up code; a client that is returned or handed on.</para>
/// </summary>
internal sealed class ClientPerCall() : Rule<ShortLivedClient>(Rules.ClientPerCall)
{
    protected override IEnumerable<ShortLivedClient> Find(TypeModel type, CancellationToken cancellation) => ShortLivedClient.In(type.Flow);

    protected override void Judge(ShortLivedClient client, Report report) => report.At(client.Place);
}

/// <summary>A client with a binding certificate that a method makes, sends requests with and drops, its connections with it.</summary>
internal sealed class ShortLivedClient(SyntaxNode creation)
{
    /// <summary>The word that says what is made.</summary>
    public SyntaxNodeOrToken Place => creation is ObjectCreationExpressionSyntax { Type: var type } ? type : creation.GetFirstToken();

    public static IEnumerable<ShortLivedClient> In(TypeAnalysis flow) => flow.EventsOf(operation => operation is IObjectCreationOperation { Type: var type } && HttpObject.Is(type, HttpObject.Client))
        .Where(observation => IsDroppedClient(observation, flow))
        .Select(observation => observation.Operation.Syntax)
        .Distinct()
        .Select(creation => new ShortLivedClient(creation));

    private static bool IsDroppedClient(TraceEvent creation, TypeAnalysis flow) =>
        creation is { Result: AllocatedObject client }
        && creation.Arguments.For("handler") is { Value: AllocatedObject handler }
        && BodySyntax.FunctionOf(client.Syntax) is MethodDeclarationSyntax method
        && BodySyntax.RunsPerCall(method)
        && flow.About(handler).Any(observation => HttpObject.GivesBindingCertificate(observation, handler))
        && flow.About(client).Any(observation => SendsBy(observation, client) && BodySyntax.FunctionOf(observation.Operation.Syntax) == method)
        && !flow.Returns(client)
        && !flow.About(client).Any(observation => observation.Arguments.Any(argument => HttpObject.Mentions(argument.Value, client)));

    private static bool SendsBy(TraceEvent observation, AllocatedObject client) =>
        observation.Operation is IInvocationOperation { TargetMethod: var method } && HttpObject.Sends(method) && observation.Receiver.Equals(client);
}
